/** Random windows of every size, from a seed: too many numbers for fast-check to draw one by one. */
import fc from 'fast-check'
import { Random } from '#math/random'

export interface ShapedWindow {
  words: number
  dimensions: number
  center: number
  outside: number[]
  negatives: number[][]
  inputVectors: Float64Array[]
  outputVectors: Float64Array[]
  random: Random
}

/** |V| 2–500, d 1–300, K 1–50. */
const shape = fc.record({
  words: fc.oneof(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 500 })),
  dimensions: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 300 })),
  negativeSamples: fc.integer({ min: 1, max: 50 }),
  outsideWords: fc.integer({ min: 1, max: 4 }),
  /** Draws of few words repeat themselves and hit the target. */
  drawnFrom: fc.constantFrom(1, 2, 5, 500),
  seed: fc.nat(),
})

export const shapedWindow: fc.Arbitrary<ShapedWindow> = shape.map(settings => {
  const { words, dimensions, negativeSamples, outsideWords, drawnFrom, seed } = settings
  const random = new Random(seed, 0)
  const word = (below = words) => random.below(Math.min(below, words))
  const many = <T>(length: number, make: () => T) => Array.from({ length }, make)
  const center = word()
  const outside = many(outsideWords, () => word())
  const negatives = outside.map(target =>
    many(negativeSamples, () => (word(9) === 0 ? target : word(drawnFrom))),
  )
  // Scores then have a spread of about 3, whatever d is.
  const vectors = () => many(words, () => randomVector(random, dimensions, 3 / dimensions ** 0.25))
  return {
    words,
    dimensions,
    center,
    outside,
    negatives,
    inputVectors: vectors(),
    outputVectors: vectors(),
    random,
  }
})

/** Numbers from −size to size. */
export function randomVector(random: Random, dimensions: number, size = 1): Float64Array {
  return Float64Array.from({ length: dimensions }, () => ((2 * random.next()) / 2 ** 32 - 1) * size)
}
