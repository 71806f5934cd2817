import { allocateShared } from '../math/shared-memory.js'

/** Ids in a chunk: 4 MB of memory. */
const CHUNK_IDS = 1 << 20
const CHUNK_BYTES = CHUNK_IDS * Int32Array.BYTES_PER_ELEMENT

/** What TokenIds hold after the last word of each sentence. */
export const SENTENCE_END = -1

/**
 * A corpus as word ids, −1 after each sentence, in chunks of shared memory: a worker thread that is sent
 * `chunks` and `length` sees the same ids through TokenIds.over, without a copy.
 */
export class TokenIds {
  /** How many numbers there are, sentence ends included. */
  length = 0
  readonly chunks: ArrayBufferLike[] = []
  readonly #views: Int32Array[] = []
  #last: Int32Array = new Int32Array(0) // the view that push writes to
  #tokens: number | undefined = 0

  /** The ids that another thread wrote. */
  static over(chunks: readonly ArrayBufferLike[], length: number): TokenIds {
    const ids = new TokenIds()
    for (const chunk of chunks) ids.#take(chunk)
    ids.length = length
    ids.#tokens = undefined
    if (length > 0) ids.#last = ids.#views[Math.floor((length - 1) / CHUNK_IDS)]!
    return ids
  }

  /** How many of the numbers are words. */
  get tokens(): number {
    this.#tokens ??= this.#countTokens()
    return this.#tokens
  }

  push(id: number): void {
    const at = this.length % CHUNK_IDS
    if (at === 0) this.#enterChunk(this.length / CHUNK_IDS)
    this.#last[at] = id
    this.length++
    if (id >= 0) this.#tokens = this.tokens + 1
  }

  /** The same as pushing each of them. */
  append(ids: Int32Array): void {
    let tokens = this.tokens
    for (const id of ids) if (id >= 0) tokens++
    for (let from = 0; from < ids.length; ) {
      const at = this.length % CHUNK_IDS
      if (at === 0) this.#enterChunk(this.length / CHUNK_IDS)
      const part = ids.subarray(from, from + CHUNK_IDS - at)
      this.#last.set(part, at)
      this.length += part.length
      from += part.length
    }
    this.#tokens = tokens
  }

  /** The number at a place from 0 to length − 1. */
  get(place: number): number {
    return this.#views[Math.floor(place / CHUNK_IDS)]![place % CHUNK_IDS]!
  }

  /** Copies the numbers at from … to − 1 to `into`, from its place `at` on. */
  read(from: number, to: number, into: Int32Array, at = 0): void {
    for (let place = from; place < to; ) {
      const start = place % CHUNK_IDS
      const end = Math.min(CHUNK_IDS, start + to - place)
      into.set(this.#views[Math.floor(place / CHUNK_IDS)]!.subarray(start, end), at + place - from)
      place += end - start
    }
  }

  /**
   * Gives every word the number ids[word], in place. Words that get −1 vanish, then sentences without words,
   * then the chunks no longer needed.
   */
  renumber(ids: Int32Array): void {
    const { length } = this
    this.length = 0
    this.#tokens = 0
    let open = false // there are words since the last sentence end
    for (let from = 0; from < length; from += CHUNK_IDS) {
      const view = this.#views[from / CHUNK_IDS]!
      const end = Math.min(CHUNK_IDS, length - from)
      for (let at = 0; at < end; at++) {
        const word = view[at]!
        const id = word < 0 ? SENTENCE_END : ids[word]!
        if (id < 0 && (word >= 0 || !open)) continue
        this.push(id) // never ahead of the reading
        open = id >= 0
      }
    }
    const needed = Math.ceil(this.length / CHUNK_IDS)
    this.chunks.length = needed
    this.#views.length = needed
  }

  #enterChunk(chunk: number): void {
    if (chunk === this.chunks.length) this.#take(allocateShared(CHUNK_BYTES))
    this.#last = this.#views[chunk]!
  }

  #take(chunk: ArrayBufferLike): void {
    this.chunks.push(chunk)
    this.#views.push(new Int32Array(chunk))
  }

  #countTokens(): number {
    let tokens = 0
    for (let place = 0; place < this.length; place++) if (this.get(place) >= 0) tokens++
    return tokens
  }
}
