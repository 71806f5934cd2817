import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load, save } from '#formats/index'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { train } from '#training/index'
import { compress } from '#vectors/index'
import { temporaryFolder } from '../formats/sample.js'

const lines = Array.from({ length: 40 }, () => 'alpha beta gamma delta alpha beta')
const options = { minCount: 1, dimensions: 4, epochs: 1, threads: 1, subsampling: 0 } as const

test('vectors of words that training left as they began say so, and those of documents do not', async () => {
  const model = await train({ lines }, { ...options, architecture: 'pv-dbow' })
  const path = `${await temporaryFolder()}/v.safetensors`
  await save(model.vectors, path)
  const read = await load(path)
  for (const vectors of [model.vectors, read, compress(read, { precision: 'int8' }).vectors])
    assert.match(
      String(vectors.warnings),
      /^the vectors of words are still random, since pv-dbow trains only those of documents: use the \.documents file/,
    )
  assert.deepEqual(read.with({}).warnings, read.warnings)
  assert.deepEqual(model.documents!.warnings, [])
})

test('a model that goes on says so still, and words that are new to given vectors are counted', async () => {
  const call = { ...options, architecture: 'pv-dbow' } as const
  const first = await train({ lines }, call)
  const second = await train({ lines }, { ...options, continue: first })
  const third = await train(
    { lines: [...lines, 'alpha newer newer'] },
    { ...options, continue: second.vectors },
  )
  for (const { vectors } of [second, third])
    assert.match(
      String(vectors.warnings),
      /^the vectors of words are still random, since pv-dbow trains only those of documents: use the \.documents file/,
    )
  const trained = await train({ lines }, options)
  const more = { lines: [...lines, 'alpha newer newest'] }
  const { vectors } = await train(more, { ...call, from: trained.vectors })
  assert.match(
    String(vectors.warnings),
    /^the vectors of the 2 words that were new are still random, since pv-dbow/,
  )
  const mixed = await train({ lines }, { ...call, continue: trained })
  assert.deepEqual(mixed.vectors.warnings, [])
  const odd = vectors.with({ metadata: { ...vectors.metadata, start: 'x', history: '{' }, warnings: [] })
  assert.deepEqual(odd.warnings, [])
})

test('rows that were trained or given are warned of by nobody', async () => {
  for (const architecture of ['skip-gram', 'pv-dm', 'pv-dbow-skip-gram'] as const) {
    const { vectors } = await train({ lines }, { ...options, architecture })
    assert.deepEqual(vectors.warnings, [], architecture)
  }
  const given = await train({ lines }, options)
  const { vectors } = await train({ lines }, { ...options, architecture: 'pv-dbow', from: given.vectors })
  assert.deepEqual([vectors.warnings, vectors.metadata.architecture], [[], 'pv-dbow'])
  assert.ok(vectors.vocabulary instanceof Vocabulary)
})
