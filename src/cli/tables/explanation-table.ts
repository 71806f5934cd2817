import type { Explanation, SpokenPart } from '../../classification/index.js'
import { counted } from '../terminal/figures.js'
import { pad, table } from '../terminal/table.js'
import { type Paint, paintFor, visible } from '../terminal/terminal.js'

/** Columns of the longest bar. */
const BAR_COLUMNS = 12
/** N-grams of characters that are named of a word. */
const NAMED_NGRAMS = 3
const END_OF_LINE = '</s>'

/** A row for each word and n-gram of words that says much for a label, or against it, with a bar to its side. */
export function explanationTable(explanation: Explanation, count: number): string {
  const paint = paintFor(process.stdout)
  const { label, probability, score, parts, rows, unknown } = explanation
  const shown = parts.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, count)
  const most = Math.abs(shown[0]?.value ?? 0)
  const others = parts.length - shown.length
  const name = explanation.measure === 'score' ? 'score' : 'log-odds, summed over the turns of a tree,'
  return [
    `${paint('bold', visible(label))}  probability ${probability.toPrecision(4)}`,
    `${name} ${signed(score)}, the sum of what ${counted(rows, 'row')} ${rows === 1 ? 'says' : 'say'}`,
    '',
    table(
      [
        { title: 'says', align: 'right' },
        { title: `${pad('against', BAR_COLUMNS, 'right')} for` },
        { title: 'what' },
      ],
      shown.map(part => [signed(part.value), barOf(part.value, most, paint), nameOf(part)]),
      paint,
    ),
    ...(others > 0 ? [paint('dim', `and ${counted(others, 'other')}, which say less`)] : []),
    ...(unknown.length > 0
      ? [paint('dim', `unknown, so that they say nothing: ${visible(unknown.join(' '))}`)]
      : []),
  ].join('\n')
}

/** From the middle to the right for what speaks for the label, to the left for what speaks against it. */
function barOf(value: number, most: number, paint: Paint): string {
  const length = most === 0 ? 0 : Math.round((BAR_COLUMNS * Math.abs(value)) / most)
  const bar = '━'.repeat(length)
  return value < 0
    ? `${' '.repeat(BAR_COLUMNS - length)}${paint('red', bar)}│`
    : `${' '.repeat(BAR_COLUMNS)}│${paint('green', bar)}`
}

function nameOf({ kind, text, characters, own }: SpokenPart): string {
  if (kind === 'words') return `“${visible(text)}”`
  const name = text === END_OF_LINE ? 'the end of the line' : visible(text)
  if (characters.length === 0) return name
  const strongest = characters
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, NAMED_NGRAMS)
    .map(({ text, value }) => `${visible(text)} ${signed(value)}`)
  const itself = own === null ? 'unknown as a word' : `itself ${signed(own)}`
  return `${name} (${[itself, ...strongest].join(', ')})`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
}
