import { NumpyRandom } from './numpy-random.js'
import type { PythonRandom } from './python-random.js'

/** The vocabulary of the assignment's checks. */
export const FIVE_WORDS = ['a', 'b', 'c', 'd', 'e'] as const

const DIMENSIONS = 3
const SEED = 9265

/** `dummy_vectors`, 10×3, as rows of length 1: five input vectors, then five output vectors. */
export function fiveWordVectors(): Float64Array[] {
  const rows = 2 * FIVE_WORDS.length
  const numbers = new NumpyRandom(SEED).randn(rows * DIMENSIONS)
  return Array.from({ length: rows }, (_, i) => unit(numbers.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)))
}

/** `getRandomContext(window)`: any words at all, with 2·window outside words, the center word maybe among them. */
export function randomContext(random: PythonRandom, window: number): { center: number; outside: number[] } {
  const center = randomWord(random)
  return { center, outside: Array.from({ length: 2 * window }, () => randomWord(random)) }
}

/** `getNegativeSamples`: `count` words, each drawn again while it is the outside word. */
export function randomNegatives(random: PythonRandom, outside: number, count: number): number[] {
  const negatives: number[] = []
  while (negatives.length < count) {
    const word = randomWord(random)
    if (word !== outside) negatives.push(word)
  }
  return negatives
}

function randomWord(random: PythonRandom): number {
  return random.randint(0, FIVE_WORDS.length - 1)
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0))
  return vector.map(x => x / length)
}
