import { WordloomError } from '../errors.js'
import { WordTable } from '../text/inner.js'

/** A document: its name, what is searched, and whatever else came with it. */
export interface StoredDocument {
  readonly id: string
  readonly text: string
  readonly [payload: string]: unknown
}

/** What is kept of a document. */
interface Kept {
  readonly id: string
  readonly json: Uint8Array
  readonly fields: readonly string[]
}

/** Bytes that one array can address. */
const MOST_BYTES = 2 ** 32 - 1

/** Documents as the bytes of their JSON, one after the other, so that each takes little beside its text. */
export class StoredDocuments {
  readonly #ids = new WordTable()
  readonly #fields = new Set(['id', 'text'])
  #bytes = new Uint8Array(1 << 16)
  #ends = new Uint32Array(1 << 10)

  get size(): number {
    return this.#ids.size
  }

  /** Names of all that a document has, `id` and `text` first. */
  get fields(): ReadonlySet<string> {
    return this.#fields
  }

  /** Keeps the JSON of a document; false if its id is known. Throws `too-large` past 4 GiB. */
  add({ id, json, fields }: Kept): boolean {
    const { size } = this
    if (this.#ids.add(encoder.encode(id)) < size) return false
    const start = this.#start(size)
    const end = start + json.length
    if (end > MOST_BYTES) throw new WordloomError('too-large', { action: 'open the documents', ...tooLarge })
    if (end > this.#bytes.length)
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.min(2 * end, MOST_BYTES)))
    if (size === this.#ends.length) this.#ends = grown(this.#ends, new Uint32Array(2 * size))
    this.#bytes.set(json, start)
    this.#ends[size] = end
    for (const field of fields) this.#fields.add(field)
    return true
  }

  /** Gives back the room that was kept for more. */
  finish(): void {
    this.#bytes = this.#bytes.slice(0, this.#start(this.size))
    this.#ends = this.#ends.slice(0, this.size)
  }

  /** The number of a document by its id, or −1. */
  find(id: string): number {
    return this.#ids.find(encoder.encode(id))
  }

  idOf(number: number): string {
    return decoder.decode(this.#ids.bytes(number))
  }

  at(number: number): StoredDocument {
    const json = decoder.decode(this.#bytes.subarray(this.#start(number), this.#ends[number]))
    const { text, ...others } = JSON.parse(json) as { text: string }
    return { ...others, id: this.idOf(number), text }
  }

  #start(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const tooLarge = { found: 'the documents have over 4 GiB of text', cure: 'part them, and search each part' }

function grown<T extends Uint8Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}
