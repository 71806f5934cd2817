import { allocateShared } from '../math/shared-memory.js'
import { type Spool, SpooledIds } from './spooled-ids.js'

/** Ids in a chunk: 4 MB of memory. */
const CHUNK_IDS = 1 << 20
const CHUNK_BYTES = CHUNK_IDS * Int32Array.BYTES_PER_ELEMENT
/** Ids renumbered at a time. */
const PART = 1 << 16

/** What TokenIds hold after the last word of each sentence. */
export const SENTENCE_END = -1

const FIRST_MARK = -2

/** Stands before numbers that are to be renumbered by the table of this index. */
export function tableMark(table: number): number {
  return FIRST_MARK - table
}

/** Where ids go that do not fit in `memory`, in bytes. */
export interface Overflow {
  readonly memory: number
  readonly open: () => Spool
}

/** What another thread needs to see the same ids. */
export interface SharedIds {
  readonly chunks: readonly ArrayBufferLike[]
  readonly length: number
  /** Of the spool that holds what lies behind the chunks. */
  readonly descriptor: number | undefined
}

/**
 * A corpus as word ids, −1 after each sentence, in chunks of shared memory, and from a budget on in a spool: a
 * worker thread that is sent what `share` gives sees the same ids through TokenIds.over, without a copy.
 */
export class TokenIds {
  /** How many numbers there are, sentence ends included. */
  length = 0
  readonly #open: (() => Spool) | undefined
  #room = Number.POSITIVE_INFINITY // as many numbers are in memory
  readonly #chunks: Int32Array[] = []
  #last: Int32Array = new Int32Array(0) // the chunk that is written to
  #spooled: SpooledIds | undefined
  #tokens: number | undefined // once they were counted

  constructor(overflow?: Overflow) {
    if (overflow) this.#room = Math.floor(overflow.memory / CHUNK_BYTES) * CHUNK_IDS
    this.#open = overflow?.open
  }

  /** The ids that another thread wrote, to be read; `reopen` is needed where they are spooled. */
  static over(shared: SharedIds, reopen?: (descriptor: number) => Spool): TokenIds {
    const { chunks, length, descriptor } = shared
    const ids = new TokenIds()
    for (const chunk of chunks) ids.#chunks.push(new Int32Array(chunk))
    ids.length = length
    if (descriptor === undefined) return ids
    ids.#room = chunks.length * CHUNK_IDS
    ids.#spooled = new SpooledIds(reopen!(descriptor), length - ids.#room)
    return ids
  }

  /** To be posted to threads, and used until numbers are added or changed, or the ids are closed. */
  share(): SharedIds {
    this.#spooled?.flush()
    const chunks = this.#chunks.map(chunk => chunk.buffer)
    return { chunks, length: this.length, descriptor: this.#spooled?.spool.descriptor }
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

  push(id: number): void {
    if (this.length < this.#room) {
      const at = this.length % CHUNK_IDS
      if (at === 0) this.#enterChunk(this.length / CHUNK_IDS)
      this.#last[at] = id
      this.length++
    } else this.#appendToSpool(Int32Array.of(id))
    this.#tokens = undefined
  }

  append(ids: Int32Array): void {
    this.#tokens = undefined
    const toMemory = Math.min(ids.length, Math.max(0, this.#room - this.length))
    this.#appendToMemory(ids.subarray(0, toMemory))
    if (toMemory < ids.length) this.#appendToSpool(ids.subarray(toMemory))
  }

  /** The number at a place from 0 to length − 1. */
  get(place: number): number {
    if (place >= this.#room) return this.#spooled!.get(place - this.#room)
    return this.#chunks[Math.floor(place / CHUNK_IDS)]![place % CHUNK_IDS]!
  }

  /** Copies the numbers at from … to − 1 to `into`, from its place `at` on. */
  read(from: number, to: number, into: Int32Array, at = 0): void {
    let place = from
    while (place < Math.min(to, this.#room)) {
      const start = place % CHUNK_IDS
      const part = this.#chunks[Math.floor(place / CHUNK_IDS)]!.subarray(start, start + to - place)
      into.set(part, at + place - from)
      place += part.length
    }
    if (place < to) this.#spooled!.read(place - this.#room, to - this.#room, into, at + place - from)
  }

  /**
   * Gives every word the number table[word], in place: the table whose mark came last, the first one before any.
   * Words that get −1 vanish, then marks and sentences without words, then the memory no longer needed.
   */
  renumber(...tables: Int32Array[]): void {
    const { length } = this
    const part = new Int32Array(PART)
    this.length = 0
    this.#spooled?.rewind()
    const state = { tables, ids: tables[0]!, open: false }
    for (let from = 0; from < length; from += PART) {
      const count = Math.min(PART, length - from)
      this.read(from, from + count, part)
      const kept = renumberPart(part.subarray(0, count), state)
      this.append(part.subarray(0, kept)) // never ahead of the reading
    }
    this.#chunks.length = Math.ceil(Math.min(this.length, this.#room) / CHUNK_IDS)
    if (this.length > this.#room) this.#spooled!.truncate()
    else this.close()
  }

  #appendToMemory(ids: Int32Array): void {
    for (let from = 0; from < ids.length; ) {
      const at = this.length % CHUNK_IDS
      if (at === 0) this.#enterChunk(this.length / CHUNK_IDS)
      const part = ids.subarray(from, from + CHUNK_IDS - at)
      this.#last.set(part, at)
      this.length += part.length
      from += part.length
    }
  }

  #enterChunk(chunk: number): void {
    this.#chunks[chunk] ??= new Int32Array(allocateShared(CHUNK_BYTES))
    this.#last = this.#chunks[chunk]
  }

  #appendToSpool(ids: Int32Array): void {
    this.#spooled ??= new SpooledIds(this.#open!())
    this.#spooled.append(ids)
    this.length += ids.length
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

interface Renumbering {
  readonly tables: readonly Int32Array[]
  /** The table of the last mark. */
  ids: Int32Array
  /** There are words since the last sentence end. */
  open: boolean
}

/** Renumbers in place; gives how many are left. */
function renumberPart(numbers: Int32Array, state: Renumbering): number {
  let { ids, open } = state
  let kept = 0
  for (let i = 0; i < numbers.length; i++) {
    const word = numbers[i]!
    if (word >= 0) {
      const id = ids[word]!
      if (id < 0) continue
      numbers[kept++] = id
      open = true
    } else if (word === SENTENCE_END) {
      if (open) numbers[kept++] = SENTENCE_END
      open = false
    } else ids = state.tables[FIRST_MARK - word]!
  }
  state.ids = ids
  state.open = open
  return kept
}
