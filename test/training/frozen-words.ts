import { type Model, type TrainCall, train } from 'wordloom/training'
import { Random } from '#math/random'

export const common = { dimensions: 18, minCount: 1, epochs: 2, seed: 3, tokenizer: 'whitespace' } as const

export function* sentences(count: number, seed: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(seed, s)
    yield Array.from({ length: 12 }, () => `w${Math.floor(400 ** random.uniform())}`)
  }
}

export const old = await train(sentences(500, 1), { ...common, threads: 1 })

export const everyThird = [...old.vocabulary.words()].filter((_, id) => id % 3 === 0)

export function bits(model: Model, word: string): string {
  return Buffer.from(Uint8Array.from(new Uint8Array(model.vectors.vector(word)!.slice().buffer))).toString(
    'hex',
  )
}

export async function frozenRun(call: TrainCall): Promise<Model> {
  return train(sentences(800, 2), { ...common, continue: old, frozen: everyThird, ...call })
}
