import assert from 'node:assert/strict'
import { test } from 'node:test'
import { train, type WordloomError } from 'wordloom'
import { DocumentInference } from 'wordloom/documents'
import { planted, settings } from './planted-documents.js'

test('the reference trains documents as the kernel does', async () => {
  for (const architecture of ['pv-dm', 'pv-dbow', 'pv-dbow-skip-gram'] as const) {
    const call = { ...settings, epochs: 2, architecture }
    const kernel = await train({ lines: planted(300, 1) }, { ...call, simd: 'plain' })
    const reference = await train({ lines: planted(300, 1) }, { ...call, simd: 'none' })
    const [a, b] = [kernel.documents!.matrix.data, reference.documents!.matrix.data]
    assert.ok(
      a.every((x, i) => Math.abs(x - b[i]!) < 1e-4),
      architecture,
    )
  }
})

test('held-out text is refused, and vectors of no document model too', async () => {
  const lines = planted(20, 1)
  await assert.rejects(
    train({ lines }, { ...settings, architecture: 'pv-dm', heldOut: 0.1 }),
    /heldOut is 0.1/,
  )
  const { vectors } = await train({ lines }, settings)
  assert.throws(
    () => new DocumentInference(vectors),
    (error: WordloomError) => error.code === 'usage' && /no model of documents/.test(error.message),
  )
})
