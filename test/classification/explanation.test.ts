import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { type Classifier, loadClassifier } from '#classification/index'

const models = fileURLToPath(new URL('../../../test/classification/models/', import.meta.url))
const texts = readFileSync(join(models, 'texts.txt'), 'utf8').split('\n').slice(0, -1)

const lines = fc
  .array(fc.constantFrom(...texts.flatMap(text => text.split(' ')), 'zebra', '__label__x', '你好'), {
    maxLength: 9,
  })
  .map(words => words.join(' '))

const close = (a: number, b: number) => Math.abs(a - b) < 1e-5 * Math.max(1, Math.abs(b))
const scoresOf = (classifier: Classifier, text: string) =>
  classifier.labels.map(label => classifier.explain(text, label)!.score)

for (const file of ['softmax.bin', 'coded.ftz'])
  test(`${file}: what the parts say adds up to the score from which softmax makes the probability`, async () => {
    const classifier = await loadClassifier(join(models, file))
    const property = fc.property(lines, text => {
      const probabilities = classifier.probabilities(text)!
      const powers = scoresOf(classifier, text).map(Math.exp)
      const sum = powers.reduce((a, b) => a + b)
      for (const [i, power] of powers.entries()) assert.ok(close(power / sum, probabilities[i]!), text)
    })
    fc.assert(property, { numRuns: 40 })
  })

test('one label against all: the probability is σ of the score, as exactly as fastText’s table', async () => {
  const classifier = await loadClassifier(join(models, 'ova.bin'))
  const step = 16 / 512
  for (const text of texts)
    for (const [i, score] of scoresOf(classifier, text).entries()) {
      const probability = classifier.probabilities(text)![i]!
      assert.ok(Math.abs(probability - 1 / (1 + Math.exp(-score))) <= step / 4 + 1e-3, text)
    }
})

for (const file of ['hs.bin', 'cut.ftz'])
  test(`${file}: in a tree the score is the sum of log-odds, of which each turn makes a probability`, async () => {
    const classifier = await loadClassifier(join(models, file))
    const property = fc.property(lines, fc.constantFrom(...classifier.labels), (text, label) => {
      const { measure, score, turns, probability } = classifier.explain(text, label)!
      assert.equal(measure, 'log-odds')
      const chance = turns.reduce((product, turn) => product / (1 + Math.exp(-turn)), 1)
      assert.ok(close(chance, probability), text)
      assert.ok(
        close(
          score,
          turns.reduce((a, b) => a + b),
        ),
        text,
      )
    })
    fc.assert(property, { numRuns: 40 })
  })

test('parts stand in the order of the text, n-grams of characters with their word', async () => {
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const { parts, unknown, rows, score } = classifier.explain(`${texts[0]} zebra`, 'sun')!
  const words = parts.filter(({ kind }) => kind === 'word').map(({ text }) => text)
  const all = [...`${texts[0]} zebra`.split(' '), '</s>']
  assert.deepEqual([...words, ...unknown].sort(), all.sort())
  const own = parts.reduce((sum, { own, characters }) => sum + Number(own !== null) + characters.length, 0)
  assert.equal(own, rows)
  for (const { value, own, characters } of parts)
    assert.ok(
      close(
        value,
        characters.reduce((sum, ngram) => sum + ngram.value, own ?? 0),
      ),
    )
  assert.ok(
    close(
      score,
      parts.reduce((sum, { value }) => sum + value, 0),
    ),
  )
  assert.throws(() => classifier.explain('a', 'snwo'), {
    code: 'usage',
    message: /has no label "snwo"; expected one of its 6 labels, such as snow/,
  })
})

test('a long text is explained word by word', async () => {
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const text = texts.join(' ')
  const times = Math.ceil(30_000 / text.split(' ').length)
  const { parts, unknown } = classifier.explain(Array(times).fill(text).join(' '))!
  const words = parts.filter(({ kind }) => kind === 'word')
  assert.ok(words.length + unknown.length > 20_000)
  assert.ok(words.every(({ first }, i) => i === 0 || first > words[i - 1]!.first))
})
