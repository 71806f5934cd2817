import { dot } from '../math/index.js'
import { type SearchMatrix, scanBlocks } from '../scan/index.js'
import type { QueriedVectors } from './queried-vectors.js'
import { type FoundWord, wordOf } from './unknown-words.js'

/** The words nearer to `word` than `other` is, in the order of the vocabulary. */
export function closerThan(vectors: QueriedVectors, word: string, other: string): string[] {
  return closerIds(vectors, word, other).map(id => vectors.vocabulary.word(id))
}

/** 1 if `other` is the nearest word of all to `word`; words just as near do not count. */
export function rank(vectors: QueriedVectors, word: string, other: string): number {
  return closerIds(vectors, word, other).length + 1
}

function closerIds(vectors: QueriedVectors, word: string, other: string): number[] {
  const [own, limit] = [wordOf(vectors, word), wordOf(vectors, other)]
  const { search } = vectors
  const { direction } = own
  const bound = scoreOf(search, direction, limit)
  const closer: number[] = []
  scanBlocks(search, [direction], { from: 0, to: vectors.size }, ([scores], first) => {
    for (const [i, score] of scores!.entries())
      if (score > bound && first + i !== own.id) closer.push(first + i)
  })
  return closer
}

/** As the kernel scores rows, so that a word never is nearer than itself. */
function scoreOf(search: SearchMatrix, direction: Float32Array, other: FoundWord): number {
  if (other.id === undefined) return dot(direction, other.direction)
  return search.score([direction], other.id, other.id + 1)[0]![0]!
}
