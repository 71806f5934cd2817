import { WordloomError } from '../errors.js'
import { addScaled, dot } from '../math/vector.js'

/** A column of numbers: a word's vector (d×1), scores or probabilities (|V|×1). */
export type Vector = ArrayLike<number>

/** A matrix |V|×d as its rows: row w is the vector of word w. */
export type Rows = ArrayLike<Vector>

/** The rows of a |V|×d gradient that may differ from zero, by word; every row that is absent is zero. */
export type SparseRows = ReadonlyMap<number, Float64Array>

/** Writes a sparse gradient out as all of its `words`×`dimensions` numbers. */
export function denseRows(sparse: SparseRows, words: number, dimensions: number): Float64Array[] {
  const rows = zeroRows(words, dimensions)
  for (const [word, row] of sparse) rows[word]?.set(row)
  return rows
}

/** A matrix of zeros, its rows one after the other in one piece of memory. */
export function zeroRows(words: number, dimensions: number): Float64Array[] {
  const numbers = new Float64Array(words * dimensions)
  return Array.from({ length: words }, (_, word) =>
    numbers.subarray(word * dimensions, (word + 1) * dimensions),
  )
}

/** scale · vector, as a new vector. */
export function scaled(scale: number, vector: Vector): Float64Array {
  const result = new Float64Array(vector.length)
  addScaled(result, scale, vector)
  return result
}

/** The score of a word beside the center word, s_w = u_wᵀ v_c (1). Throws `bad-data` where the two do not fit. */
export function score(outputVectors: Rows, word: number, centerVector: Vector): number {
  const outputVector = outputVectors[word]
  if (outputVector?.length !== centerVector.length)
    throw new WordloomError(
      'bad-data',
      `output vector ${word} has ${outputVector?.length ?? 'no'} numbers, but the center vector has ${centerVector.length}; ` +
        'every row must have as many numbers as there are dimensions',
    )
  const value = dot(outputVector, centerVector)
  if (!Number.isFinite(value))
    throw new WordloomError(
      'bad-data',
      `the score of output vector ${word} with the center vector is ${value}; vectors must hold finite numbers small enough to multiply`,
    )
  return value
}

/** Throws `usage` unless `word` is a row of a matrix with that many rows; `role` says which argument it was. */
export function checkWord(role: string, word: number, rows: number): void {
  if (!Number.isInteger(word) || word < 0 || word >= rows)
    throw new WordloomError(
      'usage',
      `${role} is ${word}; expected a whole number from 0 to ${rows - 1}, a row of the matrix`,
    )
}
