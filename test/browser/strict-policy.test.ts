import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answersOf } from '../kernels/answers.js'
import { browsers, resultOf } from './browsers.js'
import { importMap } from './import-map.js'

const page = `<!doctype html><script type="importmap">${JSON.stringify(importMap)}</script>
<script type="module" src="/build/test/browser/strict-page.js"></script>`

/** The import map stands in the page. */
const strict = "default-src 'self'; script-src 'self' 'unsafe-inline'"

for (const browser of browsers) {
  test(`${browser.name}: a page whose policy forbids WebAssembly reads, trains and searches in TypeScript`, {
    skip: browser.skip,
  }, async () => {
    const found = (await resultOf(browser, page, { 'Content-Security-Policy': strict })) as Answers
    const { warnings: none, ...expected } = await answersOf({ simd: 'none' })
    const { warnings, ...answers } = found
    assert.deepEqual(answers, expected)
    assert.match(String(warnings), /^WebAssembly may not be compiled here/)
  })

  test(`${browser.name}: 'wasm-unsafe-eval' lets the kernels work under such a policy`, {
    skip: browser.skip,
  }, async () => {
    const policy = `${strict} 'wasm-unsafe-eval'`
    const found = await resultOf(browser, page, { 'Content-Security-Policy': policy })
    assert.deepEqual(found, await answersOf({}))
  })
}

type Answers = Awaited<ReturnType<typeof answersOf>>
