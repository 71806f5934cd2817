import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Vocabulary } from 'wordloom/text'
import { train } from 'wordloom/training'
import { completeOptions } from '#training/options/options'
import { assignParts } from '#training/plan/parts'
import { planFor } from '#training/plan/schedule'

/** Deals so many words, by weights of every kind, into every number of parts that comes of asking for 1 to 64. */
export function dealIntoAllParts(words: number): void {
  const vocabulary = Vocabulary.of(Array.from({ length: words }, (_, i) => `w${i}`))
  const counts = new Set<number>()
  for (let parts = 1; parts <= 64; parts++)
    counts.add(planFor(vocabulary, 1000, completeOptions({ schedule: 'blocks', parts })).parts)
  const even = new Float64Array(words).fill(1)
  const given = [even, even.map((_, id) => 1 / (id + 1)), even.map((_, id) => (id === 0 ? 1e9 : 1))]
  const lacking = even.map((_, id) => id % 3) // a third of the words is not in the text
  for (const count of counts) {
    for (const weights of given) assertDealt(weights, count)
    assertDealt(lacking, count, even)
  }
}

function assertDealt(weights: Float64Array, count: number, noise?: Float64Array): void {
  if (count === 1) return
  const { places, starts } = assignParts(weights, count, noise)
  const sizes = new Uint32Array(count)
  for (const place of places) if (place >>> 16 < count) sizes[place >>> 16]!++
  const dealt = sizes.reduce((sum, size) => sum + size, 0)
  assert.equal(dealt, weights.length, `${weights.length} words in ${count} parts`)
  assert.equal(starts[count], weights.length)
  assert.ok(Math.min(...sizes) >= 2, `${weights.length} words in ${count} parts: ${sizes}`)
}

/** A small vocabulary, and how it is trained. */
export interface SmallRun {
  readonly words: number
  readonly parts: number
  readonly simd: 'plain' | 'none'
  /** Goes on with a second text, which lacks all words of the first or none. */
  readonly goesOn: boolean
  readonly frozen: boolean
}

export const smallRuns: fc.Arbitrary<SmallRun> = fc.record({
  words: fc.integer({ min: 2, max: 500 }),
  parts: fc.integer({ min: 1, max: 64 }),
  simd: fc.constantFrom('plain', 'none'),
  goesOn: fc.boolean(),
  frozen: fc.boolean(),
})

/** Every vector must be one of numbers. */
export async function trainSmall({ words, parts, simd, goesOn, frozen }: SmallRun): Promise<void> {
  const size = { minCount: 1, subsampling: 0, dimensions: 2, epochs: 1, threads: 1 }
  const call = { ...size, schedule: 'blocks', parts, simd } as const
  const text = (name: string) =>
    Array.from({ length: 42 }, (_, s) =>
      Array.from({ length: 12 }, (_, i) => `${name}${(12 * s + i) % words}`),
    )
  let { vectors } = await train(text('w'), call)
  if (goesOn) {
    const again = { ...call, continue: vectors, ...(frozen && { frozen: 'given' as const }) }
    vectors = (await train(text(words % 2 === 0 ? 'w' : 'v'), again)).vectors
  }
  assert.ok(vectors.matrix.data.every(Number.isFinite))
}
