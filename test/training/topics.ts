import { createHash } from 'node:crypto'
import { type Model, type TrainingOptions, train } from 'wordloom/training'
import { Random } from '#math/random'

const WORDS = 3000

/** Sentences whose words keep company: each has one topic, and words of a topic are near each other. */
function* sentences(count: number): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(11, s)
    const topic = random.below(WORDS / 30)
    yield Array.from({ length: 5 + random.below(20) }, () =>
      random.uniform() < 0.6
        ? `w${topic * 30 + random.below(30)}`
        : `w${Math.floor(WORDS ** random.uniform()) - 1}`,
    )
  }
}

const common = { dimensions: 20, minCount: 1, epochs: 2, negativeSamples: 5, seed: 42 } as const

export async function trainOn(options: Partial<TrainingOptions>): Promise<Model> {
  return train(sentences(4000), { ...common, ...options })
}

export function digest({ vectors }: Model): string {
  const hash = createHash('sha256')
  for (const matrix of [vectors.matrix, vectors.outputVectors!])
    hash.update(new Uint8Array(matrix.data.buffer, matrix.data.byteOffset, matrix.data.byteLength))
  return hash.digest('hex')
}
