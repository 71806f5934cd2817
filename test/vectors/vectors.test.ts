import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocateMatrix, row } from '#math/matrix'
import { cosine } from '#math/vector'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors, wordMoversDistance } from '#vectors/index'

/** Royalty and sex on an axis each, so that the analogy has an exact answer. */
const royal = vectorsOf({
  man: [1, 0, 0.1, 0, 0],
  woman: [0, 1, 0.1, 0, 0],
  king: [1, 0, 0, 1, 0],
  queen: [0, 1, 0, 1, 0],
  ring: [0, 0, 0, 0, 1],
  kong: [0.2, 0, 0, 0, 1],
  nothing: [0, 0, 0, 0, 0],
  Paris: [0.1, 0.2, 0.3, 0.4, 0.5],
})

function vectorsOf(words: Record<string, number[]>): WordVectors {
  const entries = Object.entries(words)
  const dimensions = entries[0]![1].length
  const vectors = WordVectors.allocate(Vocabulary.of(entries.map(([word]) => word)), dimensions)
  for (const [i, [, numbers]] of entries.entries()) row(vectors.matrix, i).set(numbers)
  return vectors
}

const wordsOf = (neighbors: { word: string }[]) => neighbors.map(({ word }) => word)

test('a matrix of any stride is taken, and must have a row a word', () => {
  const matrix = { data: Float32Array.of(1, 0, 9, 0, 1, 9), rows: 2, columns: 2, stride: 3 }
  const vectors = new WordVectors({ vocabulary: Vocabulary.of(['a', 'b']), matrix, metadata: { seed: '1' } })
  assert.deepEqual([vectors.size, vectors.dimensions, vectors.metadata.seed], [2, 2, '1'])
  assert.deepEqual([...vectors.vector('b')!], [0, 1])
  assert.deepEqual(vectors.nearest('a'), [{ word: 'b', similarity: 0 }])
  for (const wrong of [{ matrix: allocateMatrix(3, 2) }, { matrix, outputVectors: allocateMatrix(1, 2) }])
    assert.throws(() => new WordVectors({ vocabulary: Vocabulary.of(['a', 'b']), ...wrong }), {
      code: 'usage',
    })
})

test('words are found, and their vectors are the rows themselves', () => {
  assert.ok(royal.has('king') && !royal.has('King'))
  assert.equal(royal.vector('emperor'), undefined)
  assert.equal(royal.vector('king')!.buffer, royal.matrix.data.buffer)
  assert.equal(royal.similarity('man', 'woman').toFixed(4), '0.0099')
  assert.equal(royal.similarity('nothing', 'king'), 0)
})

test('nearest gives the best first and leaves the query out', () => {
  assert.deepEqual(wordsOf(royal.nearest('ring', 2)), ['kong', 'Paris'])
  assert.equal(royal.nearest('king', { count: 100 }).length, 7)
  assert.deepEqual(wordsOf(royal.nearest('ring', { limit: 4 })), ['man', 'woman', 'king', 'queen'])
  assert.deepEqual(wordsOf(royal.nearest('ring', { count: 1, exclude: ['kong', 'unheard'] })), ['Paris'])
  const byVector = royal.nearest(royal.vector('ring')!, 1)
  assert.deepEqual(byVector, [{ word: 'ring', similarity: 1 }])
})

test('words of a combination count with length 1, vectors as they are, with weights', () => {
  const combined = royal.nearest({ positive: ['woman', ['king', 1]], negative: ['man'] }, 1)
  assert.equal(combined[0]!.word, 'queen')
  const unit = (word: string) => royal.vector(word)!.map(x => x / Math.hypot(...royal.vector(word)!))
  const [man, woman, king] = ['man', 'woman', 'king'].map(unit)
  const sum = king!.map((x, i) => x + woman![i]! - man![i]!)
  assert.ok(Math.abs(combined[0]!.similarity - cosine(sum, royal.vector('queen')!)) < 1e-6)
  const weighted = royal.nearest(
    {
      positive: [
        ['king', 2],
        [royal.vector('ring')!, 0.5],
      ],
    },
    8,
  )
  const expected = cosine(
    king!.map((x, i) => 2 * x + 0.5 * royal.vector('ring')![i]!),
    royal.vector('Paris')!,
  )
  assert.ok(Math.abs(weighted.find(({ word }) => word === 'Paris')!.similarity - expected) < 1e-6)
  assert.ok(!wordsOf(weighted).includes('king') && wordsOf(weighted).includes('ring'))
})

test('many queries at once are answered as one by one', () => {
  const queries = ['king', 'queen', 'man', 'ring', { positive: ['Paris'], negative: ['ring'] }, 'kong']
  assert.deepEqual(
    royal.nearestBatch(queries, 4),
    queries.map(query => royal.nearest(query, 4)),
  )
  assert.deepEqual(royal.nearestBatch([]), [])
})

