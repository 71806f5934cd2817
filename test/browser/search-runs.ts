import { openIndex } from 'wordloom/search'
import type { Neighbor } from 'wordloom/vectors'
import { plantedVectors } from '../search/planted-vectors.js'

const WORDS = 600
/** Sizes of batches that go to the kernel in one group of queries, in two, and in six. */
const BATCHES = [5, 7, 12, 36]
/** So many that engines have compiled what places the queries as well as they can, and are at it for a while. */
const ROUNDS = 300

/** Neighbours of many words by both kinds of search, and how often a batch found others than `nearest` did. */
export async function searchEverywhere() {
  return { exact: await searched('exact'), int8: await searched('int8') }
}

async function searched(kind: 'exact' | 'int8') {
  const vectors = plantedVectors(WORDS, 20)
  const index = await openIndex(vectors, kind, { threads: 1 })
  const alone: Neighbor[][] = []
  for (let id = 0; id < WORDS; id++) alone.push(await index.nearest(`w${id}`, 5))
  const wrong: Record<number, number> = {}
  for (let round = 0; round < ROUNDS; round++)
    for (const size of BATCHES) {
      const ids = Array.from({ length: size }, (_, i) => (round * 41 + i * 7) % WORDS)
      const found = await index.nearestBatch(
        ids.map(id => `w${id}`),
        5,
      )
      wrong[size] ??= 0
      if (found.some((words, i) => String(words.map(wordOf)) !== String(alone[ids[i]!]!.map(wordOf))))
        wrong[size]++
    }
  await index.close()
  return {
    wrong,
    words: alone.map(neighbors => neighbors.map(wordOf)),
    similarities: alone.map(neighbors => neighbors.map(({ similarity }) => similarity)),
  }
}

function wordOf({ word }: Neighbor): string {
  return word
}
