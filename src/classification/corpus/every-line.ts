import { abortable } from '../../abort.js'
import { WordloomError } from '../../errors.js'
import { fileVersion, findFiles, iterableOf, readText, TextCheck, unpacked } from '../../files/index.js'
import { checkGiven, checkNames, completed } from '../../options/index.js'
import { isBytes, isTextStream, writtenError } from '../../text/inner.js'
import { DecodedText } from './decoded-text.js'
import { givenLine } from './given-lines.js'
import type { LabelledLine } from './labelled-line.js'
import { ACTION, type Items, type LabelledSource, sorted } from './labelled-source.js'
import { type LabelledLineOptions, labelledLineOptionTable, type ReadLabelledOptions } from './options.js'
import { parserFor } from './recognition.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/** The lines of a source, also those without a label, and those with nothing on them. Throws what `labelledLines` throws. */
export async function* everyLine(
  source: LabelledSource,
  options: ReadLabelledOptions,
  needsLabels: boolean,
): AsyncGenerator<LabelledLine> {
  const reading = readingOf(options, needsLabels)
  const given = sorted(source)
  const lines = 'paths' in given ? linesOfFiles(given.paths, reading) : linesOfItems(given.items, reading)
  yield* abortable(lines, options.signal)
}

interface Reading {
  readonly options: ReadLabelledOptions
  readonly encoding: string
  parser(name: string): TextParser
}

function readingOf(options: ReadLabelledOptions, needsLabels: boolean): Reading {
  checkNames(labelledLineOptionTable, options, ['onWarning', 'signal', 'maxDecompressed', 'onRead'], ACTION)
  const own = Object.fromEntries(
    Object.keys(labelledLineOptionTable).map(name => [name, options[name as keyof LabelledLineOptions]]),
  )
  checkGiven(labelledLineOptionTable, own, ACTION)
  const { format, encoding, ...rest } = completed(labelledLineOptionTable, own as LabelledLineOptions, ACTION)
  const settings = { ...rest, needsLabels, onWarning: options.onWarning ?? (() => {}) }
  const parser = (file: string) => parserFor(format, { ...settings, file } satisfies ParserSettings)
  return { options, encoding, parser }
}

async function* linesOfFiles(paths: readonly string[], reading: Reading): AsyncGenerator<LabelledLine> {
  const { onWarning, maxDecompressed, onRead } = reading.options
  const files = await findFiles(paths, (path, reason) => onWarning?.(`${path} was passed over: ${reason}`))
  for (const { path } of files) {
    const version = await fileVersion(path)
    const utf16 = reading.encoding.startsWith('utf16')
    const chunks = readText(path, { maxDecompressed, utf16, ...(onRead && { onRead }) })
    yield* linesOfBytes(chunks, path === '-' ? 'standard input' : path, reading)
    if (version !== (await fileVersion(path))) throw writtenError(path)
  }
}

async function* linesOfBytes(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  { encoding, parser: parserNamed }: Reading,
): AsyncGenerator<LabelledLine> {
  const text = new DecodedText(name, encoding)
  const parser = parserNamed(name)
  for await (const chunk of chunks) yield* parser.write(text.take(chunk))
  yield* parser.write(text.end())
  yield* parser.end()
}

async function* linesOfItems(source: Items, reading: Reading): AsyncGenerator<LabelledLine> {
  const isInPieces = isTextStream(source)
  const items = abortable(iterableOf<unknown, Iterable<unknown> | AsyncIterable<unknown>>(source), undefined)
  try {
    const { done, value: first } = await items.next()
    if (done) return
    const all = rejoined(first, items)
    if (isBytes(first)) yield* linesOfGivenBytes(all, reading)
    else if (typeof first === 'string') yield* linesOfStrings(all, isInPieces ? '' : '\n', reading)
    else yield* linesOfObjects(all)
  } finally {
    await items.return(undefined)
  }
}

/** How errors name a text that is in no file. */
const GIVEN = 'the text given'

async function* linesOfGivenBytes(items: AsyncIterable<unknown>, reading: Reading) {
  const bytes = checked(items, isBytes, 'bytes') as AsyncGenerator<Uint8Array>
  const check = reading.encoding.startsWith('utf16') ? undefined : new TextCheck(GIVEN)
  async function* looked() {
    for await (const chunk of unpacked(bytes, GIVEN, reading.options.maxDecompressed)) {
      check?.look(chunk)
      yield chunk
    }
  }
  yield* linesOfBytes(looked(), GIVEN, reading)
}

async function* linesOfStrings(items: AsyncIterable<unknown>, end: string, reading: Reading) {
  const parser = reading.parser(GIVEN)
  for await (const item of checked(items, item => typeof item === 'string', 'a string'))
    yield* parser.write(`${item as string}${end}`)
  yield* parser.end()
}

async function* linesOfObjects(items: AsyncIterable<unknown>): AsyncGenerator<LabelledLine> {
  let number = 0
  for await (const item of items) yield givenLine(item, ++number)
}

/** Items that are like the first one. */
async function* checked(
  items: AsyncIterable<unknown>,
  fits: (item: unknown) => boolean,
  expected: string,
): AsyncGenerator<unknown> {
  let number = 0
  for await (const item of items) {
    number++
    if (!fits(item))
      throw new WordloomError('usage', {
        action: ACTION,
        place: { part: `item ${number.toLocaleString('en')}` },
        found: 'it is something else than the items before',
        expected,
      })
    yield item
  }
}

async function* rejoined(first: unknown, rest: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  yield first
  yield* rest
}
