import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { partsOf } from '#classification/classifier'
import {
  type Classifier,
  loadClassifier,
  type QuantizeOptions,
  quantizeClassifier,
  saveClassifier,
} from '#classification/index'
import type { PlainRows } from '#classification/rows'
import { norm, row } from '#math/index'
import { model, predicted, skip, sparse, texts, trained } from './classifiers.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-quantized-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, name)

/** Labels and probabilities as fastText gives them for a .ftz, which are ours, before and after it is written. */
async function assertSame(classifier: Classifier, path: string): Promise<void> {
  await saveClassifier(classifier, path)
  const again = await loadClassifier(path)
  const theirs = predicted(path, texts)
  for (const [i, text] of texts.entries()) {
    const own = classifier.predict(text, { count: 3 })
    assert.deepEqual(again.predict(text, { count: 3 }), own)
    assert.equal(theirs[i]!.length, own.length)
    for (const [label, probability] of theirs[i]!) {
      const mine = own.find(one => `__label__${one.label}` === label)
      assert.ok(mine && Math.abs(mine.probability - probability) < 2e-5, `${label} of "${text}"`)
    }
  }
}

const ways: QuantizeOptions[] = [
  {},
  { norms: true },
  { cutoff: 256 },
  { cutoff: 300, norms: true },
  { cutoff: 300, subvectorSize: 3 },
  { subvectorSize: 1, norms: true, seed: 7 },
]
for (const way of ways)
  test(`fastText predicts from a .ftz of ${JSON.stringify(way)} as we do`, { skip }, async () => {
    const { classifier, rows } = await quantizeClassifier(trained(), way)
    assert.equal(rows.after, way.cutoff ?? rows.before)
    await assertSame(classifier, file('q.ftz'))
  })

test('codes of a classifier with rows of some buckets alone', { skip }, async () => {
  const classifier = sparse({ places: 400 })
  for (const cutoff of [undefined, 300])
    await assertSame((await quantizeClassifier(classifier, { cutoff })).classifier, file('s.ftz'))
})

test('codes of output rows, of which there must be 256', { skip }, async () => {
  const labels = Array.from({ length: 300 }, (_, i) => `__label__${i}`)
  const many = sparse({ places: 400, labels })
  await assertSame((await quantizeClassifier(many, { outputs: true, norms: true })).classifier, file('o.ftz'))
  await assert.rejects(quantizeClassifier(trained(), { outputs: true }), {
    code: 'usage',
    message: /there are 3 rows of labels; expected at least 256, .* Leave outputs out/,
  })
})

test('a cut keeps the longest rows, the mark for the end of a line, and the order of words', async () => {
  const classifier = trained()
  const { words, kept, input } = partsOf(classifier)
  const cut = partsOf((await quantizeClassifier(classifier, { cutoff: 300 })).classifier)
  assert.equal(kept, undefined)
  const { matrix } = input as PlainRows
  const lengths = Array.from({ length: matrix.rows }, (_, i) => norm(row(matrix, i)))
  const stays = (i: number) =>
    i < words.size ? cut.words.idOf(words.bytes(i)) !== undefined : cut.kept!.has(i - words.size)
  const all = lengths.map((_, i) => i)
  const [inside, outside] = [all.filter(stays), all.filter(i => !stays(i))]
  assert.equal(inside.length, 300)
  const shortest = Math.min(...inside.filter(i => words.word(i) !== '</s>').map(i => lengths[i]!))
  assert.ok(outside.every(i => lengths[i]! <= shortest))
  assert.notEqual(cut.words.idOf('</s>'), undefined)
  const ids = [...cut.words.words()].map(word => words.idOf(word)!)
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
  )
})

test('kept rows learn again from labelled lines, and fastText predicts from them as we do', {
  skip,
}, async () => {
  const classifier = trained()
  const label = (text: string) => (text.length % 2 ? 'rain' : 'snow')
  const lines = texts.map(text => ({ text, label: label(text) }))
  const way = { cutoff: 300, norms: true, evaluate: lines }
  const plain = await quantizeClassifier(classifier, way)
  const again = await quantizeClassifier(classifier, {
    ...way,
    retrain: lines,
    epochs: 20,
    learningRate: 0.5,
  })
  assert.equal(again.rows.after, 300)
  assert.ok(again.loss!.accuracyAfter! > plain.loss!.accuracyAfter! + 0.2)
  await assertSame(again.classifier, file('again.ftz'))
})

test('a seed gives the same bytes', async () => {
  const bytes = async (seed: number) => {
    const { classifier } = await quantizeClassifier(trained(), { seed, norms: true })
    await saveClassifier(classifier, file('seed.ftz'))
    return readFileSync(file('seed.ftz'))
  }
  assert.ok((await bytes(1)).equals(await bytes(1)))
  assert.ok(!(await bytes(1)).equals(await bytes(2)))
})

test('the loss tells accuracies of labelled texts, and the share of the same labels of others', async () => {
  const classifier = trained()
  const label = (text: string) => classifier.predict(text)[0]!.label
  const evaluate = texts.map(text => ({ text, label: label(text) }))
  const { loss } = await quantizeClassifier(classifier, { norms: true, evaluate })
  assert.deepEqual([loss!.labelled, loss!.accuracyBefore], [loss!.texts, 1])
  assert.ok(loss!.accuracyAfter! > 0.8 && loss!.accuracyAfter === loss!.sameLabel)
  const plain = await quantizeClassifier(classifier, { evaluate: { lines: texts.slice(0, 5) } })
  assert.deepEqual([plain.loss!.accuracyBefore, plain.loss!.accuracyAfter], [undefined, undefined])
  assert.equal((await quantizeClassifier(classifier, { evaluate: { lines: [] } })).loss, undefined)
})

test('what cannot be coded is refused', async () => {
  const usage = (promise: Promise<unknown>, message: RegExp) =>
    assert.rejects(promise, { code: 'usage', message })
  await usage(quantizeClassifier(await loadClassifier(model('cut.ftz'))), /its rows are codes already/)
  await usage(quantizeClassifier(sparse({})), /there are 23 rows of words and n-grams; expected at least 256/)
  await usage(
    quantizeClassifier(trained(), { cutoff: 100 }),
    /cutoff is 100; expected a whole number from 256 up/,
  )
  await usage(quantizeClassifier(trained(), { subvectorSize: 99 }), /rows have 8 columns/)
  await usage(quantizeClassifier(trained(), { retrain: [] }), /retrain has no effect without cutoff/)
  await usage(quantizeClassifier(trained(), { epochs: 3 }), /epochs has no effect without retrain/)
  await usage(quantizeClassifier(trained(), { dsub: 2 } as never), /dsub/)
  await usage(quantizeClassifier('x' as never), /a value of type string is given/)
})
