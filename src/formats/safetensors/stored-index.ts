import { mix } from '../../math/index.js'
import type { WordArena } from '../../text/inner.js'

/**
 * A hash table of words as it lies in a file, so that one word of millions is found with a few short reads: U32
 * [slots, 2], each slot a fingerprint of a word and its id + 1, or two zeros. A word's slot is the first one from
 * its home on that was free when words were placed in the order of their homes, words of one home by id; so it
 * stands before the first free slot from there. Homes are 0 … homesFor(words) − 1; the slots behind them take what
 * runs over, and the last slot is free. The hashes are part of the format and never change.
 */
export type StoredIndex = Uint32Array<ArrayBuffer>

/** Numbers of a slot. */
export const SLOT_LENGTH = 2

/** Two thirds full: a word stands in the 2nd slot from its home on average. */
export function homesFor(words: number): number {
  return Math.ceil(words * 1.5)
}

/** A word's home slot, and its fingerprint. */
export function placeOf(bytes: Uint8Array, start: number, end: number, homes: number): [number, number] {
  return [hash(0x811c9dc5, bytes, start, end) % homes, hash(0x2f0b4c47, bytes, start, end)]
}

/** Takes time and memory in proportion to the words, however their hashes meet. */
export function buildIndex({ bytes, offsets }: WordArena): StoredIndex {
  const words = offsets.length - 1
  const homes = homesFor(words)
  const [home, fingerprint] = [new Uint32Array(words), new Uint32Array(words)]
  const starts = new Uint32Array(homes + 1) // of each home's words in the order of homes
  for (let id = 0; id < words; id++) {
    ;[home[id], fingerprint[id]] = placeOf(bytes, offsets[id]!, offsets[id + 1]!, homes) as [number, number]
    starts[home[id]! + 1]!++
  }
  for (let i = 0; i < homes; i++) starts[i + 1]! += starts[i]!
  const order = new Uint32Array(words)
  for (let id = 0; id < words; id++) order[starts[home[id]!]!++] = id
  return placed(order, home, fingerprint, homes)
}

function placed(order: Uint32Array, home: Uint32Array, fingerprint: Uint32Array, homes: number): StoredIndex {
  const slots = new Uint32Array(order.length)
  let free = 0
  for (let i = 0; i < order.length; i++) {
    slots[i] = Math.max(free, home[order[i]!]!)
    free = slots[i]! + 1
  }
  const index = new Uint32Array(SLOT_LENGTH * Math.max(homes, free + 1))
  for (let i = 0; i < order.length; i++)
    index.set([fingerprint[order[i]!]!, order[i]! + 1], SLOT_LENGTH * slots[i]!)
  return index
}

/** FNV-1a from `basis` and a final mix, as 0 … 2³² − 1. */
function hash(basis: number, bytes: Uint8Array, start: number, end: number): number {
  let h = basis
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193)
  return mix(h)
}
