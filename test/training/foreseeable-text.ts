import { type TrainCall, train } from 'wordloom/training'
import { Random } from '#math/random'

/** Words of one topic a sentence; half of the text's pairs can be foreseen. */
function* sentences(count: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(5, s)
    const topic = random.below(20)
    yield Array.from({ length: 12 }, () => `w${topic * 10 + random.below(10)}`)
  }
}

const common = {
  dimensions: 10,
  minCount: 1,
  epochs: 4,
  subsampling: 0,
  learningRate: 0.05,
  heldOut: 0.1,
} as const

export function trainOn(options: TrainCall = {}) {
  return train(sentences(6000), { ...common, ...options })
}
