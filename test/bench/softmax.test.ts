import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WordVectors } from 'wordloom'
import { naiveSoftmaxLoss } from 'wordloom/equations'
import { Vocabulary } from 'wordloom/text'
import { allocateMatrix, type Matrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { frequencyLoss, pairLosses } from '../../bench/pair-losses.js'

const WORDS = 7
const NEGATIVE_SAMPLES = 5
const noise = Float64Array.from({ length: WORDS }, (_, word) => 10 - word)
/** Each word with some others, one of them twice, and a word that is never a center word. */
const pairs = Array.from({ length: WORDS }, (_, word) =>
  word === 2 ? [] : [(word * 3) % WORDS, (word + 1) % WORDS, (word + 1) % WORDS],
)
const each = pairs.flatMap((seen, center) => seen.map(outside => ({ center, outside })))

test('the softmax of the scores is that of the equations, pair by pair', () => {
  const vectors = vectorsOf(random(1), random(2))
  const outputVectors = Array.from({ length: WORDS }, (_, word) =>
    Float64Array.from(row(vectors.outputVectors!, word)),
  )
  const losses = each.map(({ center, outside }) =>
    naiveSoftmaxLoss({ centerVector: row(vectors.matrix, center), outside, outputVectors }),
  )
  assert.ok(Math.abs(pairLosses(vectors, noise, pairs).ofScores - mean(losses)) < 1e-12)
})

test('where negative sampling is at its least, what it implies is the distribution that it learned from', () => {
  const chance = new Random(3, 0)
  const likely = Array.from({ length: WORDS }, () => normalised(noise.map(() => 0.1 + chance.uniform())))
  const share = normalised(noise)
  // Center words are the unit vectors, so that every score is one number of an output vector.
  const output = filled((outside, center) =>
    Math.log(likely[center]![outside]! / (NEGATIVE_SAMPLES * share[outside]!)),
  )
  const found = pairLosses(
    vectorsOf(
      filled((i, j) => Number(i === j)),
      output,
    ),
    noise,
    pairs,
  )
  const expected = mean(each.map(({ center, outside }) => -Math.log(likely[center]![outside]!)))
  assert.ok(Math.abs(found.besideNoise - expected) < 1e-6)
  assert.ok(found.ofScores > found.besideNoise)
})

test('without scores the words are as likely as the noise makes them', () => {
  const zeros = filled(() => 0)
  const { ofScores, besideNoise } = pairLosses(vectorsOf(zeros, zeros), noise, pairs)
  assert.ok(Math.abs(ofScores - Math.log(WORDS)) < 1e-12)
  assert.ok(Math.abs(besideNoise - frequencyLoss(noise, pairs)) < 1e-12)
  const share = normalised(noise)
  const expected = mean(each.map(({ outside }) => -Math.log(share[outside]!)))
  assert.ok(Math.abs(besideNoise - expected) < 1e-12)
})

function vectorsOf(matrix: Matrix, outputVectors: Matrix): WordVectors {
  const vocabulary = Vocabulary.of(Array.from({ length: WORDS }, (_, word) => `w${word}`))
  return new WordVectors({ vocabulary, matrix, outputVectors })
}

function random(seed: number): Matrix {
  const chance = new Random(seed, 0)
  return filled(() => chance.uniform() - 0.5)
}

function filled(value: (row: number, column: number) => number): Matrix {
  const matrix = allocateMatrix(WORDS, WORDS)
  for (let i = 0; i < WORDS; i++) for (let j = 0; j < WORDS; j++) row(matrix, i)[j] = value(i, j)
  return matrix
}

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight)
  return weights.map(weight => weight / sum)
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
