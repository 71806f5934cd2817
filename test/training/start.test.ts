import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WordloomError } from 'wordloom'
import { read } from 'wordloom/formats'
import { Vocabulary } from 'wordloom/text'
import { type TrainCall, train } from 'wordloom/training'
import type { WordVectors } from 'wordloom/vectors'
import { row } from '#math/matrix'

const text = {
  lines: Array.from(
    { length: 60 },
    (_, i) => `the cat eats and the dog eats fish ${i % 2 ? 'here' : 'there'}`,
  ),
}
const still = { minCount: 1, epochs: 1, learningRate: 1e-9 } as const

function vectorFile(lines: string[], name = 'glove.txt'): Promise<WordVectors> {
  return read({ name, size: undefined, chunks: [new TextEncoder().encode(`${lines.join('\n')}\n`)] })
}

const glove = await vectorFile(['cat 1 2 3', 'lion 4 5 6', 'dog -7 8 9'])

test('words of text and file start from the file, others as usual, output vectors at zero where it has none', async () => {
  const { vectors, start } = await train(text, { ...still, from: glove })
  assert.deepEqual([...vectors.vector('cat')!].map(Math.round), [1, 2, 3])
  assert.deepEqual([...vectors.vector('dog')!].map(Math.round), [-7, 8, 9])
  assert.equal(vectors.has('lion'), false)
  assert.ok(vectors.vector('fish')!.every(number => Math.abs(number) <= 0.5 / 3))
  for (let id = 0; id < vectors.size; id++)
    assert.ok(row(vectors.outputVectors!, id).every(number => Math.abs(number) < 1e-6))
  assert.deepEqual(start, {
    continues: false,
    given: 3,
    matched: 2,
    fresh: 6,
    inText: 2,
    outputVectors: 'absent',
    frozen: 0,
  })
  assert.deepEqual(JSON.parse(vectors.metadata.start!), start)
})

test('counts are those of the new text, and other words are as they would be without a file', async () => {
  const [from, plain] = [
    await train(text, { ...still, from: glove }),
    await train(text, { ...still, dimensions: 3 }),
  ]
  assert.deepEqual(from.vocabulary.counts, plain.vocabulary.counts)
  assert.deepEqual([...from.vocabulary.words()], [...plain.vocabulary.words()])
  for (const word of ['fish', 'the', 'here'])
    from.vectors.vector(word)!.forEach((number, i) => {
      assert.ok(Math.abs(number - plain.vectors.vector(word)![i]!) < 1e-6)
    })
})

test('output vectors are taken, too, where the file has them', async () => {
  const first = await train(text, { minCount: 1, dimensions: 5 })
  const { vectors, start } = await train(text, { ...still, from: first })
  assert.equal(start!.outputVectors, 'given')
  for (const which of ['matrix', 'outputVectors'] as const)
    vectors[which]!.data.forEach((number, i) => {
      assert.ok(Math.abs(number - first.vectors[which]!.data[i]!) < 1e-6)
    })
})

test('words to be frozen that the text lacks are passed over', async () => {
  const { start, vectors } = await train(text, {
    minCount: 1,
    from: glove,
    frozen: ['cat', 'lion'],
    learningRate: 0.1,
  })
  assert.equal(start!.frozen, 1)
  assert.deepEqual([...vectors.vector('cat')!], [1, 2, 3])
  assert.notDeepEqual([...vectors.vector('dog')!], [-7, 8, 9])
})

const counted = Vocabulary.of(['cat', 'dog'], Float64Array.of(3, 2))
const strange = await vectorFile(['Katze 1 2 3', 'Hund 4 5 6'])

const refusals: [string, TrainCall, WordloomError['code'], RegExp][] = [
  [
    'other dimensions',
    { from: glove, dimensions: 9 },
    'usage',
    /dimensions is 9, and the vectors given have 3\. Leave dimensions out/,
  ],
  [
    'a model without counts',
    { continue: glove },
    'bad-data',
    /the 3 words of the model to continue come without counts.*use from/,
  ],
  [
    'two starts',
    { from: glove, continue: glove },
    'usage',
    /both from and continue are given.*Leave one out/,
  ],
  [
    'a vocabulary beside a model',
    { continue: glove, vocabulary: counted },
    'usage',
    /both continue and vocabulary are given.*Use from in its place, or leave out vocabulary/,
  ],
  [
    'no word in common',
    { from: strange },
    'bad-data',
    /none of the 8 words of the text is among the 2 with a vector/,
  ],
  ['frozen words and no start', { frozen: ['cat'] }, 'usage', /no vectors are given\. Use from or continue/],
  [
    'a frozen word that the file lacks',
    { from: glove, frozen: ['catt', 'fish'] },
    'unknown-word',
    /^Cannot freeze "catt" and 1 more: they have no vector among those given\. Did you mean cat\?$/,
  ],
  [
    'a frozen word of the text without a vector',
    { from: glove, frozen: ['fish'] },
    'unknown-word',
    /^Cannot freeze "fish": it has no vector among those given\. Check/,
  ],
  [
    'frozen words as one string',
    { from: glove, frozen: 'cat' as 'given' },
    'usage',
    /frozen is "cat"; expected 'given' or an array of words/,
  ],
  [
    'a path for vectors',
    { from: 'glove.txt' as unknown as WordVectors },
    'usage',
    /from is of type string; expected WordVectors or a Model\. Open a file with load/,
  ],
]

for (const [does, call, code, says] of refusals)
  test(`refused in one sentence: ${does}`, async () => {
    await assert.rejects(train(text, { minCount: 1, ...call }), (error: unknown) => {
      assert.ok(error instanceof WordloomError, String(error))
      assert.equal(error.code, code)
      assert.match(error.message, says)
      assert.ok(!error.message.includes('\n'))
      return true
    })
  })
