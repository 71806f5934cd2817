import { Random } from '#math/random'

export const topics = 4

const wordsOfTopic = 12

/** Documents that each speak of one topic, in words of its own and a few that all share. */
export function planted(documents: number, seed: number): string[] {
  const random = new Random(seed, 1)
  return Array.from({ length: documents }, (_, i) =>
    Array.from({ length: 40 }, () => {
      const word = Math.floor(random.uniform() * wordsOfTopic)
      return random.uniform() < 0.7 ? `t${i % topics}w${word}` : `shared${word}`
    }).join(' '),
  )
}

export const settings = {
  dimensions: 16,
  epochs: 20,
  minCount: 1,
  subsampling: 0,
  learningRate: 0.05,
  threads: 1,
} as const
