import { allocateShared } from '../wasm/index.js'
import { CHUNK_BYTES, CHUNK_IDS, makeRoom, SENTENCE_END, trimBuffers } from './chunked-ids.js'
import { FIRST_MARK, type Renumbering, renumberPart } from './renumbering.js'

/** What stands for the end of a sentence, and for an id that takes more than 16 bits. */
const END = 0xffff
const BEYOND = 0xfffe

/** What another thread needs to read the same ids. */
export interface SharedPackedIds {
  readonly buffers: readonly ArrayBufferLike[]
  readonly length: number
  readonly beyond: Uint32Array
  readonly starts: Uint32Array
}

/** Whether two bytes an id save memory, by how often each word is there: those that need more take ten. */
export function worthPacking(counts: Float64Array): boolean {
  const beyond = counts.subarray(BEYOND).reduce((sum, count) => sum + count, 0)
  return beyond * 8 < counts.reduce((sum, count) => sum + count, 0)
}

/**
 * Ids in memory, 2 bytes each, since all but the 65,534 most frequent words are rare: those stand in a list beside.
 * Ids that lie in chunks can be packed into their own memory, two chunks into one.
 */
export class PackedIds {
  length = 0
  readonly buffers: ArrayBufferLike[]
  readonly #low: Uint16Array[] = [] // by chunk of as many ids as a chunk of 4 bytes each has
  #beyond: Uint32Array = new Uint32Array(0) // place in its chunk, id; in the order of the text
  #beyondLength = 0
  #starts: number[] = [0] // by chunk: how many stand in #beyond before it; and all of them

  /** Over memory that is there and will be written. */
  constructor(buffers: readonly ArrayBufferLike[]) {
    this.buffers = [...buffers]
  }

  /** The ids that another thread packed. */
  static over({ buffers, length, beyond, starts }: SharedPackedIds): PackedIds {
    const ids = new PackedIds(buffers)
    for (let chunk = 0; chunk * CHUNK_IDS < length; chunk++) ids.#view(chunk)
    ids.#beyond = beyond
    ids.#beyondLength = beyond.length
    ids.#starts = [...starts]
    ids.length = length
    return ids
  }

