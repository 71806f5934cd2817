import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { openVectorFile, save } from '#formats/index'
import { buildIndex, homesFor, placeOf } from '#formats/safetensors/stored-index'
import { allocateMatrix, row } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { checkWhole } from './check-whole.js'
import { awkwardVectors, bytesIn, rowsOf, temporaryFolder } from './sample.js'

test('every word of a file is found without reading the file, and no other', async () => {
  const path = join(await temporaryFolder(), 'v.safetensors')
  await save(awkwardVectors(), path)
  const file = await openVectorFile(path)
  await checkWhole(file, awkwardVectors())
  await assert.rejects(file.row(8), { code: 'usage', message: /is 8; expected a whole number from 0 to 7/ })
  await file.close()
  const blob = await openVectorFile(new Blob([bytesIn('safetensors', awkwardVectors())]))
  await checkWhole(blob, awkwardVectors())
})

test('the index is what its description says, for any words', () => {
  const anyWords = fc.uniqueArray(fc.uint8Array({ maxLength: 6 }), {
    minLength: 1,
    maxLength: 60,
    selector: String,
  })
  fc.assert(
    fc.property(anyWords, words => {
      const { arena } = Vocabulary.of(words)
      const index = buildIndex(arena)
      for (const [id, word] of words.entries()) {
        let [slot, fingerprint] = placeOf(word, 0, word.length, homesFor(words.length))
        while (index[2 * slot + 1] !== id + 1) {
          assert.notEqual(index[2 * slot + 1], 0, 'a free slot before the word')
          slot++
        }
        assert.equal(index[2 * slot], fingerprint)
      }
      assert.equal(index.at(-1), 0)
      assert.equal(index.filter((n, i) => i % 2 === 1 && n > 0).length, words.length)
    }),
  )
})

test('the hashes never change, since files keep them', () => {
  const bytes = new TextEncoder().encode('queen')
  assert.deepEqual(placeOf(bytes, 0, 5, 1_000_003), [594178, 473910619])
})

test('files without an index, of another kind, compressed or damaged are opened or refused by name', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'v.safetensors')
  const whole = bytesIn('safetensors', awkwardVectors())
  const renamed = Buffer.from(
    Buffer.from(whole).toString('latin1').replace('vocabulary.index', 'vocabulary.other'),
    'latin1',
  )
  await writeFile(path, renamed)
  const older = await openVectorFile(path)
  await checkWhole(older, awkwardVectors())
  await older.close()

  await save(awkwardVectors(), join(folder, 'v.bin'))
  await assert.rejects(openVectorFile(join(folder, 'v.bin')), {
    code: 'bad-data',
    message: /not a safetensors file/,
  })
  await save(awkwardVectors(), `${path}.gz`)
  await assert.rejects(openVectorFile(`${path}.gz`), { code: 'bad-data' })
  await assert.rejects(openVectorFile(join(folder, 'none')), { code: 'no-input' })
  await writeFile(path, whole.subarray(0, -1))
  await assert.rejects(openVectorFile(path), { code: 'bad-data', message: /cut off/ })
  const length = Number(new DataView(whole.buffer).getBigUint64(0, true))
  for (let at = 8 + length; at < whole.length; at++) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 0xff
    const file = await openVectorFile(new Blob([bytes]))
    for (const row of rowsOf(awkwardVectors()).keys())
      await file
        .vector(awkwardVectors().vocabulary.word(row))
        .catch(error => assert.equal(error.code, 'bad-data'))
  }
})

/** A server for one handler, closed after the tests. */
async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  after(() => server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v.safetensors`
}

test('over HTTP a look-up asks for a few short ranges', async () => {
  const words = Array.from({ length: 20_000 }, (_, i) => `w${i}`)
  const vectors = new WordVectors({
    vocabulary: Vocabulary.of(words),
    matrix: allocateMatrix(words.length, 50),
  })
  row(vectors.matrix, 12_345).fill(0.5)
  const bytes = bytesIn('safetensors', vectors)
  const asked: number[] = []
  const url = await serve((request, response) => {
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')!.map(Number)
    asked.push(end! + 1 - start!)
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${bytes.length}`, ETag: '"1"' })
    response.end(bytes.subarray(start, end! + 1))
  })
  const file = await openVectorFile(url)
  const opened = asked.length
  assert.deepEqual(await file.vector('w12345'), new Float32Array(50).fill(0.5))
  assert.ok(opened <= 3 && asked.length - opened <= 4, `${opened} and ${asked.length - opened} requests`)
  assert.ok(asked.reduce((sum, n) => sum + n) < 10_000, `${asked} bytes`)
  assert.equal(await file.vector('no such word'), undefined)
})

test('servers without ranges, missing and changed files are refused with a sentence', async () => {
  const bytes = bytesIn('safetensors', awkwardVectors())
  const wholeOnly = await serve((_, response) => response.end(bytes))
  await assert.rejects(openVectorFile(wholeOnly), { code: 'no-input', message: /only whole files/ })
  const missing = await serve((_, response) => response.writeHead(404).end())
  await assert.rejects(openVectorFile(new URL(missing)), { code: 'no-input', message: /answers 404/ })
  let requests = 0
  const changing = await serve((request, response) => {
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')!.map(Number)
    response.writeHead(206, {
      'Content-Range': `bytes ${start}-${end}/${bytes.length}`,
      ETag: `"${++requests}"`,
    })
    response.end(bytes.subarray(start, end! + 1))
  })
  await assert.rejects(openVectorFile(changing), { code: 'bad-data', message: /has changed on the server/ })
  await assert.rejects(openVectorFile('http://127.0.0.1:9/none'), {
    code: 'no-input',
    message: /cannot be fetched/,
  })
})

test('a whole file read by position is the file', async () => {
  const path = join(await temporaryFolder(), 'v.safetensors')
  await save(awkwardVectors(), path)
  const { openRanges } = await import('#files/index')
  const ranges = await openRanges(path)
  assert.deepEqual(Buffer.from(await ranges.read(0, ranges.size)), await readFile(path))
  await assert.rejects(ranges.read(0, ranges.size + 1), {
    code: 'bad-data',
    message: /byte \d[\d,]*: the file ends here/,
  })
  await ranges.close()
})
