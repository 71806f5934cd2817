import { ChunkedIds, SENTENCE_END } from './chunked-ids.js'
import { PackedIds, type SharedPackedIds } from './packed-ids.js'
import { type Renumbering, renumberPart } from './renumbering.js'
import { type Spool, SpooledIds } from './spooled-ids.js'

export { SENTENCE_END }

/** Ids renumbered at a time. */
const PART = 1 << 16
/** Where ids go that do not fit in `memory`, in bytes. */
export interface Overflow {
  readonly memory: number
  readonly open: () => Spool
}

/** What another thread needs to see the same ids. */
export interface SharedIds {
  readonly chunks: readonly ArrayBufferLike[]
  /** In place of chunks, if the ids are packed. */
  readonly packed: SharedPackedIds | undefined
  readonly length: number
  /** As many are in memory, */
  readonly room: number
  /** and the others in this spool. */
  readonly descriptor: number | undefined
}

/**
 * A corpus as word ids, −1 after each sentence, in chunks of shared memory, and from a budget on in a spool: a
 * worker thread that is sent what `share` gives sees the same ids through TokenIds.over, without a copy. Final ids
 * are packed if that saves memory.
 */
export class TokenIds {
  /** How many numbers there are, sentence ends included. */
  length = 0
  readonly #open: (() => Spool) | undefined
  #room = Number.POSITIVE_INFINITY // as many numbers are in memory
  #memory: ChunkedIds | PackedIds = new ChunkedIds()
  #spooled: SpooledIds | undefined
  #tokens: number | undefined // once they were counted

  constructor(overflow?: Overflow) {
    if (overflow) this.#room = Math.floor(overflow.memory / Int32Array.BYTES_PER_ELEMENT)
    this.#open = overflow?.open
  }

  /** The ids that another thread wrote, to be read; `reopen` is needed if they are spooled. */
  static over(shared: SharedIds, reopen?: (descriptor: number) => Spool): TokenIds {
    const { chunks, packed, length, room, descriptor } = shared
    const ids = new TokenIds()
    ids.#memory = packed ? PackedIds.over(packed) : new ChunkedIds(chunks, Math.min(length, room))
    ids.length = length
    ids.#room = room
    if (descriptor !== undefined) ids.#spooled = new SpooledIds(reopen!(descriptor), length - room)
    return ids
  }

  /** To be posted to threads, and used until numbers are added or changed, or the ids are closed. */
  share(): SharedIds {
    this.#spooled?.flush()
    const descriptor = this.#spooled?.spool.descriptor
    const packed = this.#memory instanceof PackedIds ? this.#memory.share() : undefined
    const chunks = packed ? [] : this.#memory.buffers
    return { chunks, packed, length: this.length, room: this.#room, descriptor }
  }

  /** Gives the spool's room on the disk back; what was in it cannot be read any more. */
  close(): void {
    this.#spooled?.spool.close()
    this.#spooled = undefined
  }

  /** How many of the numbers are words. */
  get tokens(): number {
    this.#tokens ??= this.#countTokens()
    return this.#tokens
  }

  /** Lets memory go that is set aside for more. */
  trim(): void {
    this.#memory.trim()
  }

  push(id: number): void {
    if (this.length < this.#room && this.#memory instanceof ChunkedIds) {
      this.#memory.push(id)
      this.length++
      this.#tokens = undefined
    } else this.append(Int32Array.of(id))
  }

  append(ids: Int32Array): void {
    const toMemory = Math.min(ids.length, Math.max(0, this.#room - this.length))
    this.#memory.append(toMemory === ids.length ? ids : ids.subarray(0, toMemory))
    if (toMemory < ids.length) {
      this.#spooled ??= new SpooledIds(this.#open!())
      this.#spooled.append(ids.subarray(toMemory))
    }
    this.length += ids.length
    this.#tokens = undefined
  }

  /** The number at a place from 0 to length − 1. */
  get(place: number): number {
    if (place >= this.#room) return this.#spooled!.get(place - this.#room)
    return this.#memory.get(place)
  }

  /** Copies the numbers at from … to − 1 to `into`, from its place `at` on. */
  read(from: number, to: number, into: Int32Array, at = 0): void {
    const inMemory = Math.max(from, Math.min(to, this.#room))
    this.#memory.read(from, inMemory, into, at)
    if (inMemory < to) this.#spooled!.read(inMemory - this.#room, to - this.#room, into, at + inMemory - from)
  }

  /**
   * Gives every word the number table[word], in place: the table whose mark came last, the first one before any.
   * Words that get −1 vanish, then marks and sentences without words, then the memory no longer needed. What is in
   * memory can be packed with that.
   */
  renumber(tables: readonly Int32Array[], pack = false): void {
    const before = new TokenIds()
    before.#memory = this.#memory
    before.#room = this.#room
    before.#spooled = this.#spooled
    const { length } = this
    const buffers = this.#memory instanceof ChunkedIds ? this.#memory.buffers : []
    this.length = 0
    this.#memory = pack ? new PackedIds(buffers) : new ChunkedIds(buffers)
    this.#spooled?.rewind()
    const part = new Int32Array(PART)
    const state: Renumbering = { tables, ids: tables[0]!, open: false, sentences: 0 }
    for (let from = 0; from < length; from += PART) {
      const count = Math.min(PART, length - from)
      before.read(from, from + count, part)
      this.#appendRenumbered(part.subarray(0, count), state) // never ahead of the reading
    }
    this.#memory.trim()
    if (this.length > this.#room) this.#spooled!.truncate()
    else this.close()
    this.#tokens = this.length - state.sentences
  }

  #appendRenumbered(numbers: Int32Array, state: Renumbering): void {
    if (this.#memory instanceof PackedIds && this.length + numbers.length <= this.#room) {
      this.#memory.appendRenumbered(numbers, state)
      this.length = this.#memory.length
    } else this.append(numbers.subarray(0, renumberPart(numbers, state)))
  }

  #countTokens(): number {
    let tokens = this.length
    const part = new Int32Array(PART)
    for (let from = 0; from < this.length; from += PART) {
      const count = Math.min(PART, this.length - from)
      this.read(from, from + count, part)
      tokens -= countNegative(part.subarray(0, count))
    }
    return tokens
  }
}

function countNegative(ids: Int32Array): number {
  let count = 0
  for (let i = 0; i < ids.length; i++) count += ids[i]! >>> 31
  return count
}
