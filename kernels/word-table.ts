// Distinct byte strings numbered from 0 in order of arrival, and counted: the table of
// src/text/vocabulary/word-table.ts.
// Behind the buffers lie [slots: u32, a word's number + 1, or 0 | records | arena of all words' bytes].
import { LONGEST_WORD, reach, table } from './text-memory'

/**
 * A record: the first 16 bytes of the word, zeros behind a shorter one, so that most words are known without a look
 * into the arena; where it starts in the arena (u32); its tag (u32); how often it came (u64).
 */
const RECORD_BYTES: u32 = 32
const START: usize = 16
const TAG: usize = 20
const COUNT: usize = 24
const NEXT_START: usize = RECORD_BYTES + START

/** Words up to this length are added as one vector, longer ones as a place. */
export const SHORT: u32 = 16
/** A vector may be read from, or written, beyond the last word. */
const SLACK: u64 = LONGEST_WORD + 32
const FEWEST_SLOTS: u32 = 1 << 14

export let size: u32 = 0
export let records: u32 = 0 // one more than there are words: the last one tells where the next word starts
export let arena: u32 = 0
let slotCount: u32 = 0 // a power of two, more than twice the words
let shift: u32 = 0
let frozen: bool = false

// The hash is multiply-shift (Dietzfelbinger et al. 1997) over the halves of 16 bytes: its factors are drawn by
// chance, so that nobody can prepare a text whose words meet in one slot. No number given out depends on them.
let lengthFactor: u64 = 1
let lowFactor: u64 = 1
let highFactor: u64 = 1

/** An empty table; the factors are made odd. */
export function start(first: u64, second: u64, third: u64): void {
  lengthFactor = first | 1
  lowFactor = second | 1
  highFactor = third | 1
  layOut(FEWEST_SLOTS)
}

/** From now on words are looked up, and none is added. */
export function freeze(): void {
  frozen = true
}

/** What addShort wants to know of a word of up to 16 bytes, zeros behind them. */
export function shortTag(bytes: v128, length: u32): u32 {
  return tagOf(hashOf(0, bytes, length))
}

/** The number + 1 in the first slot where a word can be, 0 if it is free. */
export function candidateFor(tag: u32): u32 {
  return load<u32>(table + ((tag >> shift) << 2))
}

/** The number of a word of up to 16 bytes, −1 if the table is frozen and lacks it. */
export function addShort(bytes: v128, length: u32, tag: u32): i32 {
  let slot = tag >> shift
  for (;;) {
    const number = load<u32>(table + (slot << 2))
    if (number === 0) break
    if (isWord(number, bytes, length, tag)) return count(number)
    slot = (slot + 1) & (slotCount - 1)
  }
  if (frozen) return -1
  v128.store(arena + load<u32>(records + size * RECORD_BYTES, START), bytes)
  return insert(slot, bytes, length, tag)
}

/** The same for a longer word; a vector is read from beyond its end. */
export function addLong(bytes: u32, length: u32): i32 {
  const tag = longTag(bytes, length)
  let slot = tag >> shift
  for (;;) {
    const number = load<u32>(table + (slot << 2))
    if (number === 0) break
    if (isLongWord(number, bytes, length, tag)) return count(number)
    slot = (slot + 1) & (slotCount - 1)
  }
  if (frozen) return -1
  memory.copy(arena + load<u32>(records + size * RECORD_BYTES, START), bytes, length)
  return insert(slot, v128.load(bytes), length, tag)
}

/** Of 16 bytes the first `length`, zeros behind them. */
export function firstOf(bytes: v128, length: u32): v128 {
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  return v128.and(bytes, i8x16.lt_u(places, i8x16.splat(<i8>length)))
}

function longTag(bytes: u32, length: u32): u32 {
  let hash: u64 = 0
  let from: u32 = 0
  for (; from + 16 < length; from += 16) hash = hashOf(hash, v128.load(bytes + from), length)
  return tagOf(hashOf(hash, firstOf(v128.load(bytes + from), length - from), length))
}

function hashOf(before: u64, bytes: v128, length: u32): u64 {
  const low = <u64>i64x2.extract_lane(bytes, 0) * lowFactor
  const high = <u64>i64x2.extract_lane(bytes, 1) * highFactor
  return low + high + ((before ^ (before >> 32)) + length) * lengthFactor
}

/** The high half: the low bits of a product depend on few bits of its factors. */
function tagOf(hash: u64): u32 {
  return <u32>(hash >> 32)
}

function recordOf(number: u32): u32 {
  return records + (number - 1) * RECORD_BYTES
}

/** Whether the number + 1 is that of a short word; 0 is none's. Lengths are compared for words that end with NUL. */
export function isWord(number: u32, bytes: v128, length: u32, tag: u32): bool {
  const record = recordOf(number)
  if (number === 0 || load<u32>(record, TAG) !== tag) return false
  if (v128.any_true(v128.xor(v128.load(record), bytes))) return false
  return load<u32>(record, NEXT_START) - load<u32>(record, START) === length
}

function isLongWord(number: u32, bytes: u32, length: u32, tag: u32): bool {
  const record = recordOf(number)
  const start = load<u32>(record, START)
  if (load<u32>(record, TAG) !== tag || load<u32>(record, NEXT_START) - start !== length) return false
  return memory.compare(arena + start, bytes, length) === 0
}

/** Counts a word by its number + 1; gives its number. */
export function count(number: u32): i32 {
  const record = recordOf(number)
  store<u64>(record, load<u64>(record, COUNT) + 1, COUNT)
  return number - 1
}

function insert(slot: u32, first: v128, length: u32, tag: u32): i32 {
  const record = records + size * RECORD_BYTES
  const end = load<u32>(record, START) + length
  v128.store(record, first)
  store<u32>(record, tag, TAG)
  store<u64>(record, 1, COUNT)
  store<u32>(record, end, NEXT_START)
  store<u32>(table + (slot << 2), ++size)
  if ((size + 2) * 2 > slotCount) layOut(slotCount * 2)
  else reach(<u64>arena + end + SLACK)
  return size - 1
}

/** Moves records and arena to make room for `newCount` slots, and fills these anew. */
function layOut(newCount: u32): void {
  const newRecords = <u64>table + ((<u64>newCount) << 2)
  const newArena = newRecords + (<u64>newCount / 2) * RECORD_BYTES
  const used = size > 0 ? load<u32>(records + size * RECORD_BYTES, START) : 0
  reach(newArena + used + SLACK)
  if (size > 0) {
    memory.copy(<u32>newArena, arena, used)
    memory.copy(<u32>newRecords, records, (size + 1) * RECORD_BYTES)
  }
  memory.fill(table, 0, newCount << 2)
  records = <u32>newRecords
  arena = <u32>newArena
  slotCount = newCount
  shift = 32 - <u32>ctz(newCount)
  for (let number: u32 = 1; number <= size; number++) {
    let slot = load<u32>(recordOf(number), TAG) >> shift
    while (load<u32>(table + (slot << 2)) !== 0) slot = (slot + 1) & (newCount - 1)
    store<u32>(table + (slot << 2), number)
  }
}
