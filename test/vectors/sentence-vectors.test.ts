import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Vocabulary } from 'wordloom/text'
import { sentenceVectors, WordVectors } from 'wordloom/vectors'

const words = ['the', 'of', 'king', 'queen', 'film', 'fine']
const counts = [500, 300, 20, 15, 10, 5]
const dimensions = 5

function someVectors(withCounts = true): WordVectors {
  const vocabulary = Vocabulary.of(words, withCounts ? Float64Array.from(counts) : undefined)
  const vectors = WordVectors.allocate(vocabulary, dimensions)
  const { data, stride } = vectors.matrix
  for (let id = 0; id < words.length; id++)
    for (let i = 0; i < dimensions; i++)
      data[id * stride + i] = Math.sin(13 * id * id + 5 * i * i * (id + 1) + i + 1)
  return vectors
}

/** Weighted means, and the direction of greatest length by power iteration. */
function plainSif(vectors: WordVectors, sentences: readonly (readonly string[])[], a: number): number[][] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const means = sentences.map(sentence => {
    const known = sentence.filter(word => words.includes(word))
    const mean = Array.from({ length: dimensions }, () => 0)
    for (const word of known)
      vectors.vector(word)!.forEach((x, i) => {
        mean[i]! += ((a / (a + counts[words.indexOf(word)]! / total)) * x) / known.length
      })
    return mean
  })
  let direction = Array.from({ length: dimensions }, (_, i) => 1 + i / 10)
  for (let n = 0; n < 3000; n++) {
    const next = direction.map(() => 0)
    for (const mean of means) {
      const share = mean.reduce((sum, x, i) => sum + x * direction[i]!, 0)
      for (const [i, x] of mean.entries()) next[i]! += share * x
    }
    const length = Math.hypot(...next)
    direction = next.map(x => x / length)
  }
  return means.map(mean => {
    const share = mean.reduce((sum, x, i) => sum + x * direction[i]!, 0)
    return mean.map((x, i) => x - share * direction[i]!)
  })
}

function assertNear(found: Float32Array, expected: readonly number[], within: number): void {
  for (const [i, x] of expected.entries())
    assert.ok(Math.abs(found[i]! - x) < within, `${found} for ${expected}`)
}

test('sif is the weighted mean less its part along what all sentences share', () => {
  const sentences = [
    ['the', 'king', 'of', 'the', 'film'],
    ['queen', 'unknown', 'fine'],
    ['fine', 'film'],
    ['the', 'the', 'of'],
    ['king', 'queen'],
  ]
  const vectors = someVectors()
  for (const smoothing of [1e-3, 0.1]) {
    const pooled = sentenceVectors(vectors, sentences, { smoothing })
    for (const [s, expected] of plainSif(vectors, sentences, smoothing).entries()) {
      assertNear(pooled.vector(s), expected, 1e-5)
      assertNear(pooled.vectorOf(sentences[s]!), expected, 1e-5)
    }
    assert.deepEqual([...pooled.known], [5, 2, 2, 3, 2])
  }
})

test('the mean is the mean, and a sentence without known words is zeros that no search finds', () => {
  const vectors = someVectors()
  const word = fc.constantFrom(...words, 'unknown')
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 6 }), { minLength: 1, maxLength: 8 }), sentences => {
      const pooled = sentenceVectors(vectors, sentences, { pooling: 'mean' })
      for (const [s, sentence] of sentences.entries()) {
        const known = sentence.filter(word => words.includes(word))
        const mean = Array.from({ length: dimensions }, (_, i) =>
          known.reduce((sum, word) => sum + vectors.vector(word)![i]! / known.length, 0),
        )
        assertNear(pooled.vector(s), mean, 1e-6)
      }
      const found = pooled.nearest(['king'], 100)
      assert.equal(found.length, pooled.known.filter(known => known > 0).length)
      for (const { sentence } of found) assert.ok(pooled.known[sentence]! > 0)
    }),
  )
})

test('the nearest sentence to a sentence is itself', () => {
  const sentences = [
    ['king', 'of', 'film'],
    ['queen', 'fine'],
    ['film', 'the'],
  ]
  for (const pooling of ['mean', 'sif'] as const) {
    const pooled = sentenceVectors(someVectors(), sentences, { pooling })
    for (const [s, tokens] of sentences.entries()) {
      const [first] = pooled.nearest(tokens, 1)
      assert.equal(first!.sentence, s)
      assert.ok(first!.similarity > 0.999)
    }
  }
})

test('counts may come from elsewhere', () => {
  const sentences = [
    ['king', 'of'],
    ['queen', 'fine'],
    ['film', 'the', 'fine'],
  ]
  const given = Vocabulary.of(words.toReversed(), Float64Array.from(counts.toReversed()))
  const own = sentenceVectors(someVectors(), sentences)
  const other = sentenceVectors(someVectors(false), sentences, { counts: given })
  assert.deepEqual(own.matrix.data, other.matrix.data)
})

test('what cannot be meant is refused in a sentence', () => {
  const vectors = someVectors()
  const two = [['king'], ['queen']]
  const wrong: [() => unknown, RegExp][] = [
    [
      () => sentenceVectors(vectors, two, { pooling: 'max' as 'sif' }),
      /: pooling is "max"; expected one of mean, directions, sif, model\.$/,
    ],
    [
      () => sentenceVectors(vectors, two, { smoothing: 0 }),
      /: smoothing is 0; expected a number from 1e-12 to 1\.$/,
    ],
    [() => sentenceVectors(vectors, two, { smoothing: 1.5 }), /: smoothing is 1\.5; expected/],
    [
      () => sentenceVectors(vectors, two, { common: -1 }),
      /: common is -1; expected a whole number from 0 up\.$/,
    ],
    [
      () => sentenceVectors(vectors, two, { common: 5 }),
      /: common is 5; expected a whole number from 0 to 4/,
    ],
    [
      () => sentenceVectors(vectors, [['king']]),
      /there is 1 sentence with known words; expected more than 1/,
    ],
    [() => sentenceVectors(someVectors(false), two), /came without counts/],
    [
      () => sentenceVectors(vectors, ['king' as unknown as string[]], { pooling: 'mean' }),
      /a sentence is a text, and these vectors came without rules to cut it; expected an array of tokens\. Cut it/,
    ],
    [
      () => sentenceVectors(vectors, two).nearest(new Float32Array(3)),
      /3 numbers; expected 5, as the vectors have/,
    ],
    [
      () => sentenceVectors(vectors, two).nearest(['king'], 0),
      /: count is 0; expected a whole number from 1 up\.$/,
    ],
  ]
  for (const [call, message] of wrong) assert.throws(call, { code: 'usage', message })
  assert.equal(sentenceVectors(vectors, [], { pooling: 'mean' }).size, 0)
})
