// Distinct byte strings numbered from 0 in order of arrival, and counted: the table of src/text/word-table.ts.
// Behind the buffers lie [slots: u32, a word's number + 1, or 0 | records | arena of bytes].
import { LONGEST_WORD, reach, table } from './text-memory'

/** A word: where its bytes start in the arena (u32), its tag (u32), how often it came (u64). */
export const RECORD_BYTES: u32 = 16
const TAG: usize = 4
const COUNT: usize = 8

/** A vector may be read from, or written, beyond the last word. */
const SLACK: u64 = LONGEST_WORD + 32
const FEWEST_SLOTS: u32 = 1 << 14

export let size: u32 = 0
export let records: u32 = 0 // one more than there are words: the last one tells where the next word starts
export let arena: u32 = 0
let slotCount: u32 = 0 // a power of two, at least twice the words
let shift: u32 = 0
let frozen: bool = false

// The hash is multiply-shift (Dietzfelbinger et al. 1997) over the halves of 16 bytes: with factors drawn by
// chance no text can be prepared whose words meet in one slot. No number given out depends on them.
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

/** The number of the word of up to 16 bytes in `bytes`, zeros behind it; −1 where the table is frozen and lacks it. */
export function addShort(bytes: v128, mask: v128, length: u32): i32 {
  const tag = tagOf(hashOf(0, bytes, length))
  let slot = tag >> shift
  for (;;) {
    const number = load<u32>(table + (slot << 2))
    if (number === 0) break
    const record = records + (number - 1) * RECORD_BYTES
    if (load<u32>(record, TAG) === tag) {
      const start = load<u32>(record)
      const other = v128.load(arena + start)
      const differs = v128.any_true(v128.and(v128.xor(other, bytes), mask))
      if (!differs && load<u32>(record, RECORD_BYTES) - start === length) return counted(record, number)
    }
    slot = (slot + 1) & (slotCount - 1)
  }
  if (frozen) return -1
  v128.store(arena + load<u32>(records + size * RECORD_BYTES), bytes)
  return insert(slot, tag, length)
}

/** The same for any length; a vector is read from beyond the end. */
export function addLong(bytes: u32, length: u32): i32 {
  let hash: u64 = 0
  let from: u32 = 0
  for (; from + 16 < length; from += 16) hash = hashOf(hash, v128.load(bytes + from), length)
  hash = hashOf(hash, v128.and(v128.load(bytes + from), firstBytes(length - from)), length)
  const tag = tagOf(hash)
  let slot = tag >> shift
  for (;;) {
    const number = load<u32>(table + (slot << 2))
    if (number === 0) break
    const record = records + (number - 1) * RECORD_BYTES
    if (load<u32>(record, TAG) === tag && equals(record, bytes, length)) return counted(record, number)
    slot = (slot + 1) & (slotCount - 1)
  }
  if (frozen) return -1
  memory.copy(arena + load<u32>(records + size * RECORD_BYTES), bytes, length)
  return insert(slot, tag, length)
}

/** All bits of the first `length` bytes. */
export function firstBytes(length: u32): v128 {
  return i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>length))
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

function equals(record: u32, bytes: u32, length: u32): bool {
  const start = load<u32>(record)
  return (
    load<u32>(record, RECORD_BYTES) - start === length && memory.compare(arena + start, bytes, length) === 0
  )
}

function counted(record: u32, number: u32): i32 {
  store<u64>(record, load<u64>(record, COUNT) + 1, COUNT)
  return number - 1
}

function insert(slot: u32, tag: u32, length: u32): i32 {
  const id = size++
  const record = records + id * RECORD_BYTES
  const end = load<u32>(record) + length
  store<u32>(record, tag, TAG)
  store<u64>(record, 1, COUNT)
  store<u32>(record + RECORD_BYTES, end)
  store<u32>(table + (slot << 2), size)
  if (size * 2 + 2 > slotCount) layOut(slotCount * 2)
  else reach(<u64>arena + end + SLACK)
  return id
}

/** Moves records and arena to make room for `count` slots, and fills these anew. */
function layOut(count: u32): void {
  const newRecords = <u64>table + ((<u64>count) << 2)
  const newArena = newRecords + (<u64>count / 2 + 1) * RECORD_BYTES
  const used = size > 0 ? load<u32>(records + size * RECORD_BYTES) : 0
  reach(newArena + used + SLACK)
  if (size > 0) {
    memory.copy(<u32>newArena, arena, used)
    memory.copy(<u32>newRecords, records, (size + 1) * RECORD_BYTES)
  }
  memory.fill(table, 0, count << 2)
  records = <u32>newRecords
  arena = <u32>newArena
  slotCount = count
  shift = 32 - <u32>ctz(count)
  for (let id: u32 = 0; id < size; id++) {
    let slot = load<u32>(records + id * RECORD_BYTES, TAG) >> shift
    while (load<u32>(table + (slot << 2)) !== 0) slot = (slot + 1) & (count - 1)
    store<u32>(table + (slot << 2), id + 1)
  }
}
