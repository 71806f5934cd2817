import { type Labelled, placeLabels } from './placed-labels.js'
import type { TreebankRun } from './treebank-run.js'
import { type PlacedWord, type Subject, type WordPlane, wordPlane } from './word-plane.js'

/** Sizes in pixels. */
const WIDTH = 1000
const MARGIN = 56
const TOP = 104
const BOTTOM = 64
const FONT_SIZE = 17
const DOT_RADIUS = 5
/** Words at the edge keep this far from the frame, so that their labels have room. */
const INSET = 64
/** The frame is as tall as the words ask for at one scale for both axes, within reason. */
const LEAST_HEIGHT = 380
const GREATEST_HEIGHT = 820

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
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

/** The assignment's word_vectors.png as an SVG: one scale for both axes, a colour for each subject. */
export function drawWordMap(run: TreebankRun): string {
  const plane = wordPlane(run)
  const frame = frameFor(plane.words)
  const height = TOP + frame.height + BOTTOM
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" role="img">
<title>Words of film reviews on the two axes along which their vectors differ most</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${heading(run)}
<g transform="translate(${MARGIN} ${TOP})">
${axes(frame, plane)}
${plane.words.map(word => dot(word, frame)).join('\n')}
${labels(plane.words, frame)}
</g>
</svg>
`
}

function frameFor(words: readonly PlacedWord[]): Frame {
  const [left, right] = span(words.map(word => word.x))
  const [low, high] = span(words.map(word => word.y))
  const width = WIDTH - 2 * MARGIN
  const wanted = ((width - 2 * INSET) * (high - low)) / (right - left || 1) + 2 * INSET
  const height = Math.round(Math.min(GREATEST_HEIGHT, Math.max(LEAST_HEIGHT, wanted)))
  const scale = Math.min((width - 2 * INSET) / (right - left), (height - 2 * INSET) / (high - low))
  const finite = Number.isFinite(scale) ? scale : 0
  return {
    width,
    height,
    x: value => width / 2 + (value - (left + right) / 2) * finite,
    y: value => height / 2 - (value - (low + high) / 2) * finite,
  }
}

function span(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)]
}

function heading({ iteration, smoothedLoss, treebank }: TreebankRun): string {
  const loss = smoothedLoss === undefined ? '' : `, smoothed loss ${smoothedLoss.toFixed(6)}`
  const counted = (count: number) => count.toLocaleString('en')
  const entries = Object.entries(colours).map(([subject, colour], i) => {
    const x = WIDTH - MARGIN - 86 * (Object.keys(colours).length - i) + 16
    return `<circle cx="${x}" cy="78" r="${DOT_RADIUS}" fill="${colour}"/><text x="${x + 11}" y="83" font-size="14" fill="#333">${subject}</text>`
  })
  return `<text x="${MARGIN}" y="50" font-size="24" font-weight="600" fill="#111">What film reviews make of 24 words</text>
<text x="${MARGIN}" y="83" font-size="14" fill="#555">${counted(iteration)} iterations over ${counted(treebank.starts.length - 1)} sentences${loss}</text>
${entries.join('\n')}`
}

/** The frame, the lines through the mean of the words, and what the axes are. */
function axes({ width, height, x, y }: Frame, { shares }: WordPlane): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} % of the variance`
  const line = `stroke="#d8dbe0" stroke-dasharray="2 5"`
  const text = 'font-size="13" fill="#666" text-anchor="middle"'
  return `<rect width="${width}" height="${height}" rx="6" fill="#fafbfc" stroke="#d8dbe0"/>
<path d="M${fixed(x(0))} 0V${height}" ${line}/><path d="M0 ${fixed(y(0))}H${width}" ${line}/>
<text x="${width / 2}" y="${height + 28}" ${text}>first axis, ${percent(shares[0])}</text>
<text transform="translate(-18 ${height / 2}) rotate(-90)" ${text}>second axis, ${percent(shares[1])}</text>`
}

function dot({ x, y, subject }: PlacedWord, frame: Frame): string {
  return `<circle cx="${fixed(frame.x(x))}" cy="${fixed(frame.y(y))}" r="${DOT_RADIUS}" fill="${colours[subject]}"/>`
}

/** Labels with a thin line to their dots where they stand away from them. */
function labels(words: readonly PlacedWord[], frame: Frame): string {
  const points: Labelled[] = words.map(({ word, x, y }) => ({ text: word, x: frame.x(x), y: frame.y(y) }))
  const { width, height } = frame
  const placed = placeLabels(points, { fontSize: FONT_SIZE, dotRadius: DOT_RADIUS, width, height })
  return placed
    .map(
      ({ x, y }, i) =>
        `<text x="${fixed(x)}" y="${fixed(y + FONT_SIZE * 0.34)}" font-size="${FONT_SIZE}" text-anchor="middle" fill="${colours[words[i].subject]}">${words[i].word}</text>`,
    )
    .join('\n')
}

function fixed(value: number): string {
  return value.toFixed(1)
}
