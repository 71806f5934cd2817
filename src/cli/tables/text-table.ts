import type { TextReport } from '../../check/index.js'
import { duration, grouped, megabytes, percent, short } from '../terminal/figures.js'
import { pad, table } from '../terminal/table.js'
import { type Paint, paintFor, visible } from '../terminal/terminal.js'

const LABEL_COLUMNS = 11
/** Smaller shares are not named. */
const NAMED_SCRIPT = 0.001
const SHOWN_LINE = 40
const NOT_READ = 'unknown until the encoding is known'

/** What a text is, for a person. */
export function textTable(report: TextReport): string {
  const paint = paintFor(process.stdout)
  const row = (label: string, text: string) => paint('dim', pad(label, LABEL_COLUMNS)) + text
  return [
    row('text', sizeOf(report)),
    row('encoding', encodingOf(report)),
    row('scripts', scriptsOf(report)),
    row('languages', languagesOf(report)),
    row('lines', linesOf(report)),
    row('repeated', repeatedOf(report)),
    row('oddities', odditiesOf(report)),
    row('training', trainingOf(report)),
    '',
    wordsOf(report, paint),
    ...(report.advice.length > 0 ? [''] : []),
    ...report.advice.map(sentence => `${paint('yellow', '→')} ${visible(capital(sentence))}.`),
  ].join('\n')
}

function sizeOf({ files, bytes, tokens, differentWords }: TextReport): string {
  const from = files.length > 1 ? `${grouped(files.length)} files, ` : ''
  return `${from}${megabytes(bytes)}, ${grouped(tokens)} words, ${grouped(differentWords)} different ones`
}

function encodingOf({ encoding: { mark, notUtf8, guess, given }, bytes }: TextReport): string {
  const marked = mark === undefined ? '' : ` (by its byte order mark)`
  if (given !== undefined && mark === undefined) return `${given} (as --encoding says)`
  if (notUtf8 === 0) return `${mark ?? 'UTF-8'}${marked}`
  const likely = guess === undefined ? '' : `; most likely ${guess}`
  return `${grouped(notUtf8)} bytes are not UTF-8 (${percent(notUtf8 / bytes)})${likely}`
}

function scriptsOf({ scripts }: TextReport): string {
  if (scripts.length === 0) return NOT_READ
  const named = scripts.filter(({ share }) => share >= NAMED_SCRIPT)
  return named.map(({ script, share }) => `${script} ${percent(share)}`).join(', ')
}

function languagesOf({ languages, scripts }: TextReport): string {
  if (scripts.length === 0) return NOT_READ
  const named = languages.map(
    ({ language, functionWords }) => `${language} (${percent(functionWords)} of the words are its commonest)`,
  )
  return named.join(', ') || 'not told by common words'
}

function linesOf({ lines: { lines, median, most99, longest, single, blank } }: TextReport): string {
  if (lines === 1) return `all in one line, of ${grouped(longest)} words`
  const parts = [
    `${grouped(lines)}, of ${grouped(median)} word${median === 1 ? '' : 's'} at the median, ${grouped(most99)} at 99 %, ${grouped(longest)} at most`,
    ...(single === lines ? ['one word a line'] : single > 0 ? [`${grouped(single)} of one word`] : []),
    ...(blank > 0 ? [`${grouped(blank)} blank`] : []),
  ]
  return parts.join('; ')
}

function repeatedOf({ lines: { repeated, mostRepeated } }: TextReport): string {
  const [most] = mostRepeated
  if (repeated === 0) return 'no line twice'
  if (most === undefined) return `${percent(repeated)} of the lines came before`
  const shown = most.line.length > SHOWN_LINE ? `${most.line.slice(0, SHOWN_LINE)}…` : most.line
  return `${percent(repeated)} of the lines came before; "${visible(shown)}" is there ${grouped(most.times)} times`
}

function odditiesOf({ oddities: { controls, tags, entities, replaced, json, columns } }: TextReport): string {
  const counted: readonly [number, string][] = [
    [controls, 'control characters'],
    [tags, 'tags'],
    [entities, 'entities of HTML'],
    [replaced, 'U+FFFD'],
  ]
  const found = counted.filter(([count]) => count > 0).map(([count, what]) => `${grouped(count)} ${what}`)
  if (json) found.push('JSON')
  if (columns) found.push(`${columns.count} columns parted by ${columns.by}`)
  return found.join(', ') || 'none'
}

function trainingOf({ training }: TextReport): string {
  const { pairs, memory, seconds, processorSeconds, threads } = training
  if (memory === undefined) return 'cannot begin'
  const needs = `about ${megabytes(memory)} of memory`
  if (pairs === undefined || seconds === undefined) return needs
  const work = processorSeconds === undefined ? '' : ` (${duration(processorSeconds)} of processor time)`
  const on = `on ${threads} thread${threads === 1 ? '' : 's'}`
  return `${short(pairs)} pairs an epoch; ${needs}, and ${duration(seconds)} ${on}${work}`
}

function wordsOf({ vocabulary }: TextReport, paint: Paint): string {
  const columns = [
    { title: 'words seen at least', align: 'right' },
    { title: 'are', align: 'right' },
    { title: 'and make up', align: 'right' },
  ] as const
  const rows = vocabulary.map(({ minCount, words, tokens }) => [
    minCount === 1 ? 'once' : `${minCount} times`,
    grouped(words),
    `${percent(tokens)} of the text`,
  ])
  return table(columns, rows, paint)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
