import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ApproximateIndex, measureRecall } from '#search/index'
import { temporaryFolder } from '../formats/sample.js'
import { plantedVectors } from './planted-vectors.js'

const vectors = plantedVectors(1500, 16)

test('a graph that was saved and loaded answers as before', async () => {
  const path = join(await temporaryFolder(), 'graph.usearch')
  const told: number[] = []
  const built = await ApproximateIndex.build(vectors, { threads: 1, onProgress: rows => told.push(rows) })
  assert.equal(told.at(-1), 1500)
  await built.save(path)
  const loaded = await ApproximateIndex.load(path, vectors)
  const words = ['w3', 'w400', 'w1234']
  assert.deepEqual(await loaded.nearestBatch(words), await built.nearestBatch(words))
  assert.deepEqual(await loaded.nearest('w3', { limit: 20 }), vectors.nearest('w3', { limit: 20 }))
  assert.ok((await measureRecall(loaded)) > 0.9)
})

test('a file that is no graph, was cut off, or is of other vectors is refused before usearch sees it', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'graph.usearch')
  await (await ApproximateIndex.build(vectors, { threads: 1 })).save(path)
  const bytes = await readFile(path)
  const refused = async (content: Uint8Array, message: RegExp, of = vectors) => {
    const wrong = join(folder, 'wrong.usearch')
    await writeFile(wrong, content)
    await assert.rejects(ApproximateIndex.load(wrong, of), { code: 'bad-data', message })
  }
  await refused(new Uint8Array(0), /not an index of usearch, or it was cut off/)
  await refused(new TextEncoder().encode('import x\n'.repeat(100)), /not an index/)
  for (const length of [20, 20_000, bytes.length - 1]) await refused(bytes.subarray(0, length), /cut off/)
  await refused(Buffer.concat([bytes, Buffer.of(0)]), /not an index/)
  await refused(bytes, /1486 × 16 vectors; expected an index of 1500 × 17/, plantedVectors(1500, 17))
  await refused(bytes, /1486 × 16 vectors; expected an index of 900/, plantedVectors(900, 16))
  await refused(bytes, /of other vectors/, plantedVectors(1500, 16, 2))
  await assert.rejects(ApproximateIndex.load(join(folder, 'nothing'), vectors), { code: 'no-input' })
})

test('vectors without any direction have no graph', async () => {
  const { vocabulary } = plantedVectors(3, 2)
  const { WordVectors } = await import('#vectors/index')
  await assert.rejects(ApproximateIndex.build(WordVectors.allocate(vocabulary, 2)), { code: 'bad-data' })
})
