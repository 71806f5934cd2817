import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadClassifier, quantizeClassifier, saveClassifier, trainClassifier } from '#classification/index'
import { load, save } from '#formats/index'
import { labelled, model, predicted, skip, sparse, tested, texts } from './classifiers.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-classifiers-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, name)

const files = ['softmax.bin', 'hs.bin', 'ns.bin', 'ova.bin', 'cut.ftz', 'coded.ftz']

for (const name of files) {
  test(`${name} of fastText's is written byte for byte as fastText wrote it`, async () => {
    const warnings: string[] = []
    await saveClassifier(await loadClassifier(model(name)), file(name), { onWarning: w => warnings.push(w) })
    assert.ok(readFileSync(file(name)).equals(readFileSync(model(name))))
    assert.deepEqual(warnings, [])
  })

  test(`${name} comes back from .safetensors with the same probabilities, and from that as the same file`, async () => {
    const before = await loadClassifier(model(name))
    const stored = file(`${name}.safetensors`)
    await saveClassifier(before, stored)
    const after = await loadClassifier(stored)
    assert.deepEqual(
      [after.labels, after.loss, after.metadata],
      [before.labels, before.loss, before.metadata],
    )
    for (const text of texts)
      assert.deepEqual(after.predict(text, { count: 10 }), before.predict(text, { count: 10 }))
    if (name === 'cut.ftz') return // fastText has buckets in an order of chance, and .safetensors by their places
    await saveClassifier(after, file(name))
    assert.ok(readFileSync(file(name)).equals(readFileSync(model(name))))
  })
}

for (const loss of ['softmax', 'hierarchical-softmax', 'negative-sampling', 'one-vs-all'] as const)
  test(`${loss}: fastText predicts from a .bin with rows of some buckets as we do`, { skip }, async () => {
    const classifier = sparse({ loss })
    const path = file(`${loss}.bin`)
    await saveClassifier(classifier, path)
    const again = await loadClassifier(path)
    for (const text of texts) {
      const own = classifier.predict(text, { count: 3 })
      for (const [i, { label, probability }] of again.predict(text, { count: 3 }).entries()) {
        assert.equal(label, own[i]!.label)
        assert.ok(Math.abs(probability - own[i]!.probability) < 1e-7, text)
      }
    }
    const theirs = predicted(path, texts)
    for (const [i, text] of texts.entries()) {
      const own = classifier.predict(text, { count: 3 })
      assert.equal(theirs[i]!.length, own.length)
      for (const [label, probability] of theirs[i]!) {
        const mine = own.find(one => `__label__${one.label}` === label)
        assert.ok(mine && Math.abs(mine.probability - probability) < 2e-5 + 1e-6, `${label} of "${text}"`)
      }
    }
  })

