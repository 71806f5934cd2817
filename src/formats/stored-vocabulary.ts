import { Vocabulary } from '../text/vocabulary.js'
import { WordTable } from '../text/word-table.js'
import type { ByteReader } from './byte-reader.js'
import type { TensorPlace } from './safetensors-header.js'

/** The first words of a vocabulary kept as three tensors, in whatever order they come. */
export class StoredVocabulary {
  readonly #counts: Float64Array
  readonly #offsets: BigUint64Array
  #bytes = new Uint8Array(0)

  constructor(words: number) {
    this.#counts = new Float64Array(words)
    this.#offsets = new BigUint64Array(words + 1)
  }

  /** Takes a tensor if it is one of the vocabulary's; whether it was. */
  async take(reader: ByteReader, tensor: TensorPlace): Promise<boolean> {
    const target = this.#targetOf(tensor)
    if (!target) return false
    const part = new Uint8Array(target.buffer, 0, target.byteLength)
    await reader.readInto(part, tensor.name)
    await reader.skip(tensor.end - tensor.start - part.length, tensor.name)
    return true
  }

  /** Throws `bad-data` where the tensors make no vocabulary. */
  finish(reader: ByteReader): Vocabulary {
    const table = new WordTable()
    for (let id = 0; id < this.#counts.length; id++) {
      const start = Number(this.#offsets[id])
      const end = Number(this.#offsets[id + 1])
      if ((id === 0 && start !== 0) || start > end || end > this.#bytes.length)
        throw reader.error(
          `word ${id} is said to be bytes ${start} to ${end} of ${this.#bytes.length}, which cannot be`,
        )
      if (table.add(this.#bytes, start, end) < id)
        throw reader.error(
          `word ${id}, "${new TextDecoder().decode(this.#bytes.subarray(start, end))}", is there twice`,
        )
      const count = this.#counts[id]!
      if (!(count >= 0 && count < Number.POSITIVE_INFINITY))
        throw reader.error(`the count of word ${id} is ${count}`)
    }
    return new Vocabulary(table, this.#counts)
  }

  #targetOf({ name, start, end }: TensorPlace): Float64Array | BigUint64Array | Uint8Array | undefined {
    if (name === 'vocabulary.counts') return this.#counts
    if (name === 'vocabulary.offsets') return this.#offsets
    if (name !== 'vocabulary.bytes') return undefined
    this.#bytes = new Uint8Array(end - start)
    return this.#bytes
  }
}
