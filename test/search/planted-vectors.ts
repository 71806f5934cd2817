import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'

/** Made-up vectors in clusters of ten, a few of them zeros or twice the same. */
export function plantedVectors(words: number, dimensions: number, seed = 1): WordVectors {
  const vocabulary = Vocabulary.of(Array.from({ length: words }, (_, id) => `w${id}`))
  const matrix = allocateMatrix(words, dimensions)
  for (let id = 0; id < words; id++) {
    const center = new Random(seed, 1_000_000 + (id % Math.ceil(words / 10)))
    const own = new Random(seed, id % 97 === 96 ? id - 1 : id)
    for (let i = 0; i < dimensions; i++)
      row(matrix, id)[i] = id % 101 === 100 ? 0 : center.uniform() - 0.5 + 0.6 * (own.uniform() - 0.5)
  }
  return new WordVectors({ vocabulary, matrix })
}
