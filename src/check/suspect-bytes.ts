/** Bytes that are kept to guess an encoding by. */
const KEPT = 1 << 16
/** Bytes before and behind one that is not ASCII. */
const AROUND = 64
const BYTE_ORDER_MARKS: readonly (readonly [mark: readonly number[], name: string])[] = [
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
  [[0xff, 0xfe], 'UTF-16, little-endian'],
  [[0xfe, 0xff], 'UTF-16, big-endian'],
]

/** What is kept of the bytes of a text as they came: its byte order mark, and those places where it is not ASCII. */
export class SuspectBytes {
  /** What the first bytes say of the encoding. */
  mark: string | undefined
  readonly #kept = new Uint8Array(KEPT)
  #length = 0
  #isNew = true

  add(bytes: Uint8Array): void {
    if (this.#isNew && bytes.length > 0) {
      this.#isNew = false
      this.mark = BYTE_ORDER_MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1]
    }
    for (let from = 0; from < bytes.length && this.#length < KEPT; ) {
      const wide = firstWide(bytes, from)
      const end = wide < 0 ? wide : blankBehind(bytes, wide + AROUND)
      if (end < 0) return
      this.#keep(bytes.subarray(Math.max(from, wide - AROUND), end))
      from = end
    }
  }

  #keep(part: Uint8Array): void {
    const fitting = part.subarray(0, KEPT - this.#length)
    this.#kept.set(fitting, this.#length)
    this.#length += fitting.length
  }

  get sample(): Uint8Array {
    return this.#kept.subarray(0, this.#length)
  }
}

function firstWide(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at]! >= 0x80) return at
  return -1
}

/** Characters of several bytes are not cut there. */
function blankBehind(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at]! <= 0x20) return at
  return bytes.length
}
