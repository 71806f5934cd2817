import { type Matrix, row } from '../math/matrix.js'

/**
 * The input row of a word, for a step to move. Where the word is frozen it is a copy: the step moves what nobody
 * reads again, and the other rows learn from the row as it is. kernels/frozen.ts is the twin.
 */
export function hiddenRow(inputVectors: Matrix, word: number, frozen: Uint8Array | undefined): Float32Array {
  const vector = row(inputVectors, word)
  return frozen?.[word] ? vector.slice() : vector
}
