import { type Model, type TrainCall, train } from 'wordloom/training'
import { Random } from '#math/random'

export const common = { dimensions: 16, minCount: 1, epochs: 2, seed: 5, tokenizer: 'whitespace' } as const

/** Zipf's law over some of 600 words: those from `first` on. */
export function* sentences(count: number, first: number, seed = 1): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(seed, s)
    yield Array.from({ length: 12 }, () => `w${first + Math.floor(400 ** random.uniform()) - 1}`)
  }
}

export function model(call: TrainCall = {}): Promise<Model> {
  return train(sentences(800, 0), { ...common, ...call })
}

export const old = await model()
