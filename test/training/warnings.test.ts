import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TrainCall } from 'wordloom/training'
import { train } from 'wordloom/training'
import { textOf, type Words } from '#errors'
import { trainOn } from './foreseeable-text.js'

/** 101 words, 11 of which are seen 5 times or more. */
const lines = Array.from(
  { length: 30 },
  (_, i) =>
    `the kettle of oakham estate ${['matcha', 'lace', 'pan'][i % 3]} single pyramid rare${i} odd${i} hapax${i}`,
)

async function toldBy(call: TrainCall) {
  const warnings: Words[] = []
  const onWarning = (sentence: string, words: Words) => {
    assert.equal(sentence, textOf(words))
    warnings.push(words)
  }
  return { model: await train({ lines }, { onWarning, ...call }), warnings }
}

const asFlag = ({ option, value }: { option: string; value: unknown }) =>
  `--${option}${value === undefined ? '' : ` ${value}`}`

for (const [objective, loss] of [
  ['negative-sampling', '4.159'],
  ['softmax', '2.303'],
] as const)
  test(`${objective}: a loss of vectors that know nothing is said, with what to try; every door writes it`, async () => {
    const { model, warnings } = await toldBy({ objective })
    assert.equal(warnings.length, 2)
    assert.equal(
      textOf(warnings[1]!),
      `hardly anything was learned: the loss is ${loss}, and vectors that know nothing have ${loss}. Try epochs: 700, minCount: 1, dimensions: 20`,
    )
    assert.match(textOf(warnings[1]!, asFlag), /Try --epochs 700, --minCount 1, --dimensions 20$/)
    assert.ok(Math.abs(model.losses.at(-1)! - Number(loss)) < 1e-2)
  })

test('hierarchical softmax knows its loss at zero, too', async () => {
  const { warnings } = await toldBy({ objective: 'hierarchical-softmax', learningRate: 1e-6 })
  assert.match(textOf(warnings.at(-1)!), /^hardly anything was learned: /)
})

test('a text of one word a line is told so', async () => {
  const lines = [...Array.from({ length: 90 }, (_, n) => `word${n % 9}`), 'word1 word2']
  const told: string[] = []
  const call = { minCount: 1, subsampling: 0, threads: 1, epochs: 1 }
  await train({ lines }, { ...call, onWarning: (sentence: string) => void told.push(sentence) })
  assert.ok(
    told.includes(
      'hardly anything was learned: most lines have one word, and a pair of words needs two in a line. Put the words of a sentence on one line',
    ),
    `${told}`,
  )
})

test('a run that learns is not told that it did not', async () => {
  const told: string[] = []
  await trainOn({ onWarning: (sentence: string) => void told.push(sentence) })
  assert.deepEqual(told, [])
  const { warnings } = await toldBy({ minCount: 1, epochs: 500, dimensions: 20 })
  assert.deepEqual(warnings, [])
})

test('words that are left out are counted, in a warning if they are many and in the file', async () => {
  const { model, warnings } = await toldBy({})
  assert.equal(
    textOf(warnings[0]!),
    '90 of 100 different words seen fewer than 5 times (minCount) were left out, and with them 27.3 % of the text',
  )
  assert.deepEqual(JSON.parse(model.vectors.metadata.leftOut!), { tokens: 90, words: 90, minCount: 5 })
  assert.equal((await toldBy({ minCount: 1 })).model.vectors.metadata.leftOut, undefined)
  const few = await toldBy({ minCount: 1, maxWords: 6 })
  assert.match(textOf(few.warnings[0]!), /or beyond the most frequent 6 \(maxWords\) were left out/)
})

test('words that a vocabulary given lacks are told by their share of the text', async () => {
  const { vocabulary } = await train({ lines })
  const { model, warnings } = await toldBy({ vocabulary })
  assert.match(textOf(warnings[0]!), /^words that are not in the vocabulary given were left out, .* 27\.3 %/)
  assert.deepEqual(JSON.parse(model.vectors.metadata.leftOut!), { tokens: 90, minCount: 5 })
})

test('a model whose words were not trained says so in its file', async () => {
  assert.equal((await toldBy({ architecture: 'pv-dbow' })).model.vectors.metadata.wordVectors, 'untrained')
  assert.equal((await toldBy({ architecture: 'pv-dm' })).model.vectors.metadata.wordVectors, undefined)
})

test('words to keep that the text lacks are told; the others are learned', async () => {
  const { model, warnings } = await toldBy({ keepWords: ['rare3', 'odd7', 'absent', 'gone'] })
  assert.equal(textOf(warnings[1]!), '"absent" and 1 more of keepWords are not in the text')
  assert.ok(model.vectors.has('rare3') && model.vectors.has('odd7') && !model.vectors.has('rare4'))
  assert.deepEqual(JSON.parse(model.vectors.metadata.options!).keepWords, ['rare3', 'odd7', 'absent', 'gone'])
})

test('limits of the vocabulary that is given have no effect, and training says so', async () => {
  const { vocabulary } = await train({ lines })
  for (const limit of [{ minCount: 2 }, { maxWords: 5 }, { keepWords: ['tea'] }]) {
    const told = (await toldBy({ vocabulary, ...limit })).warnings.map(words => textOf(words))
    const name = Object.keys(limit)[0]!
    assert.ok(
      told.includes(`${name} is given, and has no effect: all words of vocabulary are learned`),
      told.join(),
    )
  }
})
