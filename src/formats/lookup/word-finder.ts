import { WordloomError } from '../../errors.js'
import type { ByteRanges } from '../../files/index.js'
import type { TensorPlace } from '../../tensors/index.js'
import { WordTable } from '../../text/inner.js'
import { AGAIN } from '../refusals.js'
import { homesFor, placeOf, SLOT_LENGTH } from '../safetensors/stored-index.js'

const SLOT_BYTES = 4 * SLOT_LENGTH
/** Slots read at once; a word stands further from its home once in many thousand times. */
const SLOTS_AT_ONCE = 32

/** Finds words of a file that is read by position. */
export interface WordFinder {
  find(word: Uint8Array): Promise<number | undefined>
  bytes(id: number): Promise<Uint8Array>
}

type Places = ReadonlyMap<string, TensorPlace>

/** By the file's own index; in files without one, by a table made of the whole vocabulary now. */
export async function wordFinder(ranges: ByteRanges, places: Places, words: number): Promise<WordFinder> {
  const index = places.get('vocabulary.index')
  if (!index) return tableFinder(ranges, places, words)
  if (
    index.dtype !== 'U32' ||
    index.shape.length !== 2 ||
    index.shape[1] !== SLOT_LENGTH ||
    index.shape[0]! < homesFor(words)
  )
    throw damaged(ranges, `tensor "vocabulary.index" is ${index.dtype} [${index.shape}]`)
  return new IndexedWords(ranges, places, index, words)
}

class IndexedWords implements WordFinder {
  readonly #ranges: ByteRanges
  readonly #places: Places
  readonly #index: TensorPlace
  readonly #words: number

  constructor(ranges: ByteRanges, places: Places, index: TensorPlace, words: number) {
    this.#ranges = ranges
    this.#places = places
    this.#index = index
    this.#words = words
  }

  async find(word: Uint8Array): Promise<number | undefined> {
    const [home, fingerprint] = placeOf(word, 0, word.length, homesFor(this.#words))
    const slots = this.#index.shape[0]!
    for (let from = home, count = SLOTS_AT_ONCE; from < slots; from += count, count *= 2) {
      const found = await this.#slots(from, Math.min(slots, from + count))
      for (let i = 0; i < found.length; i += SLOT_LENGTH) {
        const id = found[i + 1]! - 1
        if (id < 0) return undefined
        if (found[i] === fingerprint && (await this.#is(id, word))) return id
      }
    }
    return undefined
  }

  async bytes(id: number): Promise<Uint8Array> {
    return this.#read(await this.#ends(id))
  }

  async #slots(from: number, to: number): Promise<Uint32Array> {
    const { start } = this.#index
    return new Uint32Array(
      (await this.#ranges.read(start + from * SLOT_BYTES, start + to * SLOT_BYTES)).buffer,
    )
  }

  async #is(id: number, word: Uint8Array): Promise<boolean> {
    const [start, end] = await this.#ends(id)
    if (end - start !== word.length) return false
    return (await this.#read([start, end])).every((byte, i) => byte === word[i])
  }

  #read([start, end]: readonly [number, number]): Promise<Uint8Array> {
    const bytes = this.#places.get('vocabulary.bytes')!
    return this.#ranges.read(bytes.start + start, bytes.start + end)
  }

  /** Where a word starts and ends in `vocabulary.bytes`. */
  async #ends(id: number): Promise<[number, number]> {
    if (id >= this.#words) throw damaged(this.#ranges, `its index names word ${id} of ${this.#words}`)
    const offsets = this.#places.get('vocabulary.offsets')!.start + id * 8
    const [start, end] = new BigUint64Array((await this.#ranges.read(offsets, offsets + 16)).buffer)
    const bytes = this.#places.get('vocabulary.bytes')!
    if (start! <= end! && end! <= BigInt(bytes.end - bytes.start)) return [Number(start), Number(end)]
    throw damaged(
      this.#ranges,
      `word ${id} is said to be bytes ${start} to ${end} of ${bytes.end - bytes.start}`,
    )
  }
}

async function tableFinder(ranges: ByteRanges, places: Places, words: number): Promise<WordFinder> {
  const whole = async (name: string) => {
    const { start, end } = places.get(name)!
    return ranges.read(start, end)
  }
  const offsets = new BigUint64Array((await whole('vocabulary.offsets')).buffer)
  const bytes = await whole('vocabulary.bytes')
  const table = new WordTable()
  for (let id = 0; id < words; id++) {
    const [start, end] = [Number(offsets[id]), Number(offsets[id + 1])]
    if (start > end || end > bytes.length || table.add(bytes, start, end) < id)
      throw damaged(ranges, `word ${id} is there twice, or out of place`)
  }
  return {
    find: async word => {
      const id = table.find(word)
      return id < 0 ? undefined : id
    },
    bytes: async id => table.bytes(id),
  }
}

function damaged(ranges: ByteRanges, what: string): WordloomError {
  return new WordloomError('bad-data', {
    place: { file: ranges.name },
    found: `${what}: the file is damaged`,
    cure: AGAIN,
  })
}
