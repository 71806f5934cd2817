import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { browsers, resultOf } from './browsers.js'
import { importMap } from './import-map.js'

const dist = fileURLToPath(new URL('../../../dist', import.meta.url))

/** Every file of ours by the name that tests have for it. */
const ours = Object.fromEntries(
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.js') && !path.startsWith('studio'))
    .map(path => [`#${path.slice(0, -'.js'.length)}`, `/dist/${path}`]),
)
const node = '/build/test/browser/node-in-page.js'
const imports = { ...ours, ...importMap.imports, 'node:assert/strict': node, 'node:test': node }
const page = `<!doctype html>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="/build/test/browser/kernels-page.js"></script>`

for (const browser of browsers)
  test(`${browser.name}: every door of the kernels does what its twin does, also once both have run for a while`, {
    skip: browser.skip,
  }, async () => {
    assert.deepEqual(await resultOf(browser, page, {}), [])
  })
