import { type Matrix, row } from '../../math/index.js'
import type { SubwordVectors, WordVectors } from '../../vectors/index.js'
import type { TrainingOptions } from '../options/options.js'
import { type SubwordTable, subwordVectorsOf } from '../plan/subword-table.js'
import type { StartFacts } from '../start-facts.js'

/** Undefined if neither the vectors given nor the training have sub-words. */
export function subwordsFact(
  given: SubwordVectors | undefined,
  { subwords, minNgram, maxNgram, buckets }: TrainingOptions,
): StartFacts['subwords'] {
  if (!subwords) return given && 'left-out'
  if (!given) return 'absent'
  const { settings } = given
  const agree =
    settings.minNgram === minNgram && settings.maxNgram === maxNgram && settings.buckets === buckets
  return agree ? 'given' : 'of-other-settings'
}

/** What there is of a `Beginning`. */
interface Given {
  readonly vectors: WordVectors
  readonly givenIds: Int32Array
  readonly facts: StartFacts
}

/**
 * Rows of buckets become those that are given, or zeros where only the others have one: so the vectors of known words
 * follow from the same rows as before. Then vectors of words, which are means, give way to the rows that the words have
 * of their own: training begins with each word at the vector that was given for it.
 */
export function writeSubwordRows(
  input: Matrix,
  table: SubwordTable,
  { vectors: { subwords, vocabulary }, givenIds, facts }: Given,
): void {
  const own = subwordVectorsOf(table, input)
  if (facts.subwords === 'given')
    for (const [i, bucket] of table.buckets.entries()) {
      const place = subwords!.rowOf(bucket)
      if (place < 0) row(own.matrix, i).fill(0)
      else row(own.matrix, i).set(row(subwords!.matrix, place))
    }
  givenIds.forEach((given, id) => {
    if (given < 0) return
    const numbers = row(input, id)
    numbers.set(own.ownRow(numbers, vocabulary.bytes(given)))
  })
}
