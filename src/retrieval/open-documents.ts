import { WordloomError } from '../errors.js'
import { eachLine, readText } from '../files/index.js'
import { checkGiven, completed } from '../options/index.js'
import { type TokenizerName, tokenize } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import { foundWords, type PooledSource, poolSentences } from '../vectors/inner.js'
import { isFault, type Parsed, parsedLine, parsedValue, plainLine } from './document-line.js'
import { inTurns } from './in-turns.js'
import { COMMON, FEW_DOCUMENTS, openOptionTable, type RetrievalOptions } from './open-options.js'
import { Retrieval } from './retrieval.js'
import { StoredDocuments } from './stored-documents.js'
import { WordsIndexBuilder } from './words-index.js'

/** A document as a program gives it. */
export interface GivenDocument {
  /** A string or a whole number; its place, from 1, if not given. */
  readonly id?: string | number
  readonly text: string
}

/** The path of a file with a document on each line, or documents, which may have any other fields. */
export type DocumentSource<D extends GivenDocument = GivenDocument> = string | Iterable<D> | AsyncIterable<D>

const ACTION = 'open the documents'

/** A line may be as long as 64 MB. */
const LONGEST_LINE = 1 << 26

/**
 * Reads documents whole, and makes them searchable by vectors and by words. A file has a document on each line: JSON with
 * a `text`, an `id` and anything else (JSONL), or a text whose id is the number of its line; it may be compressed.
 * Blank lines are passed over. Weights of words and common directions are learned here, once, from the documents.
 * Throws `no-input`, `bad-data` with the line, `usage` and `too-large`.
 */
export async function openDocuments<D extends GivenDocument>(
  source: DocumentSource<D>,
  vectors: WordVectors,
  options: RetrievalOptions = {},
): Promise<Retrieval> {
  checkGiven(openOptionTable, options, ACTION)
  const { tokenizer } = completed(openOptionTable, options, ACTION)
  const documents = new StoredDocuments()
  const builder = new WordsIndexBuilder(tokenizer)
  const take = (parsed: Parsed, place: DocumentPlace) => {
    if (isFault(parsed)) throw new WordloomError('bad-data', { ...withAction(place), ...parsed })
    if (!documents.add(parsed)) throw knownId(parsed.id, place)
    builder.add(parsed.text)
  }
  if (typeof source === 'string') await readFileOf(source, take)
  else await readGiven(source, take)
  if (documents.size === 0) throw noDocuments(source)
  documents.finish()
  return inTurns(searchable(documents, builder, vectors, { ...options, tokenizer }))
}

type DocumentPlace = { readonly file: string; readonly line: number } | { readonly part: string }
type Take = (parsed: Parsed, place: DocumentPlace) => void

/** A file's name tells the action. */
function withAction(place: DocumentPlace) {
  return 'file' in place ? { place } : { action: ACTION, place }
}

async function readFileOf(file: string, take: Take): Promise<void> {
  let parse = isJsonLines(file) ? parsedLine : undefined
  let isFirst = true
  const lined = { file, longest: LONGEST_LINE, expected: 'a document' }
  await eachLine(readText(file), lined, (line, number) => {
    const start = line.findIndex(byte => !BLANKS.includes(byte))
    if (start < 0) return
    if (isFirst && beginsArray(line, start)) throw isArray(file)
    isFirst = false
    parse ??= line[start] === BRACE ? parsedLine : plainLine
    take(parse(line, number), { file, line: number })
  })
}

/** Whether a JSON array of documents begins here: no text begins so. */
function beginsArray(line: Uint8Array, start: number): boolean {
  if (line[start] !== BRACKET) return false
  const next = line.subarray(start + 1).find(byte => !BLANKS.includes(byte))
  return next === undefined || next === BRACE
}

function isArray(file: string): WordloomError {
  return new WordloomError('bad-data', {
    place: { file },
    found: 'this is a JSON array',
    expected: 'a document on each line',
    cure: `put each object on a line of its own, as jq -c '.[]' ${file} does`,
  })
}

const BLANKS = [0x20, 0x09, 0x0d]
const BRACE = 0x7b
const BRACKET = 0x5b

function isJsonLines(file: string): boolean {
  return /\.(jsonl|ndjson)(\.gz|\.zst)?$/i.test(file)
}

async function readGiven(source: Exclude<DocumentSource, string>, take: Take): Promise<void> {
  let number = 0
  for await (const document of iterable(source)) {
    number++
    take(parsedValue(document, number), { part: `document ${number}` })
  }
}

function iterable(source: Exclude<DocumentSource, string>): typeof source {
  const value: unknown = source
  if (
    typeof value === 'object' &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value)
  )
    return source
  throw new WordloomError('usage', {
    action: ACTION,
    found: `the documents are ${value === null ? 'null' : `a value of type ${typeof value}`}`,
    expected: 'a file name, or documents that can be iterated over',
  })
}

function* searchable(
  documents: StoredDocuments,
  builder: WordsIndexBuilder,
  vectors: WordVectors,
  { tokenizer, ...given }: RetrievalOptions & { readonly tokenizer: TokenizerName },
): Generator<void, Retrieval> {
  const words = yield* builder.finish(tokenizer)
  const cut = vectors.textRules ? (text: string) => text : (text: string) => tokenize(text, tokenizer)
  const source: PooledSource = { size: documents.size, at: number => cut(documents.at(number).text) }
  const sentences = yield* poolSentences(vectors, source, {
    smoothing: openOptionTable.smoothing.default,
    common: documents.size < FEW_DOCUMENTS ? 0 : Math.min(COMMON, vectors.dimensions - 1),
    ...(vectors.vocabulary.tokens === 0 && { counts: yield* words.vocabulary() }),
    ...given,
    ...(given.unknown === 'throw' && { unknown: 'skip' }), // it is for questions: a collection always has rare words
  })
  const isStrict = given.unknown === 'throw' && vectors.textRules === undefined
  const question = isStrict ? (text: string) => allKnown(vectors, tokenize(text, tokenizer)) : cut
  return new Retrieval({ documents, words, sentences, cut: question, warnings: warningsOf(sentences.known) })
}

/** The words, if each has a vector. */
function allKnown(vectors: WordVectors, words: string[]): string[] {
  foundWords(vectors, words, { unknown: 'throw' })
  return words
}

function warningsOf(known: Uint32Array): string[] {
  const without = known.reduce((sum, words) => sum + Number(words === 0), 0)
  if (without === 0) return []
  const count = `${without.toLocaleString('en')} of ${known.length.toLocaleString('en')} documents`
  return [`${count} have no word with a vector, and are found by their words alone`]
}

function knownId(id: string, place: DocumentPlace): WordloomError {
  return new WordloomError('bad-data', {
    ...withAction(place),
    found: `the id ${JSON.stringify(id)} came before`,
    expected: 'an id of its own for each document',
  })
}

function noDocuments(source: DocumentSource): WordloomError {
  return new WordloomError('bad-data', {
    ...(typeof source === 'string' ? { place: { file: source } } : { action: ACTION }),
    found: 'there is no document',
    expected: 'a document on each line, as JSON with a "text" or as text',
  })
}
