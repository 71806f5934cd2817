import { option, say, WordloomError } from '../errors.js'
import {
  compressedFor,
  fileVersion,
  isStream,
  type Output,
  storedSize,
  writeTogether,
} from '../files/index.js'
import { checkGiven, checkNames, mustBe } from '../options/index.js'
import type { ByteReader, ByteSource } from '../tensors/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import { fewerBuckets } from '../vectors/inner.js'
import type { ReadOptions, VectorFormat } from './format.js'
import { firstLine, parseHeader } from './lines/header.js'
import { loadOptionTable } from './load-options.js'
import { baseName, folderOf } from './opening/companion.js'
import { decompressed } from './opening/decompressed.js'
import { sourceOf } from './opening/file-source.js'
import { foreignFile, foreignText } from './opening/foreign.js'
import { type LoadProgress, Meter } from './opening/meter.js'
import { checkPath, checkVectors } from './refusals.js'
import { type FormatName, formatFor, formatOfExtension, formats, names } from './table.js'

export type { ByteSource } from '../tensors/index.js'
export type { Companion, PlainFormat, ReadOptions, VectorFormat, WrittenChunks } from './format.js'
export { loadOptionTable } from './load-options.js'
export { openVectorFile, VectorFile } from './lookup/vector-file.js'
export type { LoadProgress } from './opening/meter.js'
export {
  type FormatName,
  formatOfExtension,
  formats,
  lostIn,
  otherFormatNamed,
} from './table.js'

export interface LoadOptions extends ReadOptions {
  /** Which format the file has; told by its first bytes, then by its extension, if not given. */
  format?: FormatName
  /** Called for each piece of the file, of about 256 KB. What it throws ends the call. */
  onProgress?: (progress: LoadProgress) => void
}

export interface SaveOptions {
  /** Which format to write; told by the extension if not given, .bin being fastText's for vectors with sub-words. */
  format?: FormatName
}

/** How much of a file is looked at to tell its format. */
const HEAD_BYTES = 1 << 16

/**
 * Word vectors from a file in any of the formats, gzip or Zstandard outside it or not; '-' is standard
 * input. What had to be overlooked is in `warnings`. Throws `no-input`, `bad-data` (with the place),
 * `too-large` and `usage`.
 */
export async function load(path: string, options: LoadOptions = {}): Promise<WordVectors> {
  checkOptions(options) // before the file is touched
  checkPath(path, 'load word vectors')
  const version = await fileVersion(path)
  const isUnchanged = async () => (await fileVersion(path)) === version
  let cause: unknown
  try {
    const meter = options.onProgress && new Meter(await storedSize(path), options.onProgress)
    const source = await sourceOf(path, { maxDecompressed: options.maxDecompressed, passed: meter?.add })
    const vectors = await readCounted(source, options, meter, source.size !== undefined)
    if (await isUnchanged()) return vectors
  } catch (error) {
    // a file that is being written looks cut off; only what does not change is called broken
    if (!(error instanceof WordloomError) || error.code !== 'bad-data' || (await isUnchanged())) throw error
    cause = error
  }
  throw new WordloomError(
    'bad-data',
    {
      place: { file: path },
      found: 'the file was written to or replaced while it was read',
      cure: 'load it again when nothing writes to it',
    },
    { cause },
  )
}

/**
 * `load` from any stream of bytes, compressed or not; its format is also told by the extension of its name.
 * Formats that keep words in a file of their own ask `source.beside` for it.
 */
export async function read(source: ByteSource, options: LoadOptions = {}): Promise<WordVectors> {
  checkOptions(options)
  return readCounted(source, options, options.onProgress && new Meter(source.size, options.onProgress))
}

/** `byReader` tells whether the reader counts, or the source itself. */
async function readCounted(
  source: ByteSource,
  options: LoadOptions,
  meter: Meter | undefined,
  byReader = true,
): Promise<WordVectors> {
  const reader = await decompressed(source, options.maxDecompressed, byReader ? meter?.add : undefined)
  try {
    if (!(await reader.fill(1))) throw reader.error({ found: 'the file is empty', expected: 'word vectors' })
    await reader.fill(HEAD_BYTES)
    const format = options.format ?? recognized(reader)
    return withFewerBuckets(await formats[format].read(reader, options), options.buckets)
  } catch (error) {
    throw meter?.failure ? meter.failure.error : asTooLarge(error, source.name)
  } finally {
    await reader.close()
  }
}

/** What a reader has not left out itself. */
function withFewerBuckets(vectors: WordVectors, most: number | undefined): WordVectors {
  const { subwords, vocabulary } = vectors
  if (!subwords || most === undefined || subwords.matrix.rows <= most) return vectors
  return vectors.with({ subwords: fewerBuckets(subwords, most, vocabulary) })
}

/**
 * Writes word vectors to a file, whole or not at all, in the format of its extension; compressed if .gz or
 * .zst follows that. Some formats write a second file beside it: both are written or none. '-' is standard output,
 * which gets word2vec's text, as devices and pipes without an extension do. Throws `usage` if the extension is
 * unknown, `bad-data` if the format cannot hold a word, `not-written`.
 */
