import { WordloomError } from '../../errors.js'
import type { ByteRanges } from '../../files/index.js'
import { addScaled } from '../../math/index.js'
import type { TensorPlace } from '../../tensors/index.js'
import { MAX_TOKEN_BYTES, type SubwordSettings } from '../../text/index.js'
import { checkSubwordSettings, visitSubwords } from '../../text/inner.js'
import { AGAIN } from '../refusals.js'
import type { RowFinder } from './row-finder.js'

/** Numbers of buckets read at once. Buckets are hashes, so that one lies near its share of the list. */
const BUCKETS_AT_ONCE = 4096

type Places = ReadonlyMap<string, TensorPlace>

/** Makes vectors of words from the sub-words of a file that is read by position. */
export class SubwordFinder {
  readonly #ranges: ByteRanges
  readonly #places: Places
  readonly #settings: SubwordSettings
  readonly #rows: RowFinder

  private constructor(ranges: ByteRanges, places: Places, settings: SubwordSettings, rows: RowFinder) {
    this.#ranges = ranges
    this.#places = places
    this.#settings = settings
    this.#rows = rows
  }

  /** Undefined if the file has no sub-words. Throws `bad-data` if their tensors contradict each other. */
  static async open(
    ranges: ByteRanges,
    places: Places,
    rows: RowFinder | undefined,
  ): Promise<SubwordFinder | undefined> {
    const settings = places.get('subwords.settings')
    if (!settings && !rows) return undefined
    checkTensor(ranges, settings, 'subwords.settings', 'U32', [3])
    const bytes = await ranges.read(settings!.start, settings!.end)
    const [minNgram, maxNgram, buckets] = new Uint32Array(bytes.buffer) as unknown as [number, number, number]
    checkSettings(ranges, { minNgram, maxNgram, buckets })
    if (!rows) throw wrongTensor(ranges, undefined, 'subwords.vectors', 'a row for each bucket')
    const listed = places.get('subwords.buckets')
    if (listed) checkTensor(ranges, listed, 'subwords.buckets', 'U32', [rows.rows])
    else if (rows.rows !== buckets)
      throw wrongTensor(ranges, places.get('subwords.vectors'), 'subwords.vectors', `${buckets} rows`)
    return new SubwordFinder(ranges, places, { minNgram, maxNgram, buckets }, rows)
  }

  /** The mean over a word's n-grams; undefined for words too short, or too long, to have any. */
  async vector(word: Uint8Array): Promise<Float32Array | undefined> {
    if (word.length > MAX_TOKEN_BYTES) return undefined
    const wanted: number[] = []
    visitSubwords(word, this.#settings, bucket => wanted.push(bucket))
    if (wanted.length === 0) return undefined
    const rows = await Promise.all(wanted.map(bucket => this.#row(bucket)))
    const sum = new Float64Array(this.#rows.dimensions)
    for (const numbers of rows) if (numbers) addScaled(sum, 1, numbers)
    return Float32Array.from(sum, x => x / wanted.length)
  }

  /** Undefined if the vector of the bucket is zeros. */
  async #row(bucket: number): Promise<Float32Array | undefined> {
    const id = this.#places.has('subwords.buckets') ? await this.#placeOf(bucket) : bucket
    return id === undefined ? undefined : this.#rows.row(id)
  }

  /** Where a bucket stands among those that have rows, which rise: looked for near its share, then by halves. */
  async #placeOf(bucket: number): Promise<number | undefined> {
    let [from, to] = [0, this.#rows.rows]
    let guess = Math.floor((bucket / this.#settings.buckets) * this.#rows.rows)
    while (from < to) {
      const start = Math.max(from, Math.min(to - BUCKETS_AT_ONCE, guess - BUCKETS_AT_ONCE / 2))
      const numbers = await this.#bucketsAt(start, Math.min(to, start + BUCKETS_AT_ONCE))
      if (bucket < numbers[0]!) to = start
      else if (bucket > numbers.at(-1)!) from = start + numbers.length
      else {
        const place = numbers.indexOf(bucket)
        return place < 0 ? undefined : start + place
      }
      guess = (from + to) >>> 1
    }
    return undefined
  }

  async #bucketsAt(from: number, to: number): Promise<Uint32Array> {
    const { start } = this.#places.get('subwords.buckets')!
    return new Uint32Array((await this.#ranges.read(start + 4 * from, start + 4 * to)).buffer)
  }
}

function checkSettings({ name }: ByteRanges, settings: SubwordSettings): void {
  try {
    checkSubwordSettings(settings)
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError('bad-data', { ...error.fault, place: { file: name } }, { cause: error })
  }
}

function checkTensor(
  ranges: ByteRanges,
  tensor: TensorPlace | undefined,
  name: string,
  dtype: string,
  shape: readonly number[],
): void {
  if (tensor?.dtype === dtype && String(tensor.shape) === String(shape)) return
  throw wrongTensor(ranges, tensor, name, `${dtype} [${shape}]`)
}

function wrongTensor(
  { name: file }: ByteRanges,
  tensor: TensorPlace | undefined,
  name: string,
  expected: string,
): WordloomError {
  return new WordloomError('bad-data', {
    place: { file, part: `tensor "${name}"` },
    found: tensor ? `it is ${tensor.dtype} [${tensor.shape}]` : 'it is missing',
    expected,
    cure: AGAIN,
  })
}