test('labels of other prefixes and with blanks get what fastText needs, and it is told', async () => {
  const warnings: string[] = []
  const tell = { onWarning: (sentence: string) => warnings.push(sentence) }
  const classifier = sparse({ labelPrefix: '#', labels: ['#science fiction', '#rain', '#a\u00a0b'] })
  await saveClassifier(classifier, file('blank.bin'), tell)
  assert.deepEqual((await loadClassifier(file('blank.bin'))).labels, ['science_fiction', 'rain', 'a\u00a0b'])
  assert.match(warnings.join('\n'), /the blanks of 1 label are _ in the file/)
  assert.match(warnings.join('\n'), /labels begin with __label__ in the file, not with #/)
  const clash = sparse({ labelPrefix: '', labels: ['a b', 'a_b', 'c'] })
  await assert.rejects(saveClassifier(clash, file('clash.bin')), {
    code: 'bad-data',
    message: /two labels would be "__label__a_b"/,
  })
  const word = sparse({ labelPrefix: '', labels: ['x', 'y', 'z'], words: ['</s>', '__label__x', 'wind'] })
  await assert.rejects(saveClassifier(word, file('clash.bin')), {
    message: /"__label__x" is a label and a word/,
  })
  await saveClassifier(clash, file('clash.safetensors'))
  assert.deepEqual((await loadClassifier(file('clash.safetensors'))).labels, ['a b', 'a_b', 'c'])
})

test('cleaning and metadata are kept by .safetensors, and told where there is no room for them', async () => {
  const classifier = sparse({
    cleaning: { lowercase: true, punctuation: 'apart' },
    metadata: { creator: 'wordloom 0.2', options: '{"epochs":7}', note: 'x' },
    extra: { later: [1, 2] },
  })
  const warnings: string[] = []
  await saveClassifier(classifier, file('clean.bin'), { onWarning: sentence => warnings.push(sentence) })
  assert.match(warnings[0]!, /no room for the cleaning of texts \(lower case, punctuation apart\)/)
  assert.match(warnings[1]!, /no room for how the classifier was made/)
  const path = file('clean.safetensors')
  await saveClassifier(classifier, path)
  const again = await loadClassifier(path)
  assert.deepEqual(again.metadata, classifier.metadata)
  for (const text of ['WIND, rain', 'wind , rain', ...texts])
    assert.deepEqual(again.predict(text, { count: 3 }), classifier.predict(text, { count: 3 }))
  await saveClassifier(again, file('twice.safetensors'))
  assert.ok(readFileSync(file('twice.safetensors')).equals(readFileSync(path)))
  assert.match(readFileSync(path, 'latin1'), /\\"later\\":\[1,2\]/)
})

test('fastText tests a .bin that we wrote with our accuracy', { skip }, async () => {
  const classifier = sparse({})
  await saveClassifier(classifier, file('tested.bin'))
  const lines = labelled(classifier)
  writeFileSync(file('lines.txt'), lines.map(({ label, text }) => `__label__${label} ${text}\n`).join(''))
  const right = lines.filter(({ label, text }) => classifier.predict(text)[0]?.label === label).length
  assert.match(
    tested(file('tested.bin'), file('lines.txt')),
    new RegExp(`N\\s${lines.length}\\nP@1\\s${(right / lines.length).toPrecision(3)}`),
  )
})

test('fastText predicts from what was learned here, and .safetensors gives it back', { skip }, async () => {
  const source = texts.map((text, i) => ({ text, label: ['sun', 'light rain', 'snow'][i % 3]! }))
  const { classifier } = await trainClassifier(source, { epochs: 20, threads: 1 })
  await saveClassifier(classifier, file('learned.safetensors'))
  const again = await loadClassifier(file('learned.safetensors'))
  assert.deepEqual(again.metadata, classifier.metadata)
  await saveClassifier(classifier, file('learned.bin'))
  const { classifier: coded } = await quantizeClassifier(classifier, { cutoff: 400, retrain: source })
  await saveClassifier(coded, file('learned.ftz'))
  for (const [path, own] of [['learned.bin', again] as const, ['learned.ftz', coded] as const])
    for (const [i, answers] of predicted(file(path), texts).entries()) {
      const mine = own.predict(texts[i]!, { count: 3 })
      for (const [label, probability] of answers) {
        const name = label.replace('__label__', '').replace('_', ' ')
        const one = mine.find(({ label }) => label === name)
        assert.ok(one && Math.abs(one.probability - probability) < 2e-5, `${label} of "${texts[i]}"`)
      }
    }
})

test('a classifier and a file that do not fit are refused by name', async () => {
  const coded = await loadClassifier(model('cut.ftz'))
  const plain = await loadClassifier(model('softmax.bin'))
  const usage = (promise: Promise<void>, message: RegExp) =>
    assert.rejects(promise, { code: 'usage', message })
  await usage(
    saveClassifier(coded, file('x.bin')),
    /its rows are codes, and what was rounded is lost; expected \.ftz or/,
  )
  await usage(
    saveClassifier(plain, file('x.ftz')),
    /its rows are no codes.*Make codes of them with quantizeClassifier/,
  )
  await usage(saveClassifier(plain, file('x.vec')), /its extension names no format of classifiers/)
  await usage(
    saveClassifier(plain, file('x'), { format: 'vec' as never }),
    /format is "vec"; expected one of/,
  )
  await usage(saveClassifier(plain, file('x.bin'), { fromat: 'bin' } as never), /Did you mean format\?/)
  await usage(
    saveClassifier({} as never, file('x.bin')),
    /a value of type object is given; expected a Classifier/,
  )
})

test('word vectors are no classifier, and a classifier in safetensors no word vectors', async () => {
  const plain = file('plain.safetensors')
  await saveClassifier(await loadClassifier(model('softmax.bin')), plain)
  await assert.rejects(load(plain), {
    code: 'bad-data',
    message: /this is a classifier of texts.*Read it with loadClassifier/,
  })
  const vectors = await load(model('softmax.bin'))
  await save(vectors, file('words.safetensors'))
  await assert.rejects(loadClassifier(file('words.safetensors')), {
    code: 'bad-data',
    message:
      /these are word vectors, which have no labels; expected a classifier\. Read word vectors with load/,
  })
})