  /** In memory that other threads can see. */
  share(): SharedPackedIds {
    const beyond = new Uint32Array(allocateShared(this.#beyondLength * 4))
    beyond.set(this.#beyond.subarray(0, this.#beyondLength))
    this.#beyond = beyond
    return { buffers: this.buffers, length: this.length, beyond, starts: Uint32Array.from(this.#starts) }
  }

  /** May be given ids that lay in the same memory as 4 bytes each, as long as none is overtaken. */
  append(ids: Int32Array): void {
    for (let from = 0; from < ids.length; ) {
      const at = this.length % CHUNK_IDS
      const chunk = Math.floor(this.length / CHUNK_IDS)
      const part = ids.subarray(from, from + CHUNK_IDS - at)
      this.#pack(part, this.#chunkAt(this.length), at)
      this.#starts[chunk + 1] = this.#beyondLength / 2
      this.length += part.length
      from += part.length
    }
  }

  /** The same for numbers still to be renumbered, which takes half the time of one after the other. */
  appendRenumbered(numbers: Int32Array, state: Renumbering): void {
    const at = this.length % CHUNK_IDS
    if (at + numbers.length > CHUNK_IDS) {
      this.append(numbers.subarray(0, renumberPart(numbers, state)))
      return
    }
    const end = this.#packRenumbered(numbers, this.#chunkAt(this.length), at, state)
    this.#starts[Math.floor(this.length / CHUNK_IDS) + 1] = this.#beyondLength / 2
    this.length += end - at
  }

  get(place: number): number {
    const chunk = Math.floor(place / CHUNK_IDS)
    const id = this.#low[chunk]![place % CHUNK_IDS]!
    if (id < BEYOND) return id
    return id === END ? SENTENCE_END : this.#beyond[2 * this.#indexOf(chunk, place % CHUNK_IDS) + 1]!
  }

  read(from: number, to: number, into: Int32Array, at: number): void {
    for (let place = from; place < to; ) {
      const start = place % CHUNK_IDS
      const end = Math.min(CHUNK_IDS, start + to - place)
      this.#unpack(Math.floor(place / CHUNK_IDS), start, end, into, at + place - from)
      place += end - start
    }
  }

  /** Lets memory go that is not written. */
  trim(): void {
    trimBuffers(this.buffers, this.length * Uint16Array.BYTES_PER_ELEMENT)
    for (let chunk = 0; chunk < this.#low.length; chunk++) this.#view(chunk)
  }

  #chunkAt(place: number): Uint16Array {
    const chunk = Math.floor(place / CHUNK_IDS)
    if (this.#low[chunk]?.length !== CHUNK_IDS) {
      makeRoom(this.buffers, chunk >> 1)
      for (let other = chunk & ~1; other <= chunk; other++) this.#view(other)
    }
    return this.#low[chunk]!
  }

  #view(chunk: number): void {
    const buffer = this.buffers[chunk >> 1]!
    const offset = (chunk % 2) * (CHUNK_BYTES / 2)
    this.#low[chunk] = new Uint16Array(buffer, offset, Math.min(CHUNK_IDS, (buffer.byteLength - offset) / 2))
  }

  #pack(ids: Int32Array, low: Uint16Array, at: number): void {
    for (let i = 0, place = at; i < ids.length; i++, place++) {
      const id = ids[i]!
      if (id < BEYOND)
        low[place] = id // −1 becomes END
      else {
        low[place] = BEYOND
        this.#enterBeyond(place, id)
      }
    }
  }

  /** As renumberPart and #pack; gives the place behind the last one written. */
  #packRenumbered(numbers: Int32Array, low: Uint16Array, at: number, state: Renumbering): number {
    let { ids, open } = state
    let place = at
    for (let i = 0; i < numbers.length; i++) {
      const word = numbers[i]!
      if (word >= 0) {
        const id = ids[word]!
        if (id < 0) continue
        if (id >= BEYOND) this.#enterBeyond(place, id)
        low[place++] = id < BEYOND ? id : BEYOND
        open = true
      } else if (word === SENTENCE_END) {
        if (!open) continue
        low[place++] = END
        state.sentences++
        open = false
      } else ids = state.tables[FIRST_MARK - word]!
    }
    state.ids = ids
    state.open = open
    return place
  }

  #enterBeyond(place: number, id: number): void {
    if (this.#beyondLength + 2 > this.#beyond.length) {
      const larger = new Uint32Array(Math.max(1024, 2 * this.#beyond.length))
      larger.set(this.#beyond)
      this.#beyond = larger
    }
    this.#beyond[this.#beyondLength++] = place
    this.#beyond[this.#beyondLength++] = id
  }

  #unpack(chunk: number, start: number, end: number, into: Int32Array, at: number): void {
    const low = this.#low[chunk]!
    let beyond = -1 // the index of the last one that was met
    for (let place = start, to = at; place < end; place++, to++) {
      const id = low[place]!
      if (id < BEYOND) into[to] = id
      else if (id === END) into[to] = SENTENCE_END
      else {
        beyond = beyond < 0 ? this.#indexOf(chunk, place) : beyond + 1
        into[to] = this.#beyond[2 * beyond + 1]!
      }
    }
  }

  /** Where a place stands in #beyond, by halves. */
  #indexOf(chunk: number, place: number): number {
    let first = this.#starts[chunk]!
    let end = this.#starts[chunk + 1]!
    while (end - first > 1) {
      const middle = (first + end) >> 1
      if (this.#beyond[2 * middle]! <= place) first = middle
      else end = middle
    }
    return first
  }
}