export async function save(vectors: WordVectors, path: string, options: SaveOptions = {}): Promise<void> {
  checkVectors(vectors)
  checkPath(path, 'save the vectors')
  checkNames({}, options, ['format'], 'save the vectors')
  await writeTogether(await filesOf(vectors, path, options))
}

/** The files that `save` writes, the one that is read first at the end, for those who write others along with them. */
export async function filesOf(
  vectors: WordVectors,
  path: string,
  { format }: SaveOptions = {},
): Promise<Output[]> {
  const name = await formatOfOutput(path, { ...(format && { format }), vectors })
  const { refuse, write, companions }: VectorFormat = formats[name]
  refuse?.(vectors.vocabulary)
  const main = { path, chunks: compressedFor(path, write(vectors)) }
  const beside = companions?.(baseName(path)) ?? []
  return [...beside.map(({ name, write }) => ({ path: folderOf(path) + name, chunks: write(vectors) })), main]
}

/** The names of the files that `save` writes. */
export async function namesOf(path: string, options: SaveOptions = {}): Promise<string[]> {
  const { companions }: VectorFormat = formats[await formatOfOutput(path, options)]
  return [...(companions?.(baseName(path)) ?? []).map(({ name }) => folderOf(path) + name), path]
}

/**
 * The format in which `save` writes a file of this name. Throws `usage` if neither `format` nor the extension tells
 * one, and if a format of several files should go to standard output, a device or a pipe.
 */
export async function formatOfOutput(
  path: string,
  { format, vectors }: SaveOptions & { readonly vectors?: WordVectors } = {},
): Promise<FormatName> {
  const isFile = !(await isStream(path))
  const name = format ?? formatOfExtension(path, vectors) ?? (isFile ? undefined : 'word2vec-text')
  if (!name) throw noFormatOf(path)
  checkOptions({ format: name })
  if (isFile || !(formats[name] as VectorFormat).companions) return name
  throw new WordloomError('usage', {
    action: `write ${name} to ${path === '-' ? 'standard output' : path}`,
    found: 'this format keeps its words in a second file beside the first, and a stream takes one file',
    cure: 'give a file name, or another format',
  })
}

/** The words of vectors that are not there yet, as far as they are known. */
export interface SavableWords extends SaveOptions {
  readonly vocabulary?: Vocabulary | undefined
  readonly subwords?: boolean
}

/**
 * Throws what `save` would of vectors of these words, `usage` or `bad-data`, with the path: to be asked before they are
 * learned. `subwords` tells whether there will be vectors of sub-words; if the words are not known, only the path
 * is looked at.
 */
export async function checkSavable(path: string, words: SavableWords): Promise<void> {
  const { vocabulary, subwords, format } = words
  const name = format ?? formatFor(path, subwords) ?? ((await isStream(path)) ? 'word2vec-text' : undefined)
  if (!name) throw noFormatOf(path)
  try {
    if (vocabulary) (formats[name] as VectorFormat).refuse?.(vocabulary)
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError(error.code, { ...error.fault, action: `write ${path}` }, { cause: error })
  }
}

function recognized(reader: ByteReader): FormatName {
  const head = reader.bytes.subarray(reader.position)
  const foreign = foreignFile(head)
  if (foreign) throw reader.error(foreign)
  const format = names().find(name => formats[name].recognizes(head))
  if (format !== undefined && format !== 'word2vec-text') return format
  const foreignProse = foreignText(head)
  if (foreignProse) throw reader.error(foreignProse)
  const named = isOneNumberARow(reader, head) ? 'glove' : (format ?? formatOfExtension(reader.name))
  if (named) return named
  throw reader.error({
    found: 'neither its first bytes nor its extension tell the format',
    expected: known(),
    cure: say`name the format in ${option('format')}`,
  })
}

/** GloVe's text of one dimension, whose first line is told from a header by the extension and by its word. */
function isOneNumberARow({ name }: ByteReader, head: Uint8Array): boolean {
  return formatOfExtension(name) === 'glove' && parseHeader(firstLine(head)) === undefined
}

function checkOptions(options: LoadOptions): void {
  const action = 'load word vectors'
  checkNames(loadOptionTable, options, ['format', 'onProgress', 'words'], action)
  const { format, onProgress } = options
  if (format !== undefined && !Object.hasOwn(formats, format)) throw mustBe('format', format, known(), action)
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw mustBe('onProgress', onProgress, 'a function', action)
  checkGiven(loadOptionTable, options, action)
}

function known(): string {
  const all = names().map(name => `${name} (${formats[name].extensions.join(', ') || 'by name'})`)
  return `one of ${all.join(', ')}`
}

function noFormatOf(path: string): WordloomError {
  return new WordloomError('usage', {
    action: `write ${path}`,
    found: 'its extension tells no format',
    expected: `the extension of ${known()}`,
    cure: say`give another name, or name the format in ${option('format')}`,
  })
}

/** A file that unpacks to more than its size tells can ask for memory that there is not. */
function asTooLarge(error: unknown, name: string): unknown {
  if (error instanceof WordloomError && error.code === 'too-large' && error.fault.place === undefined)
    return error.at({ file: name })
  if (!(error instanceof RangeError)) return error
  return new WordloomError(
    'too-large',
    {
      place: { file: name },
      found: 'there is not enough memory for what the file announces',
      cure: say`load fewer words with ${option('limit')}`,
    },
    { cause: error },
  )
}
