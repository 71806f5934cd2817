import assert from 'node:assert/strict'
import { createReadStream, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { learnPhrases, readGraph, train, type WordloomError } from 'wordloom'
import { readTokens } from 'wordloom/text'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from './temporary.js'

const files = temporaryFolder()

/** A sentence of each encoding with its bytes, made by other programs than ours. */
const samples: readonly [encoding: string, hex: string, text: string][] = [
  ['latin1', '636166e920fc626572', 'café über'],
  ['ISO-8859-1', '636166e920fc626572', 'café über'],
  ['windows-1252', '9361 e9 94 80'.replaceAll(' ', ''), '“aé”€'],
  ['windows-1251', 'ece8f0 20 f2f0f3e4'.replaceAll(' ', ''), 'мир труд'],
  ['koi8-r', 'cdc9d2', 'мир'],
  ['gbk', 'ced2c3c720 cfb2bbb6'.replaceAll(' ', ''), '我们 喜欢'],
  ['GB2312', 'ced2c3c720 cfb2bbb6'.replaceAll(' ', ''), '我们 喜欢'],
  ['cp936', 'ced2c3c720 cfb2bbb6'.replaceAll(' ', ''), '我们 喜欢'],
  ['big5', 'a7daad cc'.replaceAll(' ', ''), '我們'],
  ['shift_jis', '93fa967b', '日本'],
  ['euc-jp', 'c6fccbdc', '日本'],
  ['euc-kr', 'c7d1b1b9', '한국'],
  ['utf-16le', '4f60597d'.replace('4f60597d', '604f7d59'), '你好'],
  ['utf-16be', '4f60597d', '你好'],
  ['utf-8', Buffer.from('naïve').toString('hex'), 'naïve'],
]

test('a text is read by the label of its encoding, wherever its chunks are cut', async () => {
  for (const [encoding, hex, text] of samples) {
    const bytes = Buffer.from(hex, 'hex')
    for (const size of [1, 2, 3, 100]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      assert.deepEqual(await tokensOf(chunks, encoding), text.split(' '), `${encoding} by ${size}`)
    }
  }
})

test('what cannot be decoded is counted in a warning', async () => {
  const warnings: string[] = []
  await tokensOf([Buffer.from('61ff62ff63', 'hex')], 'euc-kr', sentence => warnings.push(sentence))
  assert.equal(warnings.length, 1)
  assert.match(
    warnings[0]!,
    /^the text given: 2 characters are not euc-kr and became U\+FFFD; check the encoding if they are many$/,
  )
})

test('an encoding that nobody knows is refused before the text is read, with names that are near', async () => {
  const refused = (error: WordloomError) =>
    error.code === 'usage' &&
    /encoding is "gkb"; expected bytes, strict, utf16 or a label of the Encoding Standard, such as gbk, /.test(
      error.message,
    )
  const encoding = 'gkb'
  await assert.rejects(train('no-such.txt', { encoding }), refused)
  await assert.rejects(learnPhrases('no-such.txt', { encoding }), refused)
  await assert.rejects(readGraph('no-such.txt', { encoding }), refused)
  await assert.rejects(tokensOf([], encoding), refused)
})

test('a model that was learned from another encoding is not gone on with as the same run', async () => {
  const text = files('latin1.txt')
  writeFileSync(text, Buffer.from('café olé\nthé noir\n'.repeat(50), 'latin1'))
  const call = { dimensions: 2, minCount: 1, subsampling: 0, encoding: 'latin1' }
  const { vectors } = await train(createReadStream(text), call)
  assert.ok(vectors.has('café'))
  assert.equal(JSON.parse(vectors.metadata.options!).encoding, 'latin1')
})

test('every verb that reads text takes --encoding', async () => {
  const text = files('gbk.txt')
  writeFileSync(text, Buffer.from('ced2c3c720cfb2bbb60a'.repeat(40), 'hex'))
  const vectors = files('gbk.safetensors')
  const learn = ['--dimensions', '4', '--min-count', '1', '--subsampling', '0', '-q']
  const run = (...line: string[]) => wordloom([...line, '--encoding', 'gbk'])
  assert.equal((await run('train', text, '-o', vectors, '--architecture', 'pv-dm', ...learn)).code, 0)
  assert.match((await run('walks', text)).stdout, /我们 喜欢/)
  assert.match((await run('phrases', text, '--threshold', '0.01')).stdout, /我们_喜欢/)
  const nearest = await run('sentences', vectors, text, '--nearest', '我们')
  assert.match(nearest.stdout, /我们 喜欢/)
  const inferred = await run('infer', vectors, text, '-o', files('new.safetensors'))
  assert.match(inferred.stdout, /40 documents/)
})

async function tokensOf(
  chunks: readonly Uint8Array[],
  encoding: string,
  onWarning?: (sentence: string) => void,
): Promise<string[]> {
  const tokens: string[] = []
  async function* given() {
    yield* chunks
  }
  const sink = {
    token: (bytes: Uint8Array, start: number, end: number) =>
      void tokens.push(new TextDecoder().decode(bytes.subarray(start, end))),
    endSentence() {},
  }
  await readTokens(given(), 'whitespace', sink, { encoding, onWarning })
  return tokens
}
