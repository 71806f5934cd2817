// The pairs (center, outside) of a stretch of text, put into P × P buckets by the parts of their two words: a
// counting sort in two passes, first how many go where, then the pairs themselves.

import { load32, Settings, store32 } from './settings'
import { centersReaching, keepWords, SENTENCE_END } from './windows'

/** Adds the pairs of this block of ids to the bucket counts. */
export function countPairs(settings: Settings): void {
  walk(settings, false)
}

/** Writes the pairs of this block of ids; each bucket's entry says where its next pair goes, and moves on. */
export function writePairs(settings: Settings): void {
  walk(settings, true)
}

function walk(settings: Settings, write: bool): void {
  const kept = keepWords(settings)
  for (let t: u32 = 0; t < kept; t++) {
    const place = load32(settings.keptPlace, t)
    const outside = load32(settings.keptIds, t)
    if (place < settings.first || place >= settings.last || <i32>outside === SENTENCE_END) continue
    const centers = centersReaching(settings, t, kept)
    const outsidePlace = load32(settings.places, outside)
    for (let i: u32 = 0; i < centers; i++) {
      const centerPlace = load32(settings.places, load32(settings.centers, i))
      const bucket = (centerPlace >> 16) * settings.parts + (outsidePlace >> 16)
      const next = load32(settings.buckets, bucket)
      store32(settings.buckets, bucket, next + 1)
      if (write) store32(settings.pairList, next, (centerPlace << 16) | (outsidePlace & 0xffff))
    }
  }
}
