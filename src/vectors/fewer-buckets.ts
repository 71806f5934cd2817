import { allocateMatrix, keyOf, Purpose, pickedRows, Random, row } from '../math/index.js'
import type { Vocabulary } from '../text/index.js'
import { visitSubwords } from '../text/inner.js'
import { KeptBuckets } from './kept-buckets.js'
import { type HeldBackVectors, SubwordVectors } from './subword-vectors.js'

/** Words by which it is measured what buckets that are left out cost. */
export const HELD_BACK = 1000

/**
 * The sub-words with a row for at most so many buckets, those that matter most to these words (`KeptBuckets`); as they
 * are if they have no more. What some of the words had before is in `heldBack`.
 */
export function fewerBuckets(subwords: SubwordVectors, most: number, words: Vocabulary): SubwordVectors {
  const { settings, matrix, encoded } = subwords
  if (matrix.rows <= most) return subwords
  const counts = new Uint32Array(matrix.rows)
  for (let id = 0; id < words.size; id++)
    visitSubwords(words.bytes(id), settings, bucket => {
      const place = subwords.rowOf(bucket)
      if (place >= 0) counts[place]!++
    })
  const kept = new KeptBuckets(most, matrix.columns)
  for (let i = 0; i < matrix.rows; i++) kept.offer(subwords.buckets?.[i] ?? i, row(matrix, i), counts[i]!)
  const rows = kept.finish()
  const places = Array.from(rows.buckets, bucket => subwords.rowOf(bucket))
  return new SubwordVectors({
    settings,
    ...rows,
    ...(encoded && { encoded: pickedRows(encoded, places, matrix.columns) }),
    heldBack: subwords.heldBack ?? heldBackOf(subwords, words),
  })
}

/** What sub-words alone give some of these words, as if they were not known; words that they give nothing are passed over. */
export function heldBackOf(subwords: SubwordVectors, words: Vocabulary, seed = 1): HeldBackVectors {
  const random = new Random(keyOf(seed, Purpose.searchSample), 1)
  const ids = Array.from({ length: words.size }, (_, id) => id)
  const found: { bytes: Uint8Array; vector: Float32Array }[] = []
  for (let i = 0; i < ids.length && found.length < HELD_BACK; i++) {
    const other = i + random.below(ids.length - i)
    ;[ids[i], ids[other]] = [ids[other]!, ids[i]!]
    const bytes = words.bytes(ids[i]!)
    const vector = subwords.vector(bytes)
    if (vector?.some(x => x !== 0)) found.push({ bytes, vector })
  }
  const matrix = allocateMatrix(found.length, subwords.matrix.columns)
  for (const [i, { vector }] of found.entries()) row(matrix, i).set(vector)
  return { words: found.map(({ bytes }) => bytes), matrix }
}
