import { option, say, type Words } from '../errors.js'
import type { TrainingOptions } from '../training/index.js'
import type { Forecast } from '../training/inner.js'
import { isMostlyUtf8 } from './file-encodings.js'
import type { TextReport } from './text-report.js'

/** What is not worth a word. */
const FEW_REPLACED = 1e-4 // a byte
const FEW_TAGS = 1e-3 // a token
const FEW_REPEATED = 0.1
const FEW_LEFT_OUT = 0.2
const FEW_CONTROLS = 1e-3 // a byte
/** Text of fewer words gives vectors only with more passes over it. */
const LITTLE = 50_000
/** As many files are named. */
const MOST_FILES = 3
/** As much as is told at once. */
const MOST_ADVICE = 2

type Facts = Omit<TextReport, 'advice' | 'training'> & { readonly training: Forecast }

/** What looks wrong and what to do, the most important first. */
export function adviceOn(facts: Facts, options: TrainingOptions): Words[] {
  return [
    aboutEncoding(facts),
    aboutLines(facts),
    aboutJson(facts),
    aboutColumns(facts),
    aboutMarkup(facts),
    facts.training.refusal && say`training cannot begin: ${facts.training.refusal.finding}`,
    aboutWords(facts, options),
    aboutRepeated(facts),
    aboutSize(facts, options),
  ]
    .filter(words => words !== undefined)
    .slice(0, MOST_ADVICE)
}

function aboutEncoding({ encoding, files, bytes, oddities }: Facts): Words | undefined {
  const { notUtf8, guess, otherFiles } = encoding
  if (otherFiles.length > 0 && otherFiles.length < files.length)
    return aboutOtherFiles(otherFiles, files, guess)
  if (!isMostlyUtf8(notUtf8, bytes))
    return guess === undefined
      ? 'the text is not UTF-8: find out its encoding and name it'
      : say`the text is not UTF-8, and most likely ${guess}: read it with ${option('encoding', guess)}`
  if (oddities.replaced > FEW_REPLACED * bytes)
    return `${grouped(oddities.replaced)} characters are U+FFFD, since another program read the text by a wrong encoding: make it anew`
  if (oddities.controls > FEW_CONTROLS * bytes)
    return `${grouped(oddities.controls)} characters are control characters, which no text has: extract the text anew`
  return undefined
}

/** No encoding is right for all of them. */
function aboutOtherFiles(others: readonly string[], files: readonly string[], guess = 'latin1'): string {
  const [are, those] = others.length === 1 ? ['is', 'it'] : ['are', 'them']
  const more = others.length > MOST_FILES ? `, and ${grouped(others.length - MOST_FILES)} more` : ''
  const names = others.slice(0, MOST_FILES).join(', ')
  return `${grouped(others.length)} of ${grouped(files.length)} files ${are} not UTF-8 (${names}${more}): convert ${those} alone (iconv -f ${guess} -t utf-8)`
}

function aboutJson({ oddities: { json } }: Facts): string | undefined {
  return json
    ? 'the text is JSON, whose keys would be words: take the text out of it (jq -r .text), or train on it as documents with tags'
    : undefined
}

function aboutLines({ lines, tokens }: Facts): Words | undefined {
  if (lines.single < lines.lines / 2 || tokens / lines.lines > 2) return undefined
  const share =
    lines.single === lines.lines
      ? 'every line has'
      : `${percent(lines.single / lines.lines)} of the lines have`
  return `${share} one word, and a pair of words needs two in a line: put the words of a sentence on one line`
}

function aboutColumns({ oddities: { columns } }: Facts): Words | undefined {
  return (
    columns &&
    `the lines look like ${columns.count} columns parted by ${columns.by}: keep only the column that is text (cut, csvcut), or write the items of each session on a line`
  )
}

function aboutMarkup({ oddities: { tags, entities }, tokens }: Facts): Words | undefined {
  if (tags + entities <= FEW_TAGS * tokens) return undefined
  return `the text has ${grouped(tags)} tags and ${grouped(entities)} entities of HTML, whose names would be words: take them out`
}

function aboutWords({ training, tokens }: Facts, { minCount }: TrainingOptions): Words | undefined {
  if (training.words < 2)
    return say`no two words are seen ${grouped(minCount)} times or more: lower ${option('minCount')}, or give more text`
  const left = 1 - training.tokens / tokens
  if (left <= FEW_LEFT_OUT || minCount === 1) return undefined
  return say`${percent(left)} of the text is words that would be left out: lower ${option('minCount')}, or give more text`
}

function aboutRepeated({ lines }: Facts): Words | undefined {
  if (lines.repeated <= FEW_REPEATED) return undefined
  return `${percent(lines.repeated)} of the lines came before, and count again: leave out repeated ones (sort -u) unless they are meant`
}

function aboutSize({ tokens }: Facts, { epochs, dimensions }: TrainingOptions): Words | undefined {
  if (tokens * epochs >= 5 * LITTLE) return undefined
  return say`${grouped(tokens)} words are little text: pass over it more often (${option('epochs', 50)}) with fewer ${option('dimensions')} than ${dimensions}`
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
