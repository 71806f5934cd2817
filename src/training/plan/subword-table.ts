import { allocateMatrix, type Matrix } from '../../math/index.js'
import type { WordRows } from '../../reference/index.js'
import { type SubwordSettings, subwordBuckets, type Vocabulary } from '../../text/index.js'
import { SubwordVectors } from '../../vectors/index.js'
import type { TrainingOptions } from '../options/options.js'

/** The input rows of all words, and the buckets that have rows: those in which an n-gram of a word falls. */
export interface SubwordTable extends WordRows {
  readonly settings: SubwordSettings
  /** By row, counted from the first row that belongs to no word; rising. */
  readonly buckets: Uint32Array
  /** Rows of the word that has most. */
  readonly longest: number
}

/** Undefined if words have no sub-words. */
export function subwordTableFor(vocabulary: Vocabulary, options: TrainingOptions): SubwordTable | undefined {
  if (!options.subwords) return undefined
  const { minNgram, maxNgram, buckets } = options
  const settings = { minNgram, maxNgram, buckets }
  const starts = new Uint32Array(vocabulary.size + 1)
  const used = new Uint8Array(buckets)
  let longest = 1
  for (let id = 0; id < vocabulary.size; id++) {
    const found = subwordBuckets(vocabulary.bytes(id), settings)
    for (const bucket of found) used[bucket] = 1
    starts[id + 1] = starts[id]! + 1 + found.length
    longest = Math.max(longest, 1 + found.length)
  }
  return { settings, longest, ...withRows(vocabulary, settings, starts, used) }
}

/** The rows of input vectors that belong to buckets, with what they stand for; words' rows come before them. */
export function subwordVectorsOf({ settings, buckets }: SubwordTable, input: Matrix): SubwordVectors {
  const words = input.rows - buckets.length
  const matrix =
    buckets.length === 0
      ? allocateMatrix(0, input.columns)
      : { ...input, rows: buckets.length, data: input.data.subarray(words * input.stride) }
  return new SubwordVectors({ settings, matrix, buckets })
}

function withRows(
  vocabulary: Vocabulary,
  settings: SubwordSettings,
  starts: Uint32Array,
  used: Uint8Array,
): Pick<SubwordTable, 'starts' | 'rows' | 'buckets'> {
  const buckets = new Uint32Array(used.reduce((sum, isUsed) => sum + isUsed, 0))
  const rowOf = new Uint32Array(used.length)
  let next = 0
  for (let bucket = 0; bucket < used.length; bucket++)
    if (used[bucket]) {
      rowOf[bucket] = vocabulary.size + next
      buckets[next++] = bucket
    }
  const rows = new Uint32Array(starts.at(-1)!)
  for (let id = 0; id < vocabulary.size; id++) {
    let at = starts[id]!
    rows[at++] = id
    for (const bucket of subwordBuckets(vocabulary.bytes(id), settings)) rows[at++] = rowOf[bucket]!
  }
  return { starts, rows, buckets }
}
