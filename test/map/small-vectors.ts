import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'

/** Vectors with groups in them: word i lies around axis `i % groups`, within `spread`. */
export function groupedVectors(
  words: readonly string[],
  { groups = 4, dimensions = 12, spread = 0.4, seed = 7 } = {},
) {
  const random = new Random(seed, 0)
  const matrix = allocateMatrix(words.length, dimensions)
  words.forEach((_, i) => {
    const vector = row(matrix, i)
    for (let d = 0; d < dimensions; d++)
      vector[d] = (d === i % groups ? 1 : 0) + spread * (random.uniform() - 0.5)
  })
  const counts = Float64Array.from(words, (_, i) => Math.floor(10_000 / (i + 1)))
  return { vocabulary: Vocabulary.of(words, counts), matrix, dimensions }
}

/** Different words of letters only: baa, bab, … */
export function madeWords(count: number): string[] {
  const letter = (n: number) => String.fromCharCode(97 + (n % 26))
  return Array.from({ length: count }, (_, i) => `b${letter(i / 676)}${letter(i / 26)}${letter(i)}`)
}
