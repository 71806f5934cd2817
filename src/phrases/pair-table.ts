import { GOLDEN, mix } from '../math/index.js'

/** A slot: first word + 1 (0 if free), connector words between, second word, number. */
const SLOT = 4
const SLOT_BYTES = SLOT * 4

/**
 * Numbers by (first word, connectors between, second word), in an open-addressing table of typed memory that is at
 * most two thirds full: `Map` stops at 2²⁴ entries. The hash has a random key, so that nobody can prepare a text
 * whose pairs all meet in one slot; no result depends on it.
 */
export class PairTable {
  size = 0
  #slots: Uint32Array
  readonly #key = crypto.getRandomValues(new Int32Array(1))[0]!

  /** How many pairs a table can hold that never takes more memory than this, not even while it grows or lets go. */
  static pairsWithin(bytes: number): number {
    const slots = 2 ** Math.floor(Math.log2(bytes / (2 * SLOT_BYTES)))
    return Math.floor(slots / 1.5) - 1
  }

  constructor(pairs = 1 << 10) {
    this.#slots = new Uint32Array(SLOT * 2 ** Math.ceil(Math.log2(1.5 * pairs + 2)))
  }

  /** Adds 1 to the number of a pair, which begins at 0; it stops at 2³² − 1. */
  count(first: number, via: number, second: number): void {
    const at = this.#place(first, via, second)
    if (this.#slots[at + 3]! < 0xffffffff) this.#slots[at + 3]!++
  }

  set(first: number, via: number, second: number, value: number): void {
    const at = this.#place(first, via, second)
    this.#slots[at + 3] = value
  }

  /** The number of a pair, or −1. */
  get(first: number, via: number, second: number): number {
    const at = this.#find(first, via, second)
    return this.#slots[at] === 0 ? -1 : this.#slots[at + 3]!
  }

  has(first: number, via: number, second: number): boolean {
    return this.#slots[this.#find(first, via, second)] !== 0
  }

  /** Calls `see` with every pair, in no order that means anything. */
  forEach(see: (first: number, via: number, second: number, value: number) => void): void {
    const slots = this.#slots
    for (let at = 0; at < slots.length; at += SLOT)
      if (slots[at] !== 0) see(slots[at]! - 1, slots[at + 1]!, slots[at + 2]!, slots[at + 3]!)
  }

  /** Lets go of all pairs but those that are wanted. */
  retain(wanted: (first: number, via: number, second: number) => boolean): void {
    const before = this.#slots
    this.#slots = new Uint32Array(before.length)
    this.size = 0
    for (let at = 0; at < before.length; at += SLOT) {
      const [first, via, second] = [before[at]! - 1, before[at + 1]!, before[at + 2]!]
      if (first >= 0 && wanted(first, via, second)) this.set(first, via, second, before[at + 3]!)
    }
  }

  get #isFull(): boolean {
    return (this.size + 1) * SLOT * 1.5 > this.#slots.length
  }

  #place(first: number, via: number, second: number): number {
    let at = this.#find(first, via, second)
    if (this.#slots[at] !== 0) return at
    if (this.#isFull) {
      this.#slots = rehashed(this.#slots, this.#slots.length * 2, this.#key)
      at = this.#find(first, via, second)
    }
    this.#slots[at] = first + 1
    this.#slots[at + 1] = via
    this.#slots[at + 2] = second
    this.size++
    return at
  }

  #find(first: number, via: number, second: number): number {
    return findIn(this.#slots, this.#key, first, via, second)
  }
}

function findIn(slots: Uint32Array, key: number, first: number, via: number, second: number): number {
  const mask = slots.length - 1
  let at = (hashPair(key, first, via, second) * SLOT) & mask
  while (slots[at] !== 0 && (slots[at] !== first + 1 || slots[at + 2] !== second || slots[at + 1] !== via))
    at = (at + SLOT) & mask
  return at
}

function rehashed(slots: Uint32Array, length: number, key: number): Uint32Array {
  const larger = new Uint32Array(length)
  for (let from = 0; from < slots.length; from += SLOT) {
    if (slots[from] === 0) continue
    const at = findIn(larger, key, slots[from]! - 1, slots[from + 1]!, slots[from + 2]!)
    for (let i = 0; i < SLOT; i++) larger[at + i] = slots[from + i]!
  }
  return larger
}

/** 32 bits that depend on all of a pair. */
export function hashPair(key: number, first: number, via: number, second: number): number {
  return mix(mix(first ^ key) + Math.imul(second + Math.imul(via, 0x85ebca6b), GOLDEN))
}
