import { WordloomError } from '../errors.js'
import { addScaled, dot } from '../math/index.js'

/** A column of numbers: a word's vector (d×1), scores or probabilities (|V|×1). */
export type Vector = ArrayLike<number>

/** A matrix as its rows; |V|×d unless a `Convention` says otherwise, and then row w is the vector of word w. */
export type Rows = ArrayLike<Vector>

/**
 * How a matrix holds the vectors of words: word w as row w of |V|×d (code), or as column w of d×|V| (many books).
 * The numbers are the same in either, transposed.
 */
export type Convention = 'rows' | 'columns'

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

/** A matrix |V|×d the way a convention holds it: as it is, or transposed to d×|V|. Done twice, it changes nothing. */
export function inConvention(matrix: Rows, convention: Convention): Float64Array[] {
  if (convention === 'rows') return Array.from(matrix, row => Float64Array.from(row))
  const columns = matrix[0]?.length ?? 0
  return Array.from({ length: columns }, (_, column) => Float64Array.from(matrix, row => row[column]))
}

/** |V|, how many words a matrix has vectors of. */
export function wordsIn(matrix: Rows, convention: Convention): number {
  return convention === 'rows' ? matrix.length : (matrix[0]?.length ?? 0)
}

/** The vector of one word; no other word's is looked at. */
export function vectorOf(matrix: Rows, word: number, convention: Convention): Vector {
  return convention === 'rows' ? matrix[word] : Float64Array.from(matrix, row => row[word])
}

/** scale · vector, as a new vector. */
export function scaled(scale: number, vector: Vector): Float64Array {
  const result = new Float64Array(vector.length)
  addScaled(result, scale, vector)
  return result
}

/**
 * The score of a word beside the center word, s_w = u_wᵀ v_c (1), given u_w and v_c. Throws `bad-data` if the two
 * do not fit.
 */
export function score(outputVector: Vector | undefined, centerVector: Vector, word: number): number {
  if (outputVector?.length !== centerVector.length)
    throw new WordloomError('bad-data', {
      found: `output vector ${word} has ${outputVector?.length ?? 'no'} numbers`,
      expected: `${centerVector.length}, as the center vector has`,
    })
  const value = dot(outputVector, centerVector)
  if (!Number.isFinite(value))
    throw new WordloomError('bad-data', {
      found: `the score of output vector ${word} with the center vector is ${value}`,
      expected: 'vectors of finite numbers small enough to multiply',
    })
  return value
}

/** Throws `bad-data` for a vocabulary of one word, whose probability is 1 whatever its vector, so that nothing can be learned. */
export function checkVocabulary(words: number): void {
  if (words < 2)
    throw new WordloomError('bad-data', {
      found: `the vocabulary has ${words === 1 ? 'one word' : 'no words'}`,
      expected: 'at least two, since a word alone is always predicted rightly',
    })
}

/** Throws `usage` unless `word` is one of that many words; `role` says which argument it was. */
export function checkWord(role: string, word: number, words: number): void {
  if (!Number.isInteger(word) || word < 0 || word >= words)
    throw new WordloomError('usage', {
      found: `${role} is ${word}`,
      expected: `a whole number from 0 to ${words - 1}, as there are ${words} words`,
    })
}
