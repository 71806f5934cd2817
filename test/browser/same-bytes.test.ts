import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browsers, resultOf, type TestBrowser } from './browsers.js'
import { importMap } from './import-map.js'
import { isolation } from './project-server.js'
import { type onTwoThreads, type refusals, sameEverywhere } from './runs.js'

interface Report {
  error?: string
  isolated: boolean
  same: Awaited<ReturnType<typeof sameEverywhere>>
  twoThreads?: Awaited<ReturnType<typeof onTwoThreads>>
  stopped: { ending: string; loss: number | undefined }
  refusals: Awaited<ReturnType<typeof refusals>>
}

/** That of the example, and names that only tests use. */
const ours = { '#math/random': '/dist/math/random.js', '#threads/index': '/dist/threads/index.js' }
const imports = JSON.stringify({ imports: { ...importMap.imports, ...ours } })
const page = `<!doctype html><script type="importmap">${imports}</script>
<script type="module" src="/build/test/browser/page.js"></script>`

let expected: Promise<Report['same']> | undefined

async function reportOf(browser: TestBrowser, headers: Record<string, string>): Promise<Report> {
  const report = (await resultOf(browser, page, headers)) as Report
  assert.equal(report.error, undefined)
  assert.equal(report.stopped.ending, 'aborted: training was stopped before its end, and nothing was saved')
  assert.ok(report.stopped.loss! > 0, 'the loss is seen while training runs')
  expected ??= sameEverywhere()
  assert.deepEqual(report.same, await expected)
  return report
}

for (const browser of browsers) {
  test(`${browser.name}: a page that is cross-origin isolated trains the very bytes of Node, on one thread and on two`, {
    skip: browser.skip,
  }, async () => {
    const { isolated, same, twoThreads } = await reportOf(browser, isolation)
    assert.ok(isolated)
    assert.equal(twoThreads?.blocks, same.blocks)
    assert.deepEqual(twoThreads?.found[0], twoThreads?.found[1])
    const [first, last] = twoThreads!.windows
    assert.ok(last! < first!, `loss ${first} → ${last}`)
  })

  test(`${browser.name}: a page that may not share memory trains the same bytes on one thread`, {
    skip: browser.skip,
  }, async () => {
    const { isolated, refusals } = await reportOf(browser, {})
    assert.ok(!isolated)
    assert.match(
      refusals.threads,
      /^usage: Cannot train: threads is 2, .*Cross-Origin-Opener-Policy: same-origin.*Cross-Origin-Embedder-Policy: require-corp/,
    )
    assert.match(
      refusals.script,
      /^no-input: Cannot start .*: http:.*\/test\/browser\/: its script cannot be loaded\. Serve it/,
    )
    assert.match(
      refusals.file,
      /^no-input: Cannot open corpus.txt: a page cannot open files by name\. Give the text as \{ lines: /,
    )
    assert.match(
      refusals.save,
      /^not-written: Cannot write vectors.safetensors: a page cannot write files\. /,
    )
  })
}
