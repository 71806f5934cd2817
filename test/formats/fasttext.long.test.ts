import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { load, save } from '#formats/index'
import { Random } from '#math/random'
import { assertClose, assertPrinted, here, printed, skip, smallVectors } from './fasttext-models.js'
import { bytesIn, damaged, readBytesOf, temporaryFolder } from './sample.js'

test('a file cut off anywhere, or longer than it says, is refused with the place', async () => {
  const bytes = readFileSync(here('cbow.bin'))
  for (let length = 8; length < bytes.length; length++)
    await assert.rejects(
      readBytesOf(bytes.subarray(0, length), { format: 'fasttext' }, 200, length % 2 === 0),
      { code: 'bad-data', message: /^Cannot read some\.vectors: .*(byte|cut off)/ },
    )
  await assert.rejects(readBytesOf(Buffer.concat([bytes, Buffer.of(0)])), { message: /more bytes follow/ })
})

test('thousands of damaged files give vectors or a sentence, never a crash or NaN', async () => {
  const whole = bytesIn('fasttext', smallVectors(30))
  for (let seed = 0; seed < 3000; seed++) {
    const bytes = damaged(whole, new Random(seed, 0))
    try {
      const vectors = await readBytesOf(bytes, { format: 'fasttext' }, 1 + (seed % 300), seed % 2 === 0)
      assert.ok([...vectors.search.matrix.data].every(Number.isFinite))
    } catch (error) {
      const { code, message } = error as { code?: string; message: string }
      assert.ok(code === 'bad-data' || code === 'too-large', `seed ${seed}: ${message}`)
    }
  }
})

test('models that fastText trains here are read to the digits that it prints, and answer it when written again', {
  skip,
}, async () => {
  const folder = await temporaryFolder()
  const text = join(folder, 'text.txt')
  writeFileSync(text, readFileSync(here('text.txt'), 'utf8').repeat(40))
  const words = ['loom', 'looms', 'Fäden', 'Fädchen', 'ткачиха', '織り機', 'unheard', '</s>']
  const common = ['-input', text, '-dim', '10', '-thread', '1', '-verbose', '0', '-minCount', '1']
  for (const [verb, ...flags] of [
    ['skipgram', '-bucket', '1000'],
    ['cbow', '-bucket', '300', '-minn', '2', '-maxn', '4'],
    ['skipgram', '-loss', 'hs', '-bucket', '7'],
    ['skipgram', '-maxn', '0'],
  ]) {
    const model = join(folder, 'model')
    execFileSync('fasttext', [verb!, ...common, ...flags, '-output', model])
    const vectors = await load(`${model}.bin`)
    const known = vectors.subwords ? words : words.filter(word => vectors.has(word))
    assertPrinted(vectors, printed(`${model}.bin`, known))
    const again = join(folder, 'again.bin')
    await save(vectors, again, { format: 'fasttext' })
    assertPrinted(vectors, printed(again, known))
    assertClose(similaritiesOf(again), similaritiesOf(`${model}.bin`), 1e-5)
  }
})

/** What fastText says of the nearest words; which of them is first may hang on the last bit. */
function similaritiesOf(model: string): number[] {
  const answers = execFileSync('fasttext', ['nn', model, '5'], { input: 'weaver\n' }).toString()
  const found = [...answers.matchAll(/\S+ (-?[\d.]+(?:e-\d+)?)\n/g)].map(match => Number(match[1]))
  assert.equal(found.length, 5)
  return found
}
