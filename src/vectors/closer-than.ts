import type { SearchMatrix } from '../math/search.js'
import { idOf } from './unknown-words.js'
import type { WordVectors } from './word-vectors.js'

/** The words nearer to `word` than `other` is, in the order of the vocabulary. */
export function closerThan(vectors: WordVectors, word: string, other: string): string[] {
  return closerIds(vectors, word, other).map(id => vectors.vocabulary.word(id))
}

/** 1 where `other` is the nearest word of all to `word`; words just as near do not count. */
export function rank(vectors: WordVectors, word: string, other: string): number {
  return closerIds(vectors, word, other).length + 1
}

function closerIds(vectors: WordVectors, word: string, other: string): number[] {
  const [own, limit] = [idOf(vectors, word), idOf(vectors, other)]
  const { search } = vectors
  const direction = search.direction(own)
  const bound = scoreOf(search, direction, limit)
  const closer: number[] = []
  search.scan([direction], vectors.size, ([scores], first) => {
    for (const [i, score] of scores!.entries()) if (score > bound && first + i !== own) closer.push(first + i)
  })
  return closer
}

function scoreOf(search: SearchMatrix, direction: Float32Array, id: number): number {
  return search.score([direction], id, id + 1)[0]![0]!
}
