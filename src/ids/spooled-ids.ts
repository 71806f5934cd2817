/** Where ids go that do not fit in memory: bytes by their places, as files/spool.ts keeps them. */
export interface Spool {
  /** By which other threads find it. */
  readonly descriptor: number
  write(bytes: Uint8Array, at: number): void
  read(bytes: Uint8Array, at: number): void
  truncate(length: number): void
  close(): void
}

const ID_BYTES = Int32Array.BYTES_PER_ELEMENT
/** Ids that are written, or read, at a time: 64 KB. */
const PART = 1 << 14

/** Ids in a spool, 4 bytes each. */
export class SpooledIds {
  readonly spool: Spool
  /** How many there are, */
  length: number
  #written: number // how many of them are in the spool,
  readonly #rest = new Int32Array(PART) // and the others
  readonly #window = new Int32Array(PART)
  #windowStart = 0
  #windowEnd = 0

  constructor(spool: Spool, length = 0) {
    this.spool = spool
    this.length = length
    this.#written = length
  }

  append(ids: Int32Array): void {
    for (let from = 0; from < ids.length; ) {
      if (this.length - this.#written === PART) this.flush()
      const at = this.length - this.#written
      const part = ids.subarray(from, from + PART - at)
      this.#rest.set(part, at)
      this.length += part.length
      from += part.length
    }
  }

  flush(): void {
    if (this.#written === this.length) return
    this.spool.write(bytesOf(this.#rest, this.length - this.#written), this.#written * ID_BYTES)
    this.#written = this.length
    this.#windowEnd = 0
  }

  /** The number at a place. Neighbours of the last one asked for cost next to nothing. */
  get(place: number): number {
    if (place >= this.#written) return this.#rest[place - this.#written]!
    if (place < this.#windowStart || place >= this.#windowEnd) {
      const start = place - (place % PART)
      this.#fill(start, Math.min(this.#written, start + PART))
    }
    return this.#window[place - this.#windowStart]!
  }

  /** Copies, by way of the window: system calls should not write to memory that threads share. */
  read(from: number, to: number, into: Int32Array, at: number): void {
    this.flush()
    for (let place = from; place < to; place = this.#windowEnd) {
      this.#fill(place, Math.min(to, place + PART))
      into.set(this.#window.subarray(0, this.#windowEnd - place), at + place - from)
    }
  }

  /** Begins anew. What was there can be read until something else is in its place. */
  rewind(): void {
    this.flush()
    this.length = 0
    this.#written = 0
  }

  /** Forgets what was behind the last number before `rewind`. */
  truncate(): void {
    this.flush()
    this.spool.truncate(this.length * ID_BYTES)
  }

  #fill(start: number, end: number): void {
    this.spool.read(bytesOf(this.#window, end - start), start * ID_BYTES)
    this.#windowStart = start
    this.#windowEnd = end
  }
}

function bytesOf(ids: Int32Array, count: number): Uint8Array {
  return new Uint8Array(ids.buffer, 0, count * ID_BYTES)
}
