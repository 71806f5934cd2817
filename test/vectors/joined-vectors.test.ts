import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allocateMatrix, row } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import {
  compress,
  joinColumns,
  joinWords,
  SubwordVectors,
  WordVectors,
  type WordVectorsParts,
  withoutWords,
} from '#vectors/index'

type Rows = Readonly<Record<string, readonly number[]>>

function vectorsOf(
  rows: Rows,
  counts?: readonly number[],
  parts: Partial<WordVectorsParts> = {},
): WordVectors {
  const words = Object.keys(rows)
  const matrix = allocateMatrix(words.length, rows[words[0]!]!.length)
  for (const [i, word] of words.entries()) row(matrix, i).set(rows[word]!)
  const vocabulary = Vocabulary.of(words, counts && Float64Array.from(counts))
  return new WordVectors({ vocabulary, matrix, ...parts })
}

const contentOf = ({ vocabulary, matrix }: WordVectors) =>
  Object.fromEntries([...vocabulary.words()].map((word, id) => [word, [...row(matrix, id)]]))

const a = vectorsOf({ x: [1, 2], y: [3, 4] }, [9, 5])
const b = vectorsOf({ y: [30, 40], z: [5, 6] }, [7, 1])
const c = vectorsOf({ z: [1, 1], y: [0, -0] })

test('words of all inputs stand in the order in which they come, and a shared one has the row that is chosen', () => {
  for (const [both, y] of [
    [undefined, [3, 4]],
    ['first', [3, 4]],
    ['last', [30, 40]],
    ['mean', [16.5, 22]],
  ] as const) {
    const { vectors, shared, partial } = joinWords([a, b], both && { both })
    assert.deepEqual(contentOf(vectors), { x: [1, 2], y, z: [5, 6] })
    assert.deepEqual([...vectors.vocabulary.words()], ['x', 'y', 'z'])
    assert.deepEqual([shared, partial], [1, 2])
    const count = { first: 5, last: 7, mean: 12 }[both ?? 'first']
    assert.deepEqual([...vectors.vocabulary.counts], [9, count, 1])
  }
  assert.deepEqual(contentOf(joinWords([a, b, c], { both: 'last' }).vectors).y, [0, -0])
  assert.throws(() => joinWords([a, b], { both: 'refuse' }), {
    code: 'bad-data',
    message: /1 word is in more than one input, such as "y". Say with both which row to take/,
  })
})

test('columns stand side by side, with the words of all or with zeros', () => {
  const { vectors, partial } = joinColumns([a, b, c])
  assert.deepEqual(contentOf(vectors), { y: [3, 4, 30, 40, 0, -0] })
  assert.equal(partial, 2)
  const all = joinColumns([a, b], { missing: 'zeros' }).vectors
  assert.deepEqual(contentOf(all), { x: [1, 2, 0, 0], y: [3, 4, 30, 40], z: [0, 0, 5, 6] })
  assert.deepEqual([...all.vocabulary.counts], [9, 5, 1])
  assert.throws(() => joinColumns([a, vectorsOf({ q: [1] })]), {
    code: 'bad-data',
    message: /no word is in all of them. Give missing: 'zeros'/,
  })
})

test('what is lost is told, and how the inputs were made is kept', () => {
  const settings = { minNgram: 3, maxNgram: 3, buckets: 2 }
  const rich = vectorsOf({ x: [1, 2] }, [3], {
    subwords: new SubwordVectors({ settings, matrix: allocateMatrix(2, 2) }),
    outputVectors: allocateMatrix(1, 2),
    metadata: { loss: '0.5', history: '[{"loss":0.7}]' },
  })
  const { vectors } = joinWords([rich, c])
  assert.deepEqual(vectors.warnings, [
    'left out of the joined vectors: vectors of sub-words; output vectors; counts, which not all inputs have',
  ])
  assert.deepEqual([...vectors.vocabulary.counts], [0, 0, 0])
  assert.deepEqual(JSON.parse(vectors.metadata.history!), [{ loss: 0.7 }, { loss: 0.5 }])
  assert.deepEqual(JSON.parse(vectors.metadata.joined!), {
    by: 'words',
    both: 'first',
    words: [1, 2],
    shared: 0,
  })
  const small = compress(vectorsOf({ x: [1, 2], y: [3, 4] }), { precision: 'int8' }).vectors
  const joined = joinWords([small, b]).vectors
  assert.equal(joined.encoded, undefined)
  assert.deepEqual(joined.warnings, [
    'left out of the joined vectors: counts, which not all inputs have',
    'rows that were kept in fewer bytes are float32 in the joined vectors',
  ])
  assert.deepEqual(contentOf(joined).x, [...small.vector('x')!])
})

test('inputs that cannot be joined are refused', () => {
  const wide = vectorsOf({ x: [1, 2, 3] })
  assert.throws(() => joinWords([a, wide]), { code: 'usage', message: /their rows have 2 and 3 numbers/ })
  for (const models of [[a], [], 'a', [a, 'b'], undefined])
    for (const join of [joinWords, joinColumns])
      assert.throws(() => join(models as never), {
        code: 'usage',
        message: /expected two or more WordVectors/,
      })
  assert.throws(() => joinWords([a, b], { both: 'other' as never }), {
    code: 'usage',
    message: /both is "other"/,
  })
  assert.throws(() => joinColumns([a, b], { missing: 1 as never }), {
    code: 'usage',
    message: /missing is 1/,
  })
})

test('words are removed with all that belongs to them', () => {
  const output = allocateMatrix(2, 2)
  row(output, 1).set([8, 9])
  const rich = vectorsOf({ x: [1, 2], y: [3, 4] }, [9, 5], { outputVectors: output, metadata: { loss: '1' } })
  const { vectors, removed, unknown } = withoutWords(rich, [
    'x',
    'x',
    'nobody',
    new TextEncoder().encode('none'),
  ])
  assert.deepEqual([removed, unknown], [1, 2])
  assert.deepEqual(contentOf(vectors), { y: [3, 4] })
  assert.deepEqual([...vectors.vocabulary.counts], [5])
  assert.deepEqual([...row(vectors.outputVectors!, 0)], [8, 9])
  assert.deepEqual(vectors.metadata, { loss: '1', wordsRemoved: '1' })
  assert.throws(() => withoutWords(a, ['x', 'y']), { code: 'usage', message: /no word would be left/ })
})

test('rows in fewer bytes stay so when words are removed', () => {
  const words = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`w${i}`, [i, -i, 1, i / 7]]))
  for (const precision of ['float16', 'int8', 'pq'] as const) {
    const small = compress(vectorsOf(words), { precision }).vectors
    const { vectors } = withoutWords(small, ['w0', 'w7'])
    assert.equal(vectors.encoded?.precision, precision)
    for (const word of ['w1', 'w8', 'w299']) assert.deepEqual(vectors.vector(word), small.vector(word))
  }
})
