import { type SkipGram, type SkipGramWindow, type SparseRows, skipGram } from '../equations/index.js'

/**
 * `skipGram`, or with `loseRepeats` the gradients of a well-known wrong program: NumPy's `gradient[rows] += changes`
 * keeps one change of a row that is named several times, so a word drawn n times as a negative is moved as if drawn
 * once. Its loss and center gradient are right, and so is what it prints for one window in the assignment.
 */
export function windowGradients(window: SkipGramWindow, loseRepeats = false): SkipGram {
  const right = skipGram(window)
  const { outside, negatives } = window
  if (!loseRepeats || !negatives) return right
  const pairs = Array.from(outside, (word, j) =>
    skipGram({ ...window, outside: [word], negatives: [distinct(negatives[j])] }),
  )
  return { ...right, outputGradient: sumOf(pairs.map(pair => pair.outputGradient)) }
}

function distinct(words: ArrayLike<number>): number[] {
  return [...new Set(Array.from(words))]
}

function sumOf(gradients: readonly SparseRows[]): SparseRows {
  const sum = new Map<number, Float64Array>()
  for (const gradient of gradients)
    for (const [word, row] of gradient) {
      const present = sum.get(word)
      sum.set(word, present ? present.map((x, i) => x + row[i]) : row)
    }
  return sum
}
