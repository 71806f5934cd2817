import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { bootstrap, intervalOf, pValueOf } from '#evaluation/bootstrap'
import { resampledSpearman, spearman } from '#evaluation/correlation'
import {
  type AnalogyResult,
  evaluate,
  evaluatePaired,
  findQuestionFiles,
  type SimilarityResult,
} from '#evaluation/index'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { temporaryFolder } from '../cli/wordloom.js'

const folder = temporaryFolder()
const words = Array.from({ length: 120 }, (_, i) => `w${i}`)

function randomVectors(seed: number): WordVectors {
  const vectors = WordVectors.allocate(Vocabulary.of(words), 6)
  const random = new Random(seed, 0)
  for (let id = 0; id < words.length; id++)
    row(vectors.matrix, id).set(Array.from({ length: 6 }, () => random.uniform() - 0.5))
  return vectors
}

/** Pairs that people judge as these vectors do, but for some noise. */
async function pairsAfter(vectors: WordVectors, noise: number): Promise<string> {
  const random = new Random(5, 0)
  const lines = Array.from({ length: 150 }, (_, i) => {
    const [a, b] = [words[i % 120]!, words[(i * 7 + 1) % 120]!]
    return `${a}\t${b}\t${vectors.similarity(a, b) + noise * (random.uniform() - 0.5)}`
  })
  const path = join(folder, `pairs-${noise}.tsv`)
  await writeFile(path, lines.join('\n'))
  return path
}

test('a weighted rank correlation is that of pairs written out as often', () => {
  const pair = fc.record({
    x: fc.integer({ min: 0, max: 9 }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
    weight: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(fc.array(pair, { minLength: 2, maxLength: 12 }), pairs => {
      const [x, y] = [pairs.map(pair => pair.x), pairs.map(pair => pair.y)]
      const repeated = (values: number[]) =>
        values.flatMap((value, i) => Array.from({ length: pairs[i]!.weight }, () => value))
      const expected = spearman(repeated(x), repeated(y))
      const found = resampledSpearman(x, y)(Uint32Array.from(pairs, pair => pair.weight))
      if (expected === null || found === null) assert.equal(found, expected)
      else assert.ok(Math.abs(found - expected) < 1e-9, `${found}, ${expected}`)
    }),
  )
})

test('the interval of a share is that of the binomial distribution', () => {
  const share = (weights: Uint32Array) => weights.slice(0, 80).reduce((sum, n) => sum + n, 0) / 200
  const [low, high] = intervalOf(bootstrap(200, share))!
  const width = 1.96 * Math.sqrt((0.4 * 0.6) / 200)
  assert.ok(Math.abs(low - (0.4 - width)) < 0.02 && Math.abs(high - (0.4 + width)) < 0.02, `${low} ${high}`)
  assert.deepEqual(bootstrap(200, share), bootstrap(200, share))
  assert.notDeepEqual(bootstrap(200, share), bootstrap(200, share, { seed: 2 }))
  assert.equal(intervalOf(bootstrap(200, share, { resamples: 0 })), null)
  assert.equal(pValueOf(Float64Array.of(-1, 1, 1, 1)), 0.8)
})

test('a better model is told from a worse one, and a model not from itself', async () => {
  const [good, bad] = [randomVectors(1), randomVectors(2)]
  const path = await pairsAfter(good, 0.5)
  const paired = await evaluatePaired(bad, good, path)
  assert.equal(paired.common, 150)
  assert.ok(paired.difference! > 0.5 && paired.interval![0] > 0 && paired.p! < 0.01, JSON.stringify(paired))
  const same = await evaluatePaired(good, good, path)
  assert.deepEqual([same.difference, same.interval, same.p], [0, [0, 0], 1])
  assert.equal((await evaluatePaired(bad, good, path, { resamples: 0 })).p, null)
  const single = (await evaluate(good, path)) as SimilarityResult
  assert.ok(Math.abs(single.spearman! - paired.second!) < 1e-9)
  assert.ok(single.interval![0] < single.spearman! && single.spearman! < single.interval![1])
})

test('a random baseline scores what chance does', async () => {
  const vectors = randomVectors(1)
  const pairs = (await evaluate(vectors, await pairsAfter(vectors, 0), {
    baseline: true,
  })) as SimilarityResult
  assert.ok(pairs.spearman! > 0.999999 && Math.abs(pairs.baseline!.spearman!) < 0.05)
  assert.ok(pairs.baseline!.interval![0] < 0 && pairs.baseline!.interval![1] > 0)
  const path = join(folder, 'analogies.txt')
  const asked = words.slice(0, 100).map((a, i) => {
    const [b, c] = [words[(i + 1) % 120]!, words[(i + 2) % 120]!]
    return [a, b, c, vectors.analogy(a, b, c, { count: 1 })[0]!.word].join(' ')
  })
  await writeFile(path, asked.join('\n'))
  const analogies = (await evaluate(vectors, path, { baseline: true })) as AnalogyResult
  assert.equal(analogies.total.accuracy, 1)
  assert.ok(analogies.baseline!.accuracy! < 0.1)
  assert.ok(analogies.total.accuracyUnexcluded! < 1)
})

test('an uncovered question counts as wrong where that is wanted', async () => {
  const path = join(folder, 'unknown.txt')
  await writeFile(path, 'w0 w1 w2 nobody\nw0 w1 w2 w3\n')
  const { total, unknown } = (await evaluate(randomVectors(1), path, { unknown: 'zero' })) as AnalogyResult
  assert.deepEqual(
    [unknown, total.covered, total.uncovered, total.accuracy],
    ['zero', 1, 1, total.correct / 2],
  )
  await assert.rejects(evaluate(randomVectors(1), path, { unknown: 'guess' as 'skip' }), { code: 'usage' })
  await assert.rejects(evaluate(randomVectors(1), path, { resamples: -1 }), { code: 'usage' })
})

test('a folder without a question file is refused', async () => {
  await assert.rejects(findQuestionFiles([join(folder, 'nowhere')]), { code: 'no-input' })
})
