import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertRowsClose } from '../equations/closeness.js'
import { browsers, resultOf } from './browsers.js'
import { importMap } from './import-map.js'
import { searchEverywhere } from './search-runs.js'

const modules = ['math/matrix', 'math/random', 'text/vocabulary/vocabulary', 'vectors/index']
const ours = Object.fromEntries(modules.map(name => [`#${name}`, `/dist/${name}.js`]))
const page = `<!doctype html>
<script type="importmap">${JSON.stringify({ imports: { ...importMap.imports, ...ours } })}</script>
<script type="module" src="/build/test/browser/search-page.js"></script>`

type Found = Awaited<ReturnType<typeof searchEverywhere>>

let expected: Promise<Found> | undefined

for (const browser of browsers)
  test(`${browser.name}: batches of any size find what Node finds, also once they have been searched thousands of times`, {
    skip: browser.skip,
  }, async () => {
    expected ??= searchEverywhere()
    const found = (await resultOf(browser, page, {})) as Found & { error?: string }
    assert.equal(found.error, undefined)
    for (const kind of ['exact', 'int8'] as const) {
      const { wrong, words, similarities } = found[kind]
      const node: Found['exact'] = (await expected)[kind]
      assert.deepEqual(wrong, { 5: 0, 7: 0, 12: 0, 36: 0 }, `${kind}: batches that were wrong, by their size`)
      assert.deepEqual(words, node.words, kind)
      assertRowsClose(similarities, node.similarities, 1e-6)
    }
  })
