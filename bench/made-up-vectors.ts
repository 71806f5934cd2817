import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import { row } from '#math/matrix'
import { GOLDEN, keyOf, mix } from '#math/random'

/** What words have in common: how many of the other words have it too, and its part of a row's squared length. */
interface Trait {
  readonly sharedBy: (words: number) => number
  readonly share: number
}

/** As a topic, a part of speech or a tense: each word has one of three of them, whatever its others are. */
const feature: Trait = { sharedBy: words => words / 3, share: 0.081 }
const traits: readonly Trait[] = [
  ...Array.from({ length: 8 }, () => feature),
  { sharedBy: () => 2000, share: 0.06 },
  { sharedBy: () => 300, share: 0.06 },
  { sharedBy: () => 50, share: 0.05 },
]
/** The rest of a row's squared length, which it has for itself. */
const OWN_SHARE = 0.18

/**
 * Made-up vectors in any number, the same for the same seed: each is a sum of the directions of what the word has
 * in common with others, and of its own. Similarities fall with the rank of a neighbour as those of trained
 * vectors do (bench/results.md has both), without a gap, and neighbours of neighbours are many. Words are w0, w1, …
 */
export function madeUpVectors(words: number, dimensions: number, seed = 1): WordVectors {
  const vectors = WordVectors.allocate(Vocabulary.of(namesOf(words)), dimensions)
  traits.forEach((trait, number) => {
    addTrait(vectors, trait, keyOf(seed, 1000, number))
  })
  const own = keyOf(seed, 1000, traits.length)
  for (let id = 0; id < words; id++) addDirection(row(vectors.matrix, id), mix(id ^ own), OWN_SHARE)
  return vectors
}

function addTrait(vectors: WordVectors, { sharedBy, share }: Trait, key: number): void {
  const groups = Math.ceil(vectors.size / sharedBy(vectors.size))
  const directions = Array.from({ length: groups }, (_, group) => {
    const direction = new Float32Array(vectors.dimensions)
    addDirection(direction, mix(group ^ key), share)
    return direction
  })
  for (let id = 0; id < vectors.size; id++) {
    const target = row(vectors.matrix, id)
    const direction = directions[mix(id ^ mix(key)) % groups]! // so that words of a group are not neighbours in the file
    for (let i = 0; i < target.length; i++) target[i]! += direction[i]!
  }
}

function addDirection(target: Float32Array, start: number, share: number): void {
  const scale = Math.sqrt(share)
  for (let i = 0, at = start; i < target.length; i++, at = (at + GOLDEN) | 0) target[i]! += scale * bell(at)
}

/** About normal, of variance 1: the sum of the four bytes of a draw. */
function bell(at: number): number {
  const bits = mix(at | 0)
  return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / 147.8
}

function* namesOf(words: number): Generator<string> {
  for (let id = 0; id < words; id++) yield `w${id}`
}
