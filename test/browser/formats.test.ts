import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { save } from 'wordloom/formats'
import { browsers, resultOf } from './browsers.js'
import { formatsEverywhere, sampleVectors } from './formats-runs.js'
import { importMap } from './import-map.js'

const imports = JSON.stringify({ imports: { ...importMap.imports, '#math/matrix': '/dist/math/matrix.js' } })
const page = `<!doctype html><script type="importmap">${imports}</script>
<script type="module" src="/build/test/browser/formats-page.js"></script>`

for (const browser of browsers)
  test(`${browser.name}: a page reads gzip, Zstandard and Parquet, and looks words up by HTTP ranges and in blobs, as Node does`, {
    skip: browser.skip,
  }, async () => {
    const path = fileURLToPath(new URL('look-up.safetensors', import.meta.url))
    await save(sampleVectors(), path)
    assert.deepEqual(await resultOf(browser, page, {}), await formatsEverywhere(path))
  })
