import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, awkwardVectors, bytesIn, readBytesOf, rowsOf, type SingleFile } from './sample.js'

const names: SingleFile[] = ['safetensors', 'word2vec-binary', 'word2vec-text', 'glove']

for (const name of names)
  test(`${name}: of a list of words those that are there are read, in the order of the file`, async () => {
    const vectors = awkwardVectors()
    const bytes = bytesIn(name, vectors)
    const words = ['東京', Uint8Array.of(0x61, 0xfe), 'constructor', 'toString', '東京']
    for (const sizeKnown of [true, false]) {
      const chosen = await readBytesOf(bytes, { words }, 50, sizeKnown)
      const ids = [1, 4, 7]
      assert.deepEqual(
        rowsOf(chosen),
        ids.map(id => rowsOf(vectors)[id]),
      )
      assert.deepEqual(
        ids.map(id => chosen.vocabulary.find(vectors.vocabulary.bytes(id))),
        [0, 1, 2],
      )
      assert.match(chosen.warnings.join(), /^some\.vectors: 1 of the 4 words asked for is not in it$/)
    }
    const first = await readBytesOf(bytes, { words, limit: 1 })
    assert.deepEqual([[...first.vocabulary.words()], first.warnings], [['constructor'], []])
    await assert.rejects(readBytesOf(bytes, { words: ['x'] }), {
      code: 'bad-data',
      message: /none of the words/,
    })
  })

test('a list with blanks in its words finds them in text', async () => {
  const text = ascii('3 2\nnew york 1 2\nnew 3 4\nyork 5 6\n')
  const read = async (...words: string[]) => [...(await readBytesOf(text, { words })).vocabulary.words()]
  assert.deepEqual(await read('new york', 'york'), ['new york', 'york'])
  assert.deepEqual(await read('new'), ['new'])
})

test('safetensors files whose words stand behind the rows give the same', async () => {
  const vectors = awkwardVectors()
  const whole = bytesIn('safetensors', vectors)
  const length = Number(new DataView(whole.buffer).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(whole.subarray(8, 8 + length)))
  const data = whole.subarray(8 + length)
  const order = ['vocabulary.counts', 'vocabulary.offsets', 'vectors', 'vocabulary.bytes']
  const parts = order.map(name => data.subarray(...(header[name].data_offsets as [number, number])))
  let end = 0
  const tensors = order.map((name, i) => {
    const start = end
    end += parts[i]!.length
    return [name, { ...header[name], data_offsets: [start, end] }]
  })
  const json = ascii(JSON.stringify({ __metadata__: header.__metadata__, ...Object.fromEntries(tensors) }))
  const older = Buffer.concat([new Uint8Array(BigUint64Array.of(BigInt(json.length)).buffer), json, ...parts])
  assert.deepEqual(rowsOf(await readBytesOf(older)), rowsOf(vectors))
  const chosen = await readBytesOf(older, { words: ['naïve', '1.5'] })
  assert.deepEqual(rowsOf(chosen), [rowsOf(vectors)[3], rowsOf(vectors)[5]])
  assert.deepEqual([...chosen.vocabulary.counts], [2 ** 40 - 3, 2 ** 40 - 5])
})
