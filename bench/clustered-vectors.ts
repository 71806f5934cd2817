import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import { row } from '#math/matrix'
import { GOLDEN, keyOf, mix } from '#math/random'

/** Words of a topic, and of a cluster within it; both kinds of centers are drawn like words. */
const WORDS_A_TOPIC = 10_000
const WORDS_A_CLUSTER = 100
/** How far clusters lie from the center of their topic, and words from that of their cluster, in its lengths. */
const CLUSTER_SPREAD = 0.8
const WORD_SPREAD = 0.5

/**
 * Made-up vectors in any number: a mixture of clusters within topics, near enough to Gaussian (sums of four
 * uniform draws), the same for the same seed. Words are w0, w1, … Real vectors have fewer directions in which
 * words differ, so searches that guess find their neighbours more easily than these.
 */
export function clusteredVectors(words: number, dimensions: number, seed = 1): WordVectors {
  const vocabulary = Vocabulary.of(namesOf(words))
  const vectors = WordVectors.allocate(vocabulary, dimensions)
  const [topics, clusters, noise] = [1, 2, 3].map(part => keyOf(seed, 1000, part))
  for (let id = 0; id < words; id++) {
    const place = mix(id ^ noise!) // words of a cluster are not neighbours in the file
    const own = place % Math.ceil(words / WORDS_A_CLUSTER)
    const cluster = mix(own ^ clusters!)
    const topic = mix((own % Math.ceil(words / WORDS_A_TOPIC)) ^ topics!)
    const target = row(vectors.matrix, id)
    for (let i = 0, step = 0; i < dimensions; i++, step = (step + GOLDEN) | 0)
      target[i] =
        bell(topic + step) + CLUSTER_SPREAD * bell(cluster + step) + WORD_SPREAD * bell(place + step)
  }
  return vectors
}

/** About normal, of variance 1: the sum of the four bytes of a draw. */
function bell(at: number): number {
  const bits = mix(at | 0)
  return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8
}

function* namesOf(words: number): Generator<string> {
  for (let id = 0; id < words; id++) yield `w${id}`
}
