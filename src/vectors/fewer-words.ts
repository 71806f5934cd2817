import { WordloomError } from '../errors.js'
import { allocateMatrix, type Matrix, pickedRows, row } from '../math/index.js'
import { Vocabulary } from '../text/index.js'
import { checkVectors } from './given-vectors.js'
import { type TextRules, ZEROS } from './text-rules.js'
import { WordVectors } from './word-vectors.js'

/** The vectors without some of their words. */
export interface FewerWords {
  readonly vectors: WordVectors
  /** How many words were removed. */
  readonly removed: number
  /** How many of the words given were not there. */
  readonly unknown: number
}

/**
 * The vectors without these words, all else as it is; the rows are a copy. Words that are not there do no harm.
 * Throws `usage` if no word would be left.
 */
export function withoutWords(vectors: WordVectors, words: Iterable<string | Uint8Array>): FewerWords {
  checkVectors(vectors, 'remove words')
  const { vocabulary, matrix, dimensions, outputVectors, subwords, encoded, textRules } = vectors
  const removed = new Set<number>()
  let unknown = 0
  for (const word of words) {
    const id = vocabulary.idOf(word)
    if (id === undefined) unknown++
    else removed.add(id)
  }
  const ids = Array.from({ length: vocabulary.size }, (_, id) => id).filter(id => !removed.has(id))
  if (ids.length === 0)
    throw new WordloomError('usage', { action: 'remove words', found: 'no word would be left' })
  const kept = new WordVectors({
    vocabulary: Vocabulary.of(
      ids.map(id => vocabulary.bytes(id)),
      Float64Array.from(ids, id => vocabulary.counts[id]!),
    ),
    matrix: rowsAt(matrix, ids),
    subwords,
    ...(outputVectors && { outputVectors: rowsAt(outputVectors, ids) }),
    ...(encoded && { encoded: pickedRows(encoded, ids, dimensions) }),
    ...(textRules && { textRules: rulesWithout(textRules, vocabulary.size, ids) }),
    metadata: { ...vectors.metadata, wordsRemoved: String(removed.size) },
    warnings: vectors.warnings,
  })
  return { vectors: kept, removed: removed.size, unknown }
}

/** The same tokens of a text, but for those that have no row any more. */
function rulesWithout(rules: TextRules, words: number, ids: readonly number[]): TextRules {
  const places = new Int32Array(words).fill(GONE)
  for (const [place, id] of ids.entries()) places[id] = place
  const placeOf = (row: number) => (row === ZEROS ? ZEROS : places[row]!)
  const unknown = rules.unknown === undefined ? GONE : placeOf(rules.unknown)
  return {
    ...rules,
    rowsOf: text =>
      rules
        .rowsOf(text)
        .map(placeOf)
        .filter(place => place !== GONE),
    unknown: unknown === GONE ? undefined : unknown,
  }
}

/** No row, not even one of zeros. */
const GONE = -2

function rowsAt(matrix: Matrix, ids: readonly number[]): Matrix {
  const rows = allocateMatrix(ids.length, matrix.columns)
  for (const [i, id] of ids.entries()) row(rows, i).set(row(matrix, id))
  return rows
}
