import assert from 'node:assert/strict'
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { train } from 'wordloom'
import { load } from '#formats/index'
import { readVocabulary, saveVocabulary, tokenize, Vocabulary } from '#text/index'
import { completeOptions } from '#training/options/options'
import { wordloom } from '../cli/wordloom.js'
import { bytesIn, readBytesOf } from '../formats/sample.js'
import { temporaryFolder } from '../text/temporary.js'
import { plainVectors } from './fuzz/files.js'
import { isFullSize } from './sizes.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts') && !path.includes('generated'))
  .map(path => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }))

/** Where a pattern stands in the sources. */
function found(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)
}

const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']

test('D1 words that objects have of their own are counted like any others', async () => {
  const lines = Array.from({ length: 40 }, () => odd.join(' '))
  for (const tokenizer of ['words', 'whitespace', (text: string) => text.split(' ')] as const) {
    const { vocabulary } = await train({ lines }, { tokenizer, dimensions: 4, epochs: 1, subsampling: 0 })
    assert.deepEqual(
      [...vocabulary.counts],
      odd.map(() => 40),
    )
    const words = tokenizer === 'words' ? odd.map(word => word.toLowerCase()) : odd
    assert.deepEqual([...vocabulary.words()].sort(), words.toSorted())
  }
})

test('D1 no source counts in a plain object', () => {
  assert.deepEqual(found(/: Record<string, (number|boolean|string\[\]|number\[\])> = \{\}/), [])
})

test('D2 words that are numbers keep their order, in files and in JSON', async () => {
  const words = ['b', '10', 'a', '2', '-1', '1.5']
  const file = temporaryFolder()
  const vectors = plainVectors()
  await saveVocabulary(Vocabulary.of(words), file('words.txt'))
  assert.deepEqual([...(await readVocabulary(file('words.txt'))).words()], words)
  const text = `${words.length} 2\n${words.map((word, i) => `${word} ${i + 1} 1`).join('\n')}\n`
  writeFileSync(file('v.txt'), text)
  assert.equal(
    (await wordloom(['convert', 'v.txt', 'model.safetensors', '--to', 'model2vec'], { cwd: file() })).code,
    0,
  )
  assert.deepEqual([...(await load(file('model.safetensors'))).vocabulary.words()], words)
  assert.equal(vectors.vocabulary.idOf('1.5'), 5)
})

test('D3 keys of foreign JSON stay where they are: __proto__ in metadata changes no prototype', async () => {
  const vectors = plainVectors()
  const back = await readBytesOf(bytesIn('safetensors', vectors))
  assert.equal(Object.getOwnPropertyDescriptor(back.metadata, '__proto__')?.value, 'kept')
  assert.equal(Object.getPrototypeOf(back.metadata), Object.prototype)
  const file = temporaryFolder({
    'cases.json': '{"__proto__": {"cases": []}, "constructor": {"prototype": {"polluted": 1}}}',
  })
  const ended = await wordloom(['equations', 'check', 'cases.json'], { cwd: file() })
  assert.equal(ended.code, 65)
  assert.match(ended.stderr, /cases is missing/)
  assert.equal(({} as { polluted?: number }).polluted, undefined)
  assert.deepEqual(found(/Object\.assign\((?!new Error)/), [])
})

test('D4 a vocabulary of more than 512 MiB is streamed: no string holds all of it', async t => {
  const [count, length] = isFullSize ? [600_000, 950] : [20_000, 950]
  const words = (function* () {
    for (let i = 0; i < count; i++) yield Buffer.from(`${i}`.padEnd(length, 'x'))
  })()
  const vocabulary = Vocabulary.of(words, new Float64Array(count).fill(3))
  const file = temporaryFolder()
  await saveVocabulary(vocabulary, file('words.txt'))
  let bytes = 0
  for await (const chunk of createReadStream(file('words.txt'))) bytes += chunk.length
  assert.ok(!isFullSize || bytes > 2 ** 29)
  const back = await readVocabulary(file('words.txt'))
  assert.equal(back.size, count)
  assert.equal(back.idOf(vocabulary.bytes(count - 1)), count - 1)
  t.diagnostic(`${bytes} bytes`)
})

test('D6 only what runs on worker threads waits with Atomics.wait', () => {
  const waiting = found(/Atomics\.wait\(/)
  assert.deepEqual(waiting, ['runs/control.ts', 'runs/pauses.ts'])
  assert.deepEqual(found(/\brunThread\(/).toSorted(), [
    'training/run/thread.ts',
    'training/run/training-service.ts',
  ])
})

test('D7 no pattern is made of what a user gives, and awkward text takes time in proportion', () => {
  const made = found(/new RegExp\(/)
  // of our own words, and of a delimiter whose signs are escaped
  const known = ['check/characters.ts', 'formats/token-embeddings/splitter.ts', 'text/prose/prose.ts']
  assert.deepEqual(made.toSorted(), known)
  const awkward = ["a'", "'", 'a\u200d', '\u200d', '_', 'ก', '漢', 'é\u0301', '1e', ' \t', '"\\']
  for (const part of awkward) {
    const [short, long] = [20_000, 80_000].map(times => Math.min(timeOf(part, times), timeOf(part, times)))
    assert.ok(long! < 16 * short! + 50, `${JSON.stringify(part)}: ${short} and ${long} ms`) // squares would take more
  }
})

function timeOf(part: string, times: number): number {
  const text = part.repeat(times)
  const start = process.cpuUsage()
  for (const tokenizer of ['words', 'whitespace'] as const) tokenize(text, tokenizer)
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

test('D8 options named like what objects have are refused, on the command line and in the library', async () => {
  for (const flag of ['--__proto__', '--constructor', '--to-string', '--__proto__.polluted']) {
    const { code, stderr } = await wordloom(['train', 'x.txt', '-o', 'v.txt', flag, '1'])
    assert.equal(code, 64)
    assert.match(stderr, /there is no option/)
  }
  for (const verb of ['__proto__', 'constructor', 'toString']) assert.equal((await wordloom([verb])).code, 64)
  for (const name of ['__proto__', 'constructor'])
    assert.throws(() => completeOptions(JSON.parse(`{"${name}": 1}`)), { code: 'usage' })
  await assert.rejects(readBytesOf(new Uint8Array(9), { format: 'constructor' as 'glove' }), {
    code: 'usage',
  })
  await assert.rejects(train({ lines: ['a'] }, { tokenizer: 'toString' as 'words' }), { code: 'usage' })
})
