import { type Labelled, placeLabels } from './placed-labels.js'
import type { TreebankRun } from './treebank-run.js'
import { type PlacedWord, type Subject, type WordPlane, wordPlane } from './word-plane.js'

/** Sizes in pixels. */
const WIDTH = 1000
const HEIGHT = 760
const MARGIN = { left: 76, right: 36, top: 108, bottom: 72 }
const FONT_SIZE = 17
const DOT_RADIUS = 5
/** Words keep this far from the frame, so that their labels have room. */
const INSET = { x: 60, y: 40 }
const TICKS = 6

/** Told apart also by eyes that see few colours (after Wong 2011, darkened for text on white). */
const colours: Readonly<Record<Subject, string>> = {
  praise: '#00775a',
  blame: '#c2410c',
  people: '#7c3aad',
  weather: '#0b69b7',
  drinks: '#8a5a00',
}

/** The frame in which words are drawn, and how their coordinates become pixels in it. */
interface Frame {
  readonly width: number
  readonly height: number
  readonly x: Scale
  readonly y: Scale
}

interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

/** The assignment's word_vectors.png as an SVG: each axis on its own scale, as there, and a colour for each subject. */
export function drawWordMap(run: TreebankRun): string {
  const plane = wordPlane(run)
  const frame = frameFor(plane.words)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" role="img">
<title>Words of film reviews on the two axes along which their vectors differ most</title>
<rect width="100%" height="100%" fill="#fff"/>
${heading(run)}
${legend()}
<g transform="translate(${MARGIN.left} ${MARGIN.top})">
${axes(frame, plane)}
${plane.words.map(word => dot(word, frame)).join('\n')}
${labels(plane.words, frame)}
</g>
</svg>
`
}

function frameFor(words: readonly PlacedWord[]): Frame {
  const width = WIDTH - MARGIN.left - MARGIN.right
  const height = HEIGHT - MARGIN.top - MARGIN.bottom
  const x = words.map(word => word.x)
  const y = words.map(word => word.y)
  return {
    width,
    height,
    x: scaleOver(x, INSET.x, width - INSET.x),
    y: scaleOver(y, height - INSET.y, INSET.y),
  }
}

/** Spreads values over first … last, with ticks at round numbers among them. */
function scaleOver(values: readonly number[], first: number, last: number): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const range = high - low || 1
  const step = roundStep(range / TICKS)
  const from = Math.ceil(low / step)
  const count = Math.floor(high / step) - from + 1
  return {
    at: value => first + ((value - low) / range) * (last - first),
    ticks: Array.from({ length: count }, (_, i) => (from + i) * step),
  }
}

/** The least of 1, 2 and 5 times a power of ten that is no smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5].find(factor => factor * power >= least) ?? 10)
}

function heading({ iteration, smoothedLoss, treebank }: TreebankRun): string {
  const loss = smoothedLoss === undefined ? '' : `, smoothed loss ${smoothedLoss.toFixed(6)}`
  const sentences = (treebank.starts.length - 1).toLocaleString('en')
  return `<text x="${MARGIN.left}" y="50" font-size="24" font-weight="600" fill="#111">What film reviews make of 24 words</text>
<text x="${MARGIN.left}" y="82" font-size="14" fill="#555">${iteration.toLocaleString('en')} iterations over ${sentences} sentences${loss}</text>`
}

/** From the right edge to the left, since the widths are guesses. */
function legend(): string {
  let x = WIDTH - MARGIN.right
  const entries = Object.entries(colours).reverse()
  const marks = entries.map(([subject, colour]) => {
    x -= subject.length * 7.6 + 36
    return `<circle cx="${fixed(x + 22)}" cy="77" r="${DOT_RADIUS}" fill="${colour}"/><text x="${fixed(x + 32)}" y="82" font-size="14" fill="#333">${subject}</text>`
  })
  return marks.join('\n')
}

/** The frame, the grid, and what the axes are. */
function axes({ width, height, x, y }: Frame, { shares }: WordPlane): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} % of the variance`
  const grid = [
    ...x.ticks.map(tick => `M${fixed(x.at(tick))} 0V${height}`),
    ...y.ticks.map(tick => `M0 ${fixed(y.at(tick))}H${width}`),
  ]
  const name = (tick: number) => String(Number(tick.toPrecision(6))).replace('-', '\u2212')
  const across = x.ticks.map(tick => `<text x="${fixed(x.at(tick))}" y="${height + 20}">${name(tick)}</text>`)
  const up = y.ticks.map(
    tick => `<text x="-8" y="${fixed(y.at(tick) + 4)}" text-anchor="end">${name(tick)}</text>`,
  )
  return `<rect width="${width}" height="${height}" fill="#fafbfc" stroke="#ccd1d8"/>
<path d="${grid.join('')}" stroke="#e6e9ed"/>
<g font-size="12" fill="#767b83" text-anchor="middle">
${[...across, ...up].join('\n')}
</g>
<g font-size="14" fill="#555" text-anchor="middle">
<text x="${width / 2}" y="${height + 50}">first axis, ${percent(shares[0])}</text>
<text transform="translate(-56 ${height / 2}) rotate(-90)">second axis, ${percent(shares[1])}</text>
</g>`
}

function dot({ x, y, subject }: PlacedWord, frame: Frame): string {
  return `<circle cx="${fixed(frame.x.at(x))}" cy="${fixed(frame.y.at(y))}" r="${DOT_RADIUS}" fill="${colours[subject]}"/>`
}

function labels(words: readonly PlacedWord[], frame: Frame): string {
  const points: Labelled[] = words.map(({ word, x, y }) => ({
    text: word,
    x: frame.x.at(x),
    y: frame.y.at(y),
  }))
  const { width, height } = frame
  const placed = placeLabels(points, { fontSize: FONT_SIZE, dotRadius: DOT_RADIUS, width, height })
  const texts = placed.map(({ x, y }, i) => {
    const { word, subject } = words[i]
    // The middle of small letters is a third of their size above the line they stand on.
    return `<text x="${fixed(x)}" y="${fixed(y + FONT_SIZE * 0.34)}" fill="${colours[subject]}">${word}</text>`
  })
  return `<g font-size="${FONT_SIZE}" text-anchor="middle">\n${texts.join('\n')}\n</g>`
}

function fixed(value: number): string {
  return value.toFixed(1)
}
