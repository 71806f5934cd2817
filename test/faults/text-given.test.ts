import assert from 'node:assert/strict'
import { createReadStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { train } from 'wordloom'
import { encodeCorpus } from '#text/index'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from '../text/temporary.js'

const text = 'one two three four\n'.repeat(40)
const small = ['--dimensions', '4', '--epochs', '1', '--subsampling', '0']

test('B15 a packed stream is unpacked, what only other programs unpack is refused by name', async () => {
  const file = temporaryFolder({ 'text.gz': gzipSync(text), 'text.bz2': 'BZh91AY&SY', 'plain.txt': text })
  const packed = await encodeCorpus(createReadStream(file('text.gz')))
  const plain = await encodeCorpus(file('plain.txt'))
  assert.deepEqual([...packed.vocabulary.words()], [...plain.vocabulary.words()])
  assert.equal(packed.facts.sha256, plain.facts.sha256)
  await assert.rejects(train(createReadStream(file('text.bz2'))), { message: /compressed with bzip2/ })
  const { code, stderr } = await wordloom(['train', 'text.bz2', '-o', 'v.txt'], { cwd: file() })
  assert.equal(code, 65)
  assert.match(stderr, /text\.bz2: this is compressed with bzip2\. Unpack it first/)
})

test('B16 a table is learned with a warning that says what to do', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `session${i % 9},item${i % 5},2.50\n`).join('')
  const file = temporaryFolder({ 'sessions.csv': rows })
  const { code, stderr } = await wordloom(
    ['train', 'sessions.csv', '-o', 'v.txt', '--min-count', '1', ...small],
    {
      cwd: file(),
    },
  )
  assert.equal(code, 0)
  assert.match(stderr, /sessions\.csv: its lines look like 3 columns parted by commas.*docs\/sequences\.md/)
})

test('B17 a text that is written to while it is read is refused', async () => {
  const file = temporaryFolder({ 'text.txt': text.repeat(20_000) })
  let edited = false
  const onProgress = () => {
    if (!edited) writeFileSync(file('text.txt'), text.toUpperCase().repeat(20_000))
    edited = true
  }
  await assert.rejects(encodeCorpus(file('text.txt'), { onProgress }), {
    code: 'bad-data',
    message: /text\.txt: the file was written to/,
  })
})

test('B18 a text in place of a path is told how to be given', async () => {
  for (const given of ['some text of mine', ['a sentence', 'and another']])
    await assert.rejects(train(given), {
      code: 'no-input',
      message: /no such file.*give it as \{ lines: \[\.\.\.\] \}/,
    })
})

test('B14 a glob over many folders that link to each other stops at a signal', {
  timeout: 20_000,
}, async () => {
  const file = temporaryFolder()
  const names = Array.from({ length: 60 }, (_, i) => `f${i}`)
  for (const name of names) mkdirSync(file(name))
  for (const name of names) for (const other of names) symlinkSync(`../${other}`, file(`${name}/to-${other}`))
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 5)
  await assert.rejects(encodeCorpus(file('**/*.txt'), { signal: controller.signal }), { code: 'aborted' })
})

test('B18 bytes in one piece are told how a text is given', async () => {
  const bytes = new TextEncoder().encode(text)
  for (const source of [bytes, Buffer.from(text), new DataView(bytes.buffer)])
    await assert.rejects(train(source as never), {
      code: 'usage',
      message:
        /^Cannot read a text: it is bytes in one piece; expected a path, .*Give \{ lines: new TextDecoder/,
    })
  const lines = new TextDecoder().decode(bytes).split('\n')
  assert.equal((await encodeCorpus({ lines })).facts.tokens, 160)
})

test('B15 bytes of another realm, such as a test runner has, are bytes', async () => {
  const ofAnotherRealm = (bytes: Uint8Array): Uint8Array =>
    runInNewContext('Uint8Array.from(bytes)', { bytes: [...bytes] })
  const foreign = ofAnotherRealm(gzipSync(text))
  assert.equal(foreign instanceof Uint8Array, false)
  const { vocabulary, facts } = await encodeCorpus([foreign].values() as never)
  assert.deepEqual([...vocabulary.words()].sort(), ['four', 'one', 'three', 'two'])
  assert.equal(facts.tokens, 160)
  await assert.rejects(train(ofAnotherRealm(Buffer.from(text)) as never), { message: /bytes in one piece/ })
  const model = await train({ lines: text.split('\n') }, { dimensions: 4, epochs: 1, subsampling: 0 })
  const vector = model.vectors.vector('one')!
  const same: Float32Array = runInNewContext('Float32Array.from(numbers)', { numbers: [...vector] })
  assert.deepEqual(model.vectors.nearest(same, 2), model.vectors.nearest(vector, 2))
})
