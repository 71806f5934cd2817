import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textModule } from '#text/numbering/text-kernel'
import { NumberingThread } from '#text/numbering-threads/numbering-thread'
import { testThreads } from './numbered-on-threads.js'

testThreads(undefined)

test('a thread that dies ends the reading with an error', async () => {
  const thread = new NumberingThread({ module: textModule()!, tokenizer: 'words', vocabulary: undefined })
  const buffer = new ArrayBuffer(8)
  const wrong = {
    text: Buffer.from('a b '),
    length: 4,
    open: false,
    numbers: { buffer } as unknown as Int32Array<ArrayBuffer>,
  }
  const first = thread.number({ ...wrong, text: new Uint8Array(wrong.text) })
  await assert.rejects(first, {
    code: 'internal',
    message: /^a thread that reads the text failed: TypeError/,
  })
  await assert.rejects(thread.words(), { code: 'internal' })
  await thread.close()
})
