import { option, say, WordloomError } from '../../errors.js'
import type { Curve } from './curve.js'
import type { ClassifierTest } from './test-classifier.js'

/** Sizes in pixels. */
const SIDE = 420
const LEFT = 72
const TOP = 104
const LEGEND = 230
const WIDTH = LEFT + SIDE + LEGEND
const HEIGHT = TOP + SIDE + 64
/** More curves could not be told apart. */
const MOST_LABELS = 6
/** More points of a curve could not be seen. */
const MOST_POINTS = 600

/** On light and on dark ground; told apart also by eyes that see few colours (after Wong 2011). */
const light = ['#c2410c', '#0b69b7', '#00775a', '#7c3aad', '#8a5a00', '#b0307a']
const dark = ['#fb923c', '#60a5fa', '#34d399', '#c084fc', '#e0b040', '#f472b6']

/**
 * Precision against recall as an SVG: of all labels together, and of the most frequent ones. It takes the colours that the
 * reader's system prefers. Throws `usage` for a test that was made without curves.
 */
export function drawCurves(test: ClassifierTest): string {
  const { curves, lines, labels } = test ?? {}
  if (!curves)
    throw new WordloomError('usage', {
      action: 'draw curves',
      found: 'a test without curves is given',
      cure: say`test with ${option('curves', true)}`,
    })
  const shown = labels
    .filter(({ isKnown, own }) => isKnown && own > 0)
    .toSorted((a, b) => b.own - a.own)
    .slice(0, MOST_LABELS)
  const drawn = shown.map(({ label }) => ({
    label,
    curve: curves.labels.find(one => one.label === label)!.curve,
  }))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" role="img">
<title>Precision against recall of a classifier</title>
<style>
${styleOf()}
</style>
<rect class="ground" width="100%" height="100%" rx="10"/>
<text class="strong" x="32" y="44" font-size="22" font-weight="600">Precision against recall</text>
<text class="soft" x="32" y="70" font-size="14">${lines.toLocaleString('en')} lines; a point for each probability that labels must reach to be given</text>
${axes()}
${drawn.map(({ curve }, i) => `<path class="curve c${i}" d="${pathOf(curve)}"/>`).join('\n')}
<path class="curve all" d="${pathOf(curves.all)}"/>
${legend(['all labels', ...drawn.map(({ label }) => label)])}
</svg>
`
}

function styleOf(): string {
  const colours = (list: readonly string[]) => list.map((colour, i) => `.c${i}{stroke:${colour}}`).join('')
  return `.ground{fill:#fff}.strong{fill:#111}.soft{fill:#555}.grid{stroke:#e3e3e3}.curve{fill:none;stroke-width:1.6;stroke-linejoin:round}.all{stroke:#111;stroke-width:2.6}${colours(light)}
@media (prefers-color-scheme: dark){.ground{fill:#16181c}.strong{fill:#f2f2f2}.soft{fill:#a8adb5}.grid{stroke:#2c3037}.all{stroke:#f2f2f2}${colours(dark)}}`
}

function axes(): string {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const across = ticks.map(
    tick =>
      `<line class="grid" x1="${LEFT}" x2="${LEFT + SIDE}" y1="${yOf(tick)}" y2="${yOf(tick)}"/><text class="soft" x="${LEFT - 10}" y="${yOf(tick) + 4}" font-size="12" text-anchor="end">${tick}</text>`,
  )
  const down = ticks.map(
    tick =>
      `<line class="grid" x1="${xOf(tick)}" x2="${xOf(tick)}" y1="${TOP}" y2="${TOP + SIDE}"/><text class="soft" x="${xOf(tick)}" y="${TOP + SIDE + 20}" font-size="12" text-anchor="middle">${tick}</text>`,
  )
  const names = `<text class="soft" x="${LEFT + SIDE / 2}" y="${TOP + SIDE + 46}" font-size="13" text-anchor="middle">recall</text><text class="soft" transform="translate(24 ${TOP + SIDE / 2}) rotate(-90)" font-size="13" text-anchor="middle">precision</text>`
  return [...across, ...down, names].join('\n')
}

function legend(names: readonly string[]): string {
  return names
    .map((name, i) => {
      const y = TOP + 14 + 24 * i
      const x = LEFT + SIDE + 28
      const kind = i === 0 ? 'all' : `c${i - 1}`
      return `<path class="curve ${kind}" d="M${x} ${y}h22"/><text class="strong" x="${x + 32}" y="${y + 5}" font-size="14">${escaped(shortened(name))}</text>`
    })
    .join('\n')
}

/** Points by falling recall, the last of a bend among those that are left out. */
function pathOf(curve: Curve): string {
  const step = Math.max(1, Math.ceil(curve.length / MOST_POINTS))
  const points = curve.filter(({ threshold }) => threshold !== null)
  const kept = points.filter((_, i) => i % step === 0 || i === points.length - 1)
  return kept
    .map(({ precision, recall }, i) => `${i === 0 ? 'M' : 'L'}${xOf(recall)} ${yOf(precision)}`)
    .join('')
}

function xOf(recall: number): number {
  return Number((LEFT + SIDE * recall).toFixed(1))
}

function yOf(precision: number): number {
  return Number((TOP + SIDE * (1 - precision)).toFixed(1))
}

function shortened(name: string): string {
  return name.length > 20 ? `${name.slice(0, 19)}…` : name
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Control characters, which XML forbids, as U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[&<>]/g, character => entities[character]!)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
