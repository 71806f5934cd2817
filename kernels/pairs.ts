// The pairs (center, outside) of a stretch of text, put into P × P buckets by the parts of their two words: a
// counting sort in two passes, first how many go where, then the pairs themselves.

import { endsSentence, isTrained, keepWords } from './kept'
import { load32, store32 } from './lists'
import { Block, Buckets, Kept, Model, Scratch } from './records.generated'

/** Adds the pairs whose center word lies in this block of ids to the bucket counts. */
export function countPairs(model: Model, block: Block, buckets: Buckets, scratch: Scratch): void {
  const kept = scratch.kept
  const count = placeWords(model, block, buckets, kept)
  const places = buckets.keptPlaces
  for (let s: u32 = 0; s < count; s++) {
    if (!isTrained(block, kept, s)) continue
    const end = windowEnd(kept, s)
    const row = bucketRow(buckets, s)
    for (let t = windowStart(kept, s); t < end; t++) {
      if (t === s) continue
      const bucket = row + ((load32(places, t) >> 16) << 2)
      store<u32>(bucket, load<u32>(bucket) + 1)
    }
  }
}

/** Writes the same pairs; each bucket's entry says where its next pair goes, and moves on. */
export function writePairs(model: Model, block: Block, buckets: Buckets, scratch: Scratch): void {
  const kept = scratch.kept
  const count = placeWords(model, block, buckets, kept)
  const places = buckets.keptPlaces
  for (let s: u32 = 0; s < count; s++) {
    if (!isTrained(block, kept, s)) continue
    const end = windowEnd(kept, s)
    const row = bucketRow(buckets, s)
    const center = load32(places, s) << 16
    for (let t = windowStart(kept, s); t < end; t++) {
      if (t === s) continue
      const outside = load32(places, t)
      const bucket = row + ((outside >> 16) << 2)
      const next = load<u32>(bucket)
      store<u32>(bucket, next + 1)
      store32(buckets.pairs, next, center | (outside & 0xffff))
    }
  }
}

/** Keeps words, and writes the places of those kept; returns how many tokens are. */
function placeWords(model: Model, block: Block, buckets: Buckets, kept: Kept): u32 {
  keepWords(model, block, kept)
  for (let s: u32 = 0; s < kept.count; s++)
    if (!endsSentence(kept, s)) store32(buckets.keptPlaces, s, load32(buckets.places, load32(kept.ids, s)))
  return kept.count
}

/** The buckets of the center word's part. */
function bucketRow(buckets: Buckets, s: u32): u32 {
  return buckets.cursors + (((load32(buckets.keptPlaces, s) >> 16) * buckets.parts) << 2)
}

/** The first kept word that the window of the center word at s reaches, in its sentence. */
function windowStart(kept: Kept, s: u32): u32 {
  const reach = load32(kept.reach, s)
  let start = s
  while (start > 0 && s - start < reach && !endsSentence(kept, start - 1)) start--
  return start
}

/** One past the last. */
function windowEnd(kept: Kept, s: u32): u32 {
  const reach = load32(kept.reach, s)
  const count = kept.count
  let end = s + 1
  while (end < count && end - s <= reach && !endsSentence(kept, end)) end++
  return end
}
