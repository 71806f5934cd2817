import { type CostPanel, drawPanel, PLOT_HEIGHT } from './cost-panel.js'
import type { CostReport } from './measure-cost.js'

/** Sizes in pixels. */
const WIDTH = 1040
const TOP = 104
const HEIGHT = TOP + PLOT_HEIGHT + 72

/** Told apart also by eyes that see few colours, and dark enough for text on white (after Wong 2011). */
const palette = ['#c2410c', '#8a5a00', '#7c3aad', '#0b69b7', '#00775a', '#4b5563']

/**
 * The times as an SVG with two plots, both axes of each in logarithms, so that a power is a straight line: against |V|,
 * and against K. It brings its own light ground, to be read on pages of any colour.
 */
export function drawCost(report: CostReport): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" role="img">
<title>What one pair of words costs, by the size of the vocabulary and by the number of negatives</title>
<rect width="100%" height="100%" rx="10" fill="#fff"/>
<text x="32" y="44" font-size="22" font-weight="600" fill="#111">What one pair of words costs</text>
<text x="32" y="70" font-size="14" fill="#555">Processor time of the loss and both gradients, d = ${report.dimensions}, float64. Both axes are logarithms, so that a power is a straight line.</text>
${panelsOf(report)
  .map(({ left, ...panel }) => `<g transform="translate(${left} ${TOP})">\n${drawPanel(panel)}\n</g>`)
  .join('\n')}
</svg>
`
}

function panelsOf({ byVocabulary, byNegatives }: CostReport): (CostPanel & { readonly left: number })[] {
  const colours = new Map(byVocabulary.map(({ objective }, i) => [objective, palette[i % palette.length]!]))
  const negativeSamples = byVocabulary[0]?.points[0]?.negativeSamples
  const vocabularySize = byNegatives[0]?.points[0]?.vocabularySize ?? 0
  return [
    {
      left: 88,
      width: 390,
      curves: byVocabulary,
      colours,
      axis: `|V|, words in the vocabulary (K = ${negativeSamples})`,
      size: point => point.vocabularySize,
      tick: point => shortCount(point.vocabularySize),
      law: '|V|',
    },
    {
      left: 704,
      width: 150,
      curves: byNegatives,
      colours,
      axis: `K, negatives (|V| = ${shortCount(vocabularySize)})`,
      size: point => point.negativeSamples + 1,
      tick: point => String(point.negativeSamples),
      law: '(K + 1)',
    },
  ]
}

/** 70000 → "70k". */
function shortCount(count: number): string {
  return count % 1000 === 0 ? `${count / 1000}k` : String(count)
}
