import { option, say, WordloomError } from '../errors.js'
import {
  compressedFor,
  fileVersion,
  isStream,
  type Output,
  openRanges,
  plainSize,
  readBytes,
  writeTogether,
} from '../files/index.js'
import { checkGiven, mustBe } from '../options/index.js'
import type { ByteReader, ByteSource } from '../tensors/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'
import { fastText } from './fasttext/fasttext.js'
import type { ReadOptions, VectorFormat } from './format.js'
import { firstLine, parseHeader } from './lines/header.js'
import { loadOptionTable } from './load-options.js'
import { model2vec } from './model2vec.js'
import { npy } from './npy.js'
import { baseName, folderOf, withoutCompression } from './opening/companion.js'
import { decompressed } from './opening/decompressed.js'
import { foreignFile, foreignText } from './opening/foreign.js'
import { parquet } from './parquet/parquet.js'
import { projector } from './projector.js'
import { checkPath, checkVectors } from './refusals.js'
import { safetensors } from './safetensors/safetensors.js'
import { word2vecBinary } from './word2vec/binary.js'
import { glove, word2vecText } from './word2vec/text.js'

export type { ByteSource } from '../tensors/index.js'
export type { Companion, PlainFormat, ReadOptions, VectorFormat, WrittenChunks } from './format.js'
export { loadOptionTable } from './load-options.js'
export { openVectorFile, VectorFile } from './lookup/vector-file.js'

/** Every format: to add one is a file and a line here. Text comes last, being told by the least. */
export const formats = {
  safetensors,
  model2vec,
  npy,
  parquet,
  'word2vec-binary': word2vecBinary,
  fasttext: fastText,
  projector,
  glove,
  'word2vec-text': word2vecText,
} as const satisfies Record<string, VectorFormat>

export type FormatName = keyof typeof formats

export interface LoadOptions extends ReadOptions {
  /** Which format the file has; told by its first bytes, then by its extension, if not given. */
  format?: FormatName
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
    const vectors = await read(await sourceOf(path, options), options)
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
  const reader = await decompressed(source, options.maxDecompressed)
  try {
    if (!(await reader.fill(1))) throw reader.error({ found: 'the file is empty', expected: 'word vectors' })
    await reader.fill(HEAD_BYTES)
    const format = options.format ?? recognized(reader)
    return await formats[format].read(reader, options)
  } catch (error) {
    throw asTooLarge(error, source.name)
  } finally {
    await reader.close()
  }
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

/**
 * The format that a file name stands for; undefined if its extension is none of ours. Where several formats
 * have it, vectors with sub-words get one that keeps them.
 */
export function formatOfExtension(
  path: string,
  { subwords }: Pick<WordVectors, 'subwords'> = {},
): FormatName | undefined {
  return formatFor(path, subwords !== undefined)
}

function formatFor(path: string, subwords = false): FormatName | undefined {
  const lower = withoutCompression(path).toLowerCase()
  const fitting = names().filter(name => formats[name].extensions.some(end => lower.endsWith(end)))
  return (subwords ? fitting.find(keepsSubwords) : undefined) ?? fitting[0]
}

/** What vectors lose in a format, as a sentence; undefined if nothing is that anybody would miss. */
export function lostIn(format: FormatName, { subwords }: Pick<WordVectors, 'subwords'>): string | undefined {
  if (subwords === undefined || keepsSubwords(format)) return undefined
  const keeping = names().filter(keepsSubwords).join(' and ')
  return `${format} has no room for sub-words, so that words outside the vocabulary have no vectors in the file; ${keeping} keep them`
}

function keepsSubwords(name: FormatName): boolean {
  return Boolean((formats[name] as VectorFormat).keepsSubwords)
}

async function sourceOf(path: string, options: LoadOptions): Promise<ByteSource> {
  const size = await plainSize(path)
  return {
    name: path === '-' ? 'standard input' : path,
    size,
    chunks: readBytes(path, { maxDecompressed: options.maxDecompressed }),
    ranges: size === undefined ? undefined : () => openRanges(path),
    beside: path === '-' ? undefined : name => sourceIfThere(folderOf(path) + name, options),
  }
}

async function sourceIfThere(path: string, options: LoadOptions): Promise<ByteSource | undefined> {
  try {
    return await sourceOf(path, options)
  } catch (error) {
    if (error instanceof WordloomError && error.code === 'no-input') return undefined
    throw error
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
  const { format } = options
  if (format !== undefined && !Object.hasOwn(formats, format))
    throw mustBe('format', format, known(), 'load word vectors')
  checkGiven(loadOptionTable, options, 'load word vectors')
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

function names(): FormatName[] {
  return Object.keys(formats) as FormatName[]
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
