import { allocateMatrix, norm, row } from '../../math/index.js'
import { Vocabulary } from '../../text/index.js'
import type { ClassifierParts } from '../classifier.js'
import { PlainRows, type Rows, rowReader } from '../rows.js'

/**
 * The words and buckets whose rows are longest, `most` of them in all, in the order in which they were; of rows as long as
 * each other the first ones. The mark for the end of a line always stays, since every text has it.
 */
export function cutToLongest(parts: ClassifierParts, most: number): ClassifierParts {
  const { words, input } = parts
  const rows = longestRows(input, most, words.idOf('</s>'))
  const ids = rows.filter(i => i < words.size)
  const matrix = allocateMatrix(rows.length, input.columns)
  const rowOf = rowReader(input)
  for (const [to, from] of rows.entries()) row(matrix, to).set(rowOf(from))
  return {
    ...parts,
    words: Vocabulary.of(
      ids.map(id => words.bytes(id)),
      Float64Array.from(ids, id => words.counts[id]!),
    ),
    kept: new Map(bucketsOf(parts, rows.slice(ids.length)).map((bucket, place) => [bucket, place])),
    input: new PlainRows(matrix),
  }
}

/** Rising. */
function longestRows(input: Rows, most: number, always: number | undefined): number[] {
  const rowOf = rowReader(input)
  const lengths = Float64Array.from({ length: input.rows }, (_, i) =>
    i === always ? Number.POSITIVE_INFINITY : norm(rowOf(i)),
  )
  const order = Array.from({ length: input.rows }, (_, i) => i)
  order.sort((a, b) => (lengths[a] === lengths[b] ? a - b : lengths[b]! - lengths[a]!))
  return order.slice(0, most).sort((a, b) => a - b)
}

/** The buckets whose rows these are. */
function bucketsOf({ words, kept }: ClassifierParts, rows: readonly number[]): number[] {
  if (!kept) return rows.map(i => i - words.size)
  const buckets = new Map(Array.from(kept, ([bucket, place]) => [words.size + place, bucket]))
  return rows.map(i => buckets.get(i)!)
}