test('an analogy is answered by adding and by multiplying cosines', () => {
  for (const method of ['add', 'multiply'] as const) {
    const answers = royal.analogy('man', 'king', 'woman', { method, count: 3 })
    assert.equal(answers[0]!.word, 'queen')
    assert.ok(!wordsOf(answers).some(word => ['man', 'king', 'woman'].includes(word)))
  }
  const [best] = royal.analogy('man', 'king', 'woman', { method: 'multiply', count: 1 })
  const shifted = (word: string) => (1 + royal.similarity('queen', word)) / 2
  const expected = (shifted('king') * shifted('woman')) / (shifted('man') + 0.000001)
  assert.ok(Math.abs(best!.similarity - expected) < 1e-6)
  assert.throws(() => royal.analogy('man', 'king', 'woman', { method: 'divide' as 'add' }), { code: 'usage' })
})

test('the odd one out is the word least like the mean', () => {
  assert.equal(royal.oddOneOut(['king', 'queen', 'ring', 'man', 'woman']), 'ring')
  assert.throws(() => royal.oddOneOut(['king', 'queen']), {
    code: 'usage',
    message: /there are 2 known words; expected at least 3/,
  })
})

test('equal similarities keep the order of the vocabulary', () => {
  const same = vectorsOf({ a: [1, 0], b: [2, 0], c: [0.5, 0], d: [3, 0], e: [0, 1] })
  assert.deepEqual(wordsOf(same.nearest('c', 2)), ['a', 'b'])
})

test('words that objects have by birth are ordinary words', () => {
  const odd = vectorsOf(
    Object.fromEntries(['__proto__', 'constructor', 'toString', '</s>', ''].map((w, i) => [w, [1, i]])),
  )
  for (const word of ['__proto__', 'constructor', 'toString', '</s>', '']) assert.ok(odd.has(word))
  assert.ok(!odd.has('hasOwnProperty'))
  assert.equal(odd.nearest('__proto__', 1)[0]!.word, 'constructor')
})

test('an unknown word is refused with words that are spelled nearly so', () => {
  const message = (word: string) => {
    try {
      royal.nearest(word)
    } catch (error) {
      assert.equal((error as { code: string }).code, 'unknown-word')
      return (error as Error).message
    }
    return ''
  }
  assert.equal(message('kng'), '"kng" is not in the vocabulary. Did you mean king or kong?')
  assert.equal(message('paris'), '"paris" is not in the vocabulary. Did you mean Paris?')
  assert.equal(message('King'), '"King" is not in the vocabulary. Did you mean king, ring or kong?')
  assert.equal(message('zebra'), '"zebra" is not in the vocabulary, and no word is spelled like it')
  assert.ok(message('x'.repeat(1e6)).length < 200)
  assert.throws(() => royal.similarity('king', 'quen'), { message: /Did you mean queen\?$/ })
})

test('calls that cannot be meant are refused', () => {
  const wrong: (() => unknown)[] = [
    () => royal.nearest('king', 0),
    () => royal.nearest('king', -1),
    () => royal.nearest('king', 1.5),
    () => royal.nearest('king', Number.NaN),
    () => royal.nearest('king', { count: '10' as unknown as number }),
    () => royal.nearest('king', { limit: 0 }),
    () => royal.nearest(Float32Array.of(1, 2)),
    () => royal.nearest(Float32Array.of(1, 2, 3, 4, Number.NaN)),
    () => royal.nearest({ positive: [] }),
    () => royal.nearest({ positive: [['king', Number.NaN]] }),
    () => royal.nearest({ positive: [7 as unknown as string] }),
    () => royal.nearest({ positive: 'king' as unknown as string[] }),
    () => royal.nearest(undefined as unknown as string),
    () => royal.similarity('king', 7 as unknown as string),
  ]
  for (const call of wrong) assert.throws(call, { code: 'usage' }, String(call))
})

test('an option of a search that cannot be is refused with what it may be', () => {
  const wrong: [object, string][] = [
    [{ count: 0 }, 'count is 0; expected a whole number from 1 up'],
    [{ limit: 2.5 }, 'limit is 2.5; expected a whole number from 1 up'],
    [{ threshold: Number.NaN }, 'threshold is NaN; expected a number'],
    [{ threshold: '0.5' }, 'threshold is "0.5"; expected a number'],
    [{ among: 'king' }, 'among is "king"; expected an array of words'],
    [{ among: 5 }, 'among is 5; expected an array of words'],
    [{ among: ['king', 5] }, 'among is ["king", 5]; expected an array of words'],
    [{ unknown: 'guess' }, 'unknown is "guess"; expected one of throw, skip, subwords'],
    [{ method: 'divide' }, 'method is "divide"; expected one of add, multiply'],
  ]
  for (const [options, message] of wrong)
    for (const query of ['king', Float32Array.of(1, 0, 0, 0, 0)])
      assert.throws(() => royal.nearest(query, options), {
        code: 'usage',
        message: `Cannot search: ${message}.`,
      })
  const unbounded = { limit: Number.MAX_SAFE_INTEGER, threshold: Number.NEGATIVE_INFINITY }
  assert.deepEqual(royal.nearest('king', { count: 10, ...unbounded }), royal.nearest('king', 10))
})

