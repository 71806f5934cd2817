import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

test('a page that reads classifiers and labels texts is one file of less than 27 KB of gzip', async () => {
  const example = new URL('../../../examples/language/server.js', import.meta.url).href
  const { bundled } = (await import(example)) as { bundled(): Promise<Buffer> }
  const code = await bundled()
  const bytes = gzipSync(code, { level: 9 }).length
  assert.ok(bytes < 27_000, `${bytes} bytes`)
  assert.ok(code.length < 75_000, `${code.length} bytes`)
  assert.doesNotMatch(code.toString(), /onCheckpoint|trainClassifier|hyparquet/)
})
