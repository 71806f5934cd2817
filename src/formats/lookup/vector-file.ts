import { WordloomError } from '../../errors.js'
import {
  type ByteRanges,
  blobRanges,
  FETCH_TIMEOUT,
  type FetchOptions,
  httpRanges,
  openRanges,
} from '../../files/index.js'
import { firstNotFinite } from '../../math/index.js'
import { checkGiven, number } from '../../options/index.js'
import { readerOf, TensorFile, type TensorPlace } from '../../tensors/index.js'
import { isWellFormed } from '../../text/inner.js'
import { checkFormat } from '../safetensors/file-version.js'
import { layoutOf, type RowLayout } from '../safetensors/row-layout.js'
import { subwordLayoutOf } from '../safetensors/subword-layout.js'
import { RowFinder } from './row-finder.js'
import { SubwordFinder } from './subword-finder.js'
import { type WordFinder, wordFinder } from './word-finder.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const timeout = number(FETCH_TIMEOUT, 0.001, 1e6, 'seconds until a request to a server is given up')

/**
 * Opens a file of our own (.safetensors) without reading it: a path or an http(s) address, a URL, or a Blob that a
 * user chose. A few kilobytes are read now, and a few for each look-up, however large the file is. Addresses need
 * a server that answers Range requests, within `timeout` seconds (60 if not given), unless the `signal` ends that. Throws
 * `no-input`, `aborted`, and `bad-data` for files of other formats, compressed ones among them.
 */
export async function openVectorFile(
  source: string | URL | Blob,
  options: FetchOptions = {},
): Promise<VectorFile> {
  checkGiven({ timeout }, { timeout: options.timeout }, 'open the file')
  const ranges = await rangesOf(source, options)
  try {
    const reader = readerOf(ranges)
    await reader.fill(9)
    if (reader.bytes[8] !== 0x7b)
      throw reader.error({
        found: 'this is not a safetensors file, and only those can be read by position',
        cure: 'make one with wordloom convert',
      })
    const { tensors, places, metadata } = await TensorFile.take(reader, ranges)
    checkFormat(reader, metadata.format)
    const layout = layoutOf(reader, tensors)
    const { format: _, ...facts } = metadata
    const subwords = subwordLayoutOf(reader, tensors, layout.dimensions)
    return new VectorFile(ranges, places, layout, facts, subwords)
  } catch (error) {
    await ranges.close()
    throw error
  }
}

/** Words and rows of a file that are read when they are asked for. Close it after use. */
export class VectorFile {
  /** How many words there are. */
  readonly size: number
  readonly dimensions: number
  /** How the vectors were made. */
  readonly metadata: Readonly<Record<string, string>>
  readonly #ranges: ByteRanges
  readonly #places: ReadonlyMap<string, TensorPlace>
  readonly #rows: RowFinder
  readonly #subwordRows: RowFinder | undefined
  #finder: Promise<WordFinder> | undefined
  #subwords: Promise<SubwordFinder | undefined> | undefined

  /** Use `openVectorFile`. */
  constructor(
    ranges: ByteRanges,
    places: ReadonlyMap<string, TensorPlace>,
    layout: RowLayout,
    metadata: Readonly<Record<string, string>>,
    subwords: RowLayout | undefined,
  ) {
    this.#ranges = ranges
    this.#places = places
    this.size = layout.rows
    this.dimensions = layout.dimensions
    this.#rows = new RowFinder(ranges, places, layout)
    this.metadata = metadata
    this.#subwordRows = subwords && new RowFinder(ranges, places, subwords)
  }

  /** Whether a word is found by an index in the file, without reading the words of the whole file. */
  get hasIndex(): boolean {
    return this.#places.has('vocabulary.index')
  }

  async has(word: string | Uint8Array): Promise<boolean> {
    return (await this.idOf(word)) !== undefined
  }

  /** The word's place in the order of the file, 0 … size − 1. */
  async idOf(word: string | Uint8Array): Promise<number | undefined> {
    if (typeof word === 'string' && !isWellFormed(word)) return undefined
    this.#finder ??= wordFinder(this.#ranges, this.#places, this.size)
    return (await this.#finder).find(encoded(word))
  }

  /**
   * A copy of the word's vector. If the file lacks the word, that of its sub-words, as in `WordVectors`; undefined
   * if there are none. Throws `bad-data`.
   */
  async vector(word: string | Uint8Array): Promise<Float32Array | undefined> {
    const id = await this.idOf(word)
    if (id !== undefined) return this.row(id)
    if (typeof word === 'string' && !isWellFormed(word)) return undefined
    this.#subwords ??= SubwordFinder.open(this.#ranges, this.#places, this.#subwordRows)
    const numbers = await (await this.#subwords)?.vector(encoded(word))
    return numbers && this.#finite(numbers, 'rows of sub-words')
  }

  /** A copy of row `id`. Throws `usage` outside 0 … size − 1, `bad-data` if numbers are not finite. */
  async row(id: number): Promise<Float32Array> {
    this.#check(id)
    return this.#finite(await this.#rows.row(id), `row ${id}`)
  }

  /** Word `id` as text. Throws `usage` outside 0 … size − 1. */
  async word(id: number): Promise<string> {
    this.#check(id)
    this.#finder ??= wordFinder(this.#ranges, this.#places, this.size)
    return decoder.decode(await (await this.#finder).bytes(id))
  }

  async close(): Promise<void> {
    await this.#ranges.close()
  }

  #finite(numbers: Float32Array, part: string): Float32Array {
    if (firstNotFinite(numbers) < 0) return numbers
    throw new WordloomError('bad-data', {
      place: { file: this.#ranges.name, part },
      found: 'a number is not finite',
      expected: 'finite numbers',
    })
  }

  #check(id: number): void {
    if (!(Number.isInteger(id) && id >= 0 && id < this.size))
      throw new WordloomError('usage', {
        found: `the id of a word is ${id}`,
        expected: `a whole number from 0 to ${this.size - 1}`,
      })
  }
}

function encoded(word: string | Uint8Array): Uint8Array {
  return typeof word === 'string' ? new TextEncoder().encode(word) : word
}

async function rangesOf(source: string | URL | Blob, options: FetchOptions): Promise<ByteRanges> {
  if (source instanceof Blob) return blobRanges(source, (source as Partial<File>).name)
  if (source instanceof URL || /^https?:\/\//i.test(source)) return httpRanges(source, options)
  return openRanges(source)
}
