import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { saveClassifier } from '#classification/index'
import { model, texts, trained } from '../classification/classifiers.js'
import { wordloom } from './wordloom.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-convert-classifiers-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const run = (...args: string[]) => wordloom(args, { cwd: folder })
for (const name of ['softmax.bin', 'cut.ftz']) copyFileSync(model(name), join(folder, name))
writeFileSync(join(folder, 'v.vec'), '2 2\ncat 0.5 1\ndog 1 2\n')

test('convert makes a classifier smaller and tells what that cost', async () => {
  const classifier = trained()
  await saveClassifier(classifier, join(folder, 'model.safetensors'))
  const lines = texts.map(text => `__label__${classifier.predict(text)[0]!.label} ${text}\n`)
  writeFileSync(join(folder, 'lines.txt'), lines.join(''))
  const options = ['--cutoff', '300', '--norms', '--evaluate', 'lines.txt']
  const { stdout, code } = await run('convert', 'model.safetensors', 'small.ftz', ...options)
  assert.equal(code, 0)
  assert.match(stdout, /^3 labels, \d+ words × 8 dimensions → small\.ftz \(ftz\), [\d.]+ kB → [\d.]+ kB\n/)
  assert.match(
    stdout,
    / {2}300 of [\d,]+ rows in codes\n {2}accuracy 100\.0 % → [\d.]+ % \(\d+ texts with labels\)/,
  )
  const json = await run('convert', 'model.safetensors', 'small.ftz', ...options, '--json')
  const facts = JSON.parse(json.stdout)
  assert.deepEqual([facts.format, facts.rows.after, facts.loss.accuracyBefore], ['ftz', 300, 1])
  assert.equal(facts.bytes.after, readFileSync(join(folder, 'small.ftz')).length)
})

test('convert lets the rows that are kept learn again', async () => {
  const options = ['--cutoff', '300', '--retrain', 'lines.txt', '--epochs', '2', '--evaluate', 'lines.txt']
  const { stdout } = await run('convert', 'model.safetensors', 'again.ftz', ...options)
  assert.match(stdout, /\n {2}accuracy 100\.0 % → [\d.]+ %/)
  const idle = await run('convert', 'model.safetensors', 'again.ftz', '--retrain', 'lines.txt')
  assert.match(idle.stderr, /--retrain has no effect without --cutoff/)
})

test('convert takes a classifier through every format that holds it', async () => {
  await run('convert', 'softmax.bin', 'a.safetensors.gz')
  const { stdout } = await run('convert', 'a.safetensors.gz', 'b.bin')
  assert.match(stdout, /→ b\.bin \(bin\)/)
  assert.ok(readFileSync(join(folder, 'b.bin')).equals(readFileSync(model('softmax.bin'))))
  await run('convert', 'cut.ftz', 'c.safetensors')
  assert.match((await run('convert', 'c.safetensors', 'd.ftz')).stdout, /→ d\.ftz \(ftz\)/)
  const words = await run('convert', 'softmax.bin', 'words.vec')
  assert.match(words.stdout, /→ words\.vec \(word2vec-text\)/)
})

test('what is for word vectors is refused for classifiers, and the reverse', async () => {
  const refused = async (args: string[], message: RegExp, expected = 64) => {
    const { stderr, code } = await run('convert', ...args)
    assert.match(stderr, message)
    assert.equal(code, expected)
  }
  await refused(
    ['softmax.bin', 'x.ftz', '--limit', '3'],
    /--limit is for word vectors, and the input is a classifier/,
  )
  await refused(['softmax.bin', 'x.bin', '--norms'], /--norms makes codes, for which \.bin has no room/)
  await refused(
    ['softmax.bin', 'x.safetensors', '--seed', '3'],
    /--seed is for a classifier that is made smaller/,
  )
  await refused(['v.vec', 'x.ftz'], /only classifiers are kept as \.ftz, and v\.vec is none/)
  await refused(
    ['v.vec', 'x.bin', '--cutoff', '300'],
    /--cutoff is for classifiers of texts.*--precision makes word/,
  )
  await refused(['cut.ftz', 'x.bin'], /its rows are codes, and what was rounded is lost/)
  await refused(['cut.ftz', 'x.ftz', '--norms'], /its rows are codes already/)
  await refused(['cut.ftz', 'x.vec'], /quantised fastText model.*loadClassifier/, 65)
})

test('info says what a classifier is', async () => {
  const { stdout } = await run('info', 'cut.ftz')
  assert.match(stdout, /^cut\.ftz\nkind +classifier of texts\n/)
  assert.match(stdout, /\nmost frequent +sun \(\d+\), /)
  assert.match(stdout, /\nbuckets +[\d,]+ of [\d,]+ have rows\n/)
  assert.match(stdout, /\nrows +a code for 2 numbers/)
  const card = JSON.parse((await run('info', 'softmax.bin', '--json')).stdout)
  assert.deepEqual(
    [card.kind, card.loss, card.labels.length, card.codes, card.cleaning],
    ['classifier', 'softmax', 6, null, { lowercase: false, punctuation: 'kept' }],
  )
})