test('the search finds what comparing every cosine finds', () => {
  const small = fc.integer({ min: -1000, max: 1000 }).map(n => n / 1000)
  const shape = fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 9 }))
  const rows = shape.chain(([size, dimensions]) =>
    fc.array(fc.array(small, { minLength: dimensions, maxLength: dimensions }), {
      minLength: size,
      maxLength: size,
    }),
  )
  fc.assert(
    fc.property(rows, numbers => {
      const vectors = vectorsOf(Object.fromEntries(numbers.map((row, i) => [`w${i}`, row])))
      const found = vectors.nearest('w0', numbers.length)
      assert.equal(found.length, numbers.length - 1)
      for (const [i, { word, similarity }] of found.entries()) {
        assert.ok(Math.abs(similarity - vectors.similarity('w0', word)) < 1e-5)
        assert.ok(i === 0 || similarity <= found[i - 1]!.similarity)
      }
    }),
    { numRuns: 300 },
  )
})

test('answers can be kept to some words, and to those that are similar enough', () => {
  const among = ['queen', 'woman', 'Paris', 'king', 'unheard']
  assert.deepEqual(wordsOf(royal.nearest('king', { among })), ['queen', 'Paris', 'woman'])
  assert.deepEqual(wordsOf(royal.nearest('king', { among, limit: 4 })), ['queen', 'woman'])
  assert.deepEqual(royal.nearest('king', { among: new Set(among) }), royal.nearest('king', { among }))
  assert.deepEqual(royal.nearest('king', { among: [] }), [])
  const all = royal.nearest('king', 100)
  const { similarity } = all[2]!
  assert.deepEqual(royal.nearest('king', { threshold: similarity }), all.slice(0, 3))
  assert.deepEqual(royal.nearest('king', { threshold: 1.1 }), [])
  const products = royal.nearest('king', { method: 'multiply', threshold: 0.6 })
  assert.ok(products.length > 0 && products.every(({ similarity }) => similarity >= 0.6))
})

test('unknown words that are skipped leave the answer to the others', () => {
  const unknown = 'skip'
  assert.deepEqual(royal.nearest({ positive: ['king', 'kng'] }, { unknown }), royal.nearest('king'))
  assert.deepEqual(royal.nearestBatch(['kng', 'king'], { unknown }), [[], royal.nearest('king')])
  assert.deepEqual(royal.nearest('kng', { unknown, method: 'multiply' }), [])
  assert.deepEqual(royal.analogy('man', 'kng', 'woman', { unknown }), [])
  assert.equal(royal.oddOneOut(['king', 'queen', 'kng', 'ring', 'man', 'woman'], { unknown }), 'ring')
  assert.throws(() => royal.oddOneOut(['king', 'queen', 'kng'], { unknown }), { code: 'usage' })
  assert.equal(wordMoversDistance(royal, ['kng'], ['king'], { unknown }), Number.POSITIVE_INFINITY)
  assert.deepEqual([...royal.meanVector(['kng'], { unknown })], [0, 0, 0, 0, 0])
  for (const call of [
    () => royal.rank('king', 'kng'),
    () => royal.centrality(['king', 'kng']),
    () => royal.nSimilarity(['king'], ['kng']),
    () => royal.meanVector(['kng']),
    () => wordMoversDistance(royal, ['king'], ['kng']),
  ])
    assert.throws(call, { code: 'unknown-word' }, String(call))
  for (const call of [
    () => royal.nearest('king', { unknown: 'guess' as 'skip' }),
    () => royal.nearest({ positive: [['king', 2]] }, { method: 'multiply' }),
    () => royal.nearest('king', { threshold: Number.NaN }),
    () => royal.nSimilarity([], ['king']),
    () => royal.meanVector([]),
    () => royal.centrality([]),
    () => royal.oddOneOut('king' as unknown as string[]),
  ])
    assert.throws(call, { code: 'usage' }, String(call))
})

test('of equally central words the first comes first', () => {
  const same = vectorsOf({ a: [1, 0], b: [2, 0], c: [0.5, 0], d: [-1, 0] })
  assert.deepEqual(wordsOf(same.centrality(['c', 'd', 'a', 'b'])), ['c', 'a', 'b', 'd'])
  assert.equal(same.rank('a', 'c'), 1)
  assert.deepEqual(same.closerThan('a', 'd'), ['b', 'c'])
})
