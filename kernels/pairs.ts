// The pairs (center, outside) of a stretch of text, put into P × P buckets by the parts of their two words: a
// counting sort in two passes, first how many go where, then the pairs themselves.

import { load32, Settings, store32 } from './settings'
import { keepWords, SENTENCE_END } from './windows'

/** Adds the pairs whose center word lies in this block of ids to the bucket counts. */
export function countPairs(settings: Settings): void {
  const kept = placeWords(settings)
  for (let s: u32 = 0; s < kept; s++) {
    if (!isCenter(settings, s)) continue
    const end = windowEnd(settings, s, kept)
    const row = bucketRow(settings, s)
    for (let t = windowStart(settings, s); t < end; t++) {
      if (t === s) continue
      const bucket = row + ((load32(settings.keptIds, t) >> 16) << 2)
      store<u32>(bucket, load<u32>(bucket) + 1)
    }
  }
}

/** Writes the same pairs; each bucket's entry says where its next pair goes, and moves on. */
export function writePairs(settings: Settings): void {
  const kept = placeWords(settings)
  for (let s: u32 = 0; s < kept; s++) {
    if (!isCenter(settings, s)) continue
    const end = windowEnd(settings, s, kept)
    const row = bucketRow(settings, s)
    const center = load32(settings.keptIds, s) << 16
    for (let t = windowStart(settings, s); t < end; t++) {
      if (t === s) continue
      const outside = load32(settings.keptIds, t)
      const bucket = row + ((outside >> 16) << 2)
      const next = load<u32>(bucket)
      store<u32>(bucket, next + 1)
      store32(settings.pairList, next, center | (outside & 0xffff))
    }
  }
}

/** The kept words as places, part << 16 | place in the part, instead of ids. */
function placeWords(settings: Settings): u32 {
  const kept = keepWords(settings)
  for (let s: u32 = 0; s < kept; s++) {
    const id = load32(settings.keptIds, s)
    if (<i32>id !== SENTENCE_END) store32(settings.keptIds, s, load32(settings.places, id))
  }
  return kept
}

function isCenter(settings: Settings, s: u32): bool {
  const place = load32(settings.keptPlace, s)
  return place >= settings.first && place < settings.last && <i32>load32(settings.keptIds, s) !== SENTENCE_END
}

/** The buckets of the center word's part. */
function bucketRow(settings: Settings, s: u32): u32 {
  return settings.buckets + (((load32(settings.keptIds, s) >> 16) * settings.parts) << 2)
}

/** The first kept word that the window of the center word at s reaches, in its sentence. */
function windowStart(settings: Settings, s: u32): u32 {
  const reach = load32(settings.keptReach, s)
  let start = s
  while (start > 0 && s - start < reach && <i32>load32(settings.keptIds, start - 1) !== SENTENCE_END) start--
  return start
}

/** One past the last. */
function windowEnd(settings: Settings, s: u32, kept: u32): u32 {
  const reach = load32(settings.keptReach, s)
  let end = s + 1
  while (end < kept && end - s <= reach && <i32>load32(settings.keptIds, end) !== SENTENCE_END) end++
  return end
}
