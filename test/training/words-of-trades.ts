import { type Model, type TrainingOptions, train } from 'wordloom/training'
import { Random } from '#math/random'

const roots = ['weav', 'spinn', 'knitt', 'stitch', 'thread', 'walk', 'runn', 'climb', 'jump', 'swimm']

const endings = ['er', 'ers', 'ing', 'ed', 'able']

export const common = {
  dimensions: 20,
  minCount: 1,
  epochs: 3,
  subwords: true,
  buckets: 5000,
  seed: 4,
} as const

/** Sentences of one trade each: words of a trade share their company, and words of one root their letters. */
export function* sentences(count: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(21, s)
    const trade = random.below(2)
    yield Array.from(
      { length: 8 },
      () => roots[trade * 5 + random.below(5)]! + endings[random.below(endings.length)]!,
    ).filter(word => word !== 'weavable')
  }
}

export function trainOn(options: Partial<TrainingOptions> = {}): Promise<Model> {
  return train(sentences(3000), { ...common, ...options })
}
