import { mix } from '../../math/index.js'

/** The bytes of all words in a row, and where each starts; one offset more than words tells where the last ends. */
export interface WordArena {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
}

/** Words in any order, each with its count. */
export interface CountedWords extends WordArena {
  readonly counts: Float64Array
}

/**
 * Distinct byte strings numbered from 0 in order of arrival: one arena of bytes and an open-addressing hash
 * table. `Map` would stop at 2²⁴ entries, a plain object would lose `__proto__`, and words kept as strings
 * would merge different invalid UTF-8. The hash has a random key, so that nobody can prepare a text whose words
 * all meet in one slot; no number given out depends on it.
 */
export class WordTable {
  size = 0
  #arena = new Uint8Array(1 << 16)
  #offsets: Uint32Array
  #slots: Int32Array // id + 1, or 0 if free; at most half full
  readonly #key = crypto.getRandomValues(new Int32Array(1))[0]!

  /** With room for this many words; it grows if there are more. */
  constructor(words = 1 << 11) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * words + 2)))
    this.#offsets = new Uint32Array(words + 2)
  }

  /** The number of bytes[start…end), given now if it was not known. */
  add(bytes: Uint8Array, start = 0, end = bytes.length): number {
    const slot = this.#slotOf(bytes, start, end)
    const found = this.#slots[slot]!
    return found ? found - 1 : this.#insert(slot, bytes, start, end)
  }

  /** The number of bytes[start…end), or −1. */
  find(bytes: Uint8Array, start = 0, end = bytes.length): number {
    return this.#slots[this.#slotOf(bytes, start, end)]! - 1
  }

  /** A view of the bytes of word `id`; it must not be written to. */
  bytes(id: number): Uint8Array {
    return this.#arena.subarray(this.#offsets[id], this.#offsets[id + 1])
  }

  get arena(): WordArena {
    return {
      bytes: this.#arena.subarray(0, this.#offsets[this.size]),
      offsets: this.#offsets.subarray(0, this.size + 1),
    }
  }

  #slotOf(bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash(this.#key, bytes, start, end) & mask
    while (slots[slot] !== 0 && !this.#equals(slots[slot]! - 1, bytes, start, end)) slot = (slot + 1) & mask
    return slot
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[id]!
    if (this.#offsets[id + 1]! - from !== end - start) return false
    const arena = this.#arena
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== arena[j]) return false
    return true
  }

  #insert(slot: number, bytes: Uint8Array, start: number, end: number): number {
    const id = this.size++
    const from = this.#offsets[id]!
    const to = from + end - start
    if (to > this.#arena.length) this.#arena = grown(this.#arena, new Uint8Array(Math.max(to, to * 2)))
    if (id + 2 > this.#offsets.length)
      this.#offsets = grown(this.#offsets, new Uint32Array(this.#offsets.length * 2))
    for (let i = start, j = from; i < end; i++, j++) this.#arena[j] = bytes[i]!
    this.#offsets[id + 1] = to
    this.#slots[slot] = id + 1
    if (this.size * 2 > this.#slots.length) this.#rehash()
    return id
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let id = 0; id < this.size; id++) {
      let slot = hash(this.#key, this.#arena, this.#offsets[id]!, this.#offsets[id + 1]!) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    }
    this.#slots = slots
  }
}

/** Below 0 if word `a` comes before word `b` in the order of their bytes, above 0 after. */
export function compareWords({ bytes, offsets }: WordArena, a: number, b: number): number {
  const end = offsets[a + 1]!
  const endOther = offsets[b + 1]!
  let i = offsets[a]!
  let j = offsets[b]!
  while (i < end && j < endOther && bytes[i] === bytes[j]) {
    i++
    j++
  }
  if (i < end && j < endOther) return bytes[i]! - bytes[j]!
  return end - i - (endOther - j)
}

/** FNV-1a from a key, with a final mix, so that the low bits depend on every byte. */
function hash(key: number, bytes: Uint8Array, start: number, end: number): number {
  let h = key
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193)
  return mix(h)
}

function grown<T extends Uint8Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old)
  return larger
}
