import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { load, save } from '#formats/index'
import { row } from '#math/matrix'
import { openIndex } from '#search/index'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { train } from '#training/index'
import { sentenceVectors, WordVectors } from '#vectors/index'

const vectors = WordVectors.allocate(Vocabulary.of(['cat', 'dog', 'fish']), 2)
for (const [id, numbers] of [
  [1, 0],
  [1, 1],
  [0, 1],
].entries())
  row(vectors.matrix, id).set(numbers)

const usage = (message: RegExp) => ({ code: 'usage', message })

test('a query that cannot be one says what was meant', async () => {
  const wrong: [unknown, RegExp][] = [
    [
      ['cat', 'dog'],
      /the query is an array of words; .* For their sum give \{ positive: words \}; for a list for each call nearestBatch\(words\)\./,
    ],
    [[0.1, 0.2], /the query is an array; .* For a vector give Float32Array\.from\(numbers\)\./],
    [Float64Array.of(1, 2), /the query is a Float64Array; .* For a vector give Float32Array\.from/],
    [{ positive: [] }, /the query is empty/],
  ]
  const index = await openIndex(vectors, 'exact', { threads: 1 })
  for (const [query, message] of wrong) {
    assert.throws(() => vectors.nearest(query as never), usage(message))
    await assert.rejects(index.nearest(query as never), usage(message))
  }
})

test('options of a search are a count or an object', async () => {
  const index = await openIndex(vectors, 'exact', { threads: 1 })
  const wrong: [unknown, string][] = [
    ['5', 'the options are "5"'],
    ['x', 'the options are "x"'],
    [[3], 'the options are an array'],
    [null, 'the options are null'],
    [false, 'the options are a value of type boolean'],
  ]
  for (const [options, found] of wrong) {
    const error = usage(
      new RegExp(`^Cannot search: ${found}; expected a whole number, the count, or an object`),
    )
    assert.throws(() => vectors.nearest('cat', options as never), error)
    assert.throws(() => vectors.nearestBatch(['cat'], options as never), error)
    await assert.rejects(index.nearest('cat', options as never), error)
  }
  assert.equal(vectors.nearest('cat', 1).length, 1)
})

test('vectors of another realm are vectors', () => {
  const foreign = runInNewContext('Float32Array.of(1, 0.9)') as Float32Array
  assert.ok(!(foreign instanceof Float32Array))
  const own = vectors.nearest(Float32Array.of(1, 0.9))
  assert.deepEqual(vectors.nearest(foreign), own)
  assert.deepEqual(vectors.nearest({ positive: [[foreign, 2]] })[0]!.word, own[0]!.word)
  const pooled = sentenceVectors(vectors, [['cat'], ['dog']], { pooling: 'mean' })
  assert.equal(pooled.nearest(foreign, 1)[0]!.sentence, 1)
})

test('vectors are one line in a console, and can be looked into all the same', () => {
  assert.equal(inspect(vectors), 'WordVectors, 3 words × 2')
  assert.equal(inspect({ vectors }), '{ vectors: WordVectors, 3 words × 2 }')
  assert.equal(
    inspect(vectors.with({ metadata: { architecture: 'cbow' } })),
    'WordVectors, 3 words × 2, cbow',
  )
})

test('rows that are not finite have no cosine, and that is 0', () => {
  const wrong = WordVectors.allocate(Vocabulary.of(['a', 'b']), 2)
  row(wrong.matrix, 0).set([Number.POSITIVE_INFINITY, 1])
  row(wrong.matrix, 1).set([1, 1])
  assert.equal(wrong.similarity('a', 'b'), 0)
})

test('to save without a name is a slip of the call', async () => {
  const lines = ['a b c', 'c b a']
  const model = await train({ lines }, { minCount: 1, dimensions: 2, epochs: 1, threads: 1, subsampling: 0 })
  for (const [path, found] of [
    [undefined, 'the path is a value of type undefined'],
    [null, 'the path is null'],
    [7, 'the path is a value of type number'],
    ['', 'the path is empty'],
  ])
    await assert.rejects(model.save(path as never), {
      code: 'usage',
      message: `Cannot save the vectors: ${found}; expected a file name, such as "vectors.safetensors".`,
    })
  await assert.rejects(model.save('x.vec', { fromat: 'glove' } as never), {
    code: 'usage',
    message: 'Cannot save the vectors: there is no option fromat. Did you mean format?',
  })
  await assert.rejects(save(model as never, 'x.bin'), {
    code: 'usage',
    message:
      'Cannot save the vectors: a model is given; expected WordVectors. Give its vectors (model.vectors), or call model.save(path).',
  })
  await assert.rejects(save('x.bin' as never, 'x.bin'), {
    code: 'usage',
    message: /a value of type string is given/,
  })
})

test('to load needs a name, and an address is asked otherwise', async () => {
  await assert.rejects(load('x.vec', { limt: 5 } as never), {
    code: 'usage',
    message: 'Cannot load word vectors: there is no option limt. Did you mean limit?',
  })
  for (const path of [undefined, {}, ''])
    await assert.rejects(load(path as never), {
      code: 'usage',
      message: /^Cannot load word vectors: the path is /,
    })
  await assert.rejects(load('https://example.org/v.vec'), {
    code: 'usage',
    message: /is an address, not a file\. Ask it with openVectorFile/,
  })
})
