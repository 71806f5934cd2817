import { allocateShared } from '../wasm/index.js'

/**
 * Ids in a chunk: 32 MB, of which only what is written takes memory. Smaller pieces would lie in the heap of malloc
 * among all that comes and goes while a text is read, and leave holes there.
 */
export const CHUNK_IDS = 1 << 23
export const CHUNK_BYTES = CHUNK_IDS * Int32Array.BYTES_PER_ELEMENT

/** What TokenIds hold after the last word of each sentence. */
export const SENTENCE_END = -1

/** Ids in memory, 4 bytes each, in chunks of memory that threads share. */
export class ChunkedIds {
  length: number
  readonly buffers: ArrayBufferLike[]
  readonly #chunks: Int32Array[]

  /** Over memory that is there, of which `length` ids are written; the rest will be. */
  constructor(buffers: readonly ArrayBufferLike[] = [], length = 0) {
    this.buffers = [...buffers]
    this.#chunks = buffers.map(buffer => new Int32Array(buffer))
    this.length = length
  }

  push(id: number): void {
    this.#chunkAt(this.length)[this.length % CHUNK_IDS] = id
    this.length++
  }

  append(ids: Int32Array): void {
    for (let from = 0; from < ids.length; ) {
      const at = this.length % CHUNK_IDS
      const part = ids.subarray(from, from + CHUNK_IDS - at)
      this.#chunkAt(this.length).set(part, at)
      this.length += part.length
      from += part.length
    }
  }

  get(place: number): number {
    return this.#chunks[Math.floor(place / CHUNK_IDS)]![place % CHUNK_IDS]!
  }

  read(from: number, to: number, into: Int32Array, at: number): void {
    for (let place = from; place < to; ) {
      const start = place % CHUNK_IDS
      const part = this.#chunks[Math.floor(place / CHUNK_IDS)]!.subarray(start, start + to - place)
      into.set(part, at + place - from)
      place += part.length
    }
  }

  /** Lets memory go that is not written. */
  trim(): void {
    trimBuffers(this.buffers, this.length * Int32Array.BYTES_PER_ELEMENT)
    this.#chunks.length = this.buffers.length
    this.#view(this.buffers.length - 1)
  }

  /** The chunk of a place that is to be written. */
  #chunkAt(place: number): Int32Array {
    const chunk = Math.floor(place / CHUNK_IDS)
    if (this.#chunks[chunk]?.length !== CHUNK_IDS) {
      makeRoom(this.buffers, chunk)
      this.#view(chunk)
    }
    return this.#chunks[chunk]!
  }

  #view(chunk: number): void {
    if (chunk >= 0) this.#chunks[chunk] = new Int32Array(this.buffers[chunk]!)
  }
}

/** Drops the buffers behind the given number of bytes, and changes the last one for a smaller one if that is worth it. */
export function trimBuffers(buffers: ArrayBufferLike[], bytes: number): void {
  buffers.length = Math.ceil(bytes / CHUNK_BYTES)
  const rest = bytes % CHUNK_BYTES
  if (rest > 0 && rest < CHUNK_BYTES / 2) buffers.push(copied(buffers.pop()!, rest, rest))
}

/** Has a buffer of full size at an index, a new one or one with what is in it. */
export function makeRoom(buffers: ArrayBufferLike[], index: number): void {
  const old = buffers[index]
  if (old?.byteLength === CHUNK_BYTES) return
  buffers[index] = old ? copied(old, old.byteLength, CHUNK_BYTES) : allocateShared(CHUNK_BYTES)
}

function copied(buffer: ArrayBufferLike, length: number, size: number): ArrayBufferLike {
  const copy = allocateShared(size)
  new Uint8Array(copy).set(new Uint8Array(buffer, 0, length))
  return copy
}
