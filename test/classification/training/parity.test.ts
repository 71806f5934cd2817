import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClassifierOptions, trainClassifier } from 'wordloom/classification'
import { partsOf } from '#classification/classifier'
import type { PlainRows } from '#classification/rows'
import { type ObjectiveName, objectives } from '#reference/objectives/table'
import { fastestSimd } from '#training/training-kernels'
import { madeUpLines } from './lines.js'

const builds = (['plain', 'relaxed'] as const).filter(simd => simd === 'plain' || fastestSimd() === 'relaxed')

/** Dimensions of one slice, of one that is no multiple of four, of two and of eight slices. */
const sizes = [4, 10, 50, 200]

for (const objective of objectives.map(({ name }) => name as ObjectiveName))
  test(`${objective}: lines train alike in the kernel and in the reference`, async () => {
    for (const [i, labels] of [2, 3, 8, 33].entries())
      for (const simd of builds)
        await compare({ objective, simd, dimensions: sizes[i]!, seed: 1 + i }, madeUpLines(83, labels, i + 1))
  })

test('lines of several labels, of one word, and a text of one label train alike in both', async () => {
  for (const objective of objectives.map(({ name }) => name as ObjectiveName)) {
    await compare({ objective, dimensions: 30 }, madeUpLines(61, 6, 3, 4))
    const words = Array.from({ length: 20 }, (_, i) => ({ text: `w${i % 5}`, labels: [`l${i % 3}`] }))
    await compare({ objective, dimensions: 8, wordNgrams: 1, maxNgram: 0 }, words)
    if (objective !== 'negative-sampling')
      await compare(
        { objective, dimensions: 8 },
        words.map(line => ({ ...line, labels: ['one'] })),
      )
  }
})

test('weights of labels count alike in both', async () => {
  for (const objective of ['softmax', 'one-vs-all'] as const)
    await compare(
      { objective, dimensions: 12, classWeights: 'balanced', labelWeights: ['l1=3', 'l0=0'] },
      madeUpLines(50, 4, 5, 2),
    )
})

async function compare(
  options: Partial<ClassifierOptions>,
  lines: { text: string; labels: string[] }[],
): Promise<void> {
  const shared = { epochs: 2, learningRate: 0.3, threads: 1, heldOut: 0.1, ...options }
  const [kernel, reference] = [
    await trainClassifier(lines, shared),
    await trainClassifier(lines, { ...shared, simd: 'none' }),
  ]
  for (const matrix of ['input', 'output'] as const) {
    const [a, b] = [kernel, reference].map(
      ({ classifier }) => (partsOf(classifier)[matrix] as PlainRows).matrix.data,
    )
    const apart = a!.reduce((most, x, i) => Math.max(most, Math.abs(x - b![i]!)), 0)
    assert.ok(apart < 2e-5, `${matrix}: ${apart} apart, ${JSON.stringify(options)}`)
  }
  for (const losses of ['training', 'heldOut'] as const)
    for (const [epoch, loss] of kernel.losses[losses].entries())
      assert.ok(
        Math.abs(loss / (reference.losses[losses][epoch]! || 1) - 1) < 1e-5 || loss === 0,
        `${losses}: ${loss}`,
      )
}
