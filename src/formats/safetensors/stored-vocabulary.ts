import { type ByteReader, bytesOf, type Section, type TensorPlace } from '../../tensors/index.js'
import { Vocabulary } from '../../text/index.js'
import { WordTable } from '../../text/inner.js'
import type { WantedWords } from '../selection/wanted-words.js'

const AGAIN = 'fetch the file or make it again'

/** The first words of a vocabulary kept as three tensors, in whatever order they come. */
export class StoredVocabulary {
  readonly #name: string
  readonly #counts: Float64Array
  readonly #offsets: BigUint64Array
  #bytes = new Uint8Array(0)
  #taken = 0
  #hasOffsets = false

  /** `name` is what the names of its tensors begin with. */
  constructor(words: number, name = 'vocabulary') {
    this.#name = name
    this.#counts = new Float64Array(words)
    this.#offsets = new BigUint64Array(words + 1)
  }

  /** Takes a tensor if it is one of the vocabulary's; whether it was. */
  async take(reader: ByteReader, tensor: TensorPlace): Promise<boolean> {
    const target = this.#targetOf(tensor)
    if (!target) return false
    this.#taken++
    const part = new Uint8Array(target.buffer, 0, target.byteLength)
    await reader.readInto(part, tensor.name)
    await reader.skip(tensor.end - tensor.start - part.length, tensor.name)
    return true
  }

  /** Whether all three tensors have been taken. */
  get isWhole(): boolean {
    return this.#taken === 3
  }

  /** The ids of those words that are wanted, at most `limit`. Throws `bad-data` as `finish` does. */
  choose(reader: ByteReader, wanted: WantedWords, limit = Number.POSITIVE_INFINITY): number[] {
    const ids: number[] = []
    for (let id = 0; id < this.#counts.length && ids.length < limit; id++) {
      const [start, end] = this.#placeOf(reader, id)
      if (wanted.has(this.#bytes, start, end)) ids.push(id)
    }
    return ids
  }

  /** A vocabulary of these ids only. */
  subset(reader: ByteReader, ids: readonly number[]): Vocabulary {
    const words = ids.map(id => this.#bytes.subarray(...this.#placeOf(reader, id)))
    return Vocabulary.of(
      words,
      Float64Array.from(ids, id => this.#countOf(reader, id)),
    )
  }

  /** Throws `bad-data` if the tensors make no vocabulary. */
  finish(reader: ByteReader): Vocabulary {
    const table = new WordTable()
    for (let id = 0; id < this.#counts.length; id++) {
      const [start, end] = this.#placeOf(reader, id)
      if (table.add(this.#bytes, start, end) < id)
        throw reader.error({
          found: `word ${id}, "${new TextDecoder().decode(this.#bytes.subarray(start, end))}", is there twice`,
          cure: AGAIN,
        })
      this.#countOf(reader, id)
    }
    return new Vocabulary(table, this.#counts)
  }

  #placeOf(reader: ByteReader, id: number): [start: number, end: number] {
    const start = Number(this.#offsets[id])
    const end = Number(this.#offsets[id + 1])
    if ((id > 0 || start === 0) && start <= end && end <= this.#bytes.length) return [start, end]
    throw reader.error({
      place: { part: `tensor "${this.#name}.offsets"` },
      found: `word ${id} is said to be bytes ${start} to ${end} of ${this.#bytes.length}`,
      cure: AGAIN,
    })
  }

  #countOf(reader: ByteReader, id: number): number {
    const count = this.#counts[id]!
    if (count >= 0 && count < Number.POSITIVE_INFINITY) return count
    throw reader.error({
      place: { part: `tensor "${this.#name}.counts"` },
      found: `the count of word ${id} is ${count}`,
      expected: 'a finite number from 0',
      cure: AGAIN,
    })
  }

  /** Those of all words, as far as their offsets are known. */
  get #mostBytes(): number {
    if (!this.#hasOffsets) return Number.POSITIVE_INFINITY
    return Number(this.#offsets.reduce((most, offset) => (offset > most ? offset : most)))
  }

  #targetOf({ name, start, end }: TensorPlace): Float64Array | BigUint64Array | Uint8Array | undefined {
    if (name === `${this.#name}.counts`) return this.#counts
    if (name === `${this.#name}.offsets`) {
      this.#hasOffsets = true
      return this.#offsets
    }
    if (name !== `${this.#name}.bytes`) return undefined
    this.#bytes = new Uint8Array(Math.min(end - start, this.#mostBytes))
    return this.#bytes
  }
}

/** The tensors of a vocabulary, those of 8 bytes a number first. */
export function vocabularySections(
  { arena: { bytes, offsets }, counts, size }: Vocabulary,
  name = 'vocabulary',
): Section[] {
  const padding = -bytes.length & 3 // what follows is aligned to 4 bytes
  return [
    { name: `${name}.counts`, dtype: 'F64', shape: [size], chunks: [bytesOf(counts)] },
    {
      name: `${name}.offsets`,
      dtype: 'U64',
      shape: [size + 1],
      chunks: [bytesOf(BigUint64Array.from(offsets, BigInt))],
    },
    {
      name: `${name}.bytes`,
      dtype: 'U8',
      shape: [bytes.length + padding],
      chunks: [bytes, new Uint8Array(padding)],
    },
  ]
}
