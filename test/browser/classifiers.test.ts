import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifierAnswers, lines } from '../runtimes/classifier-answers.js'
import { browsers, resultOf, type TestBrowser } from './browsers.js'
import { type classifiersInPage, moments as momentsIn } from './classifier-runs.js'
import { importMap } from './import-map.js'
import { isolation } from './project-server.js'

const page = `<!doctype html><script type="importmap">${JSON.stringify(importMap)}</script>
<script type="module" src="/build/test/browser/classifier-page.js"></script>`

type Report = Awaited<ReturnType<typeof classifiersInPage>>
type Answers = Awaited<ReturnType<typeof classifierAnswers>>

let expected: Promise<{ one: Answers; reference: Answers }> | undefined

async function inNode() {
  return {
    one: await classifierAnswers({ threads: 1 }),
    reference: await classifierAnswers({ simd: 'none', epochs: 1 }),
  }
}

/** What both kinds of page have to find. */
async function reportOf(browser: TestBrowser, headers: Record<string, string>): Promise<Report> {
  const report = (await resultOf(browser, page, headers)) as Report & { error?: string }
  assert.equal(report.error, undefined)
  expected ??= inNode()
  const node = await expected
  assert.equal(node.one.error, undefined)
  assert.deepEqual(report.one, node.one)
  assert.deepEqual(withoutDigests(report.reference), withoutDigests(node.reference))
  assert.deepEqual([...report.labels].sort(), [...new Set(lines.flatMap(({ labels }) => labels))].sort())
  assert.deepEqual(report.progress.phases, ['reading', 'training'])
  const { fractions } = report.progress
  assert.deepEqual(
    fractions,
    [...fractions].sort((a, b) => a - b),
  )
  assert.equal(fractions.at(-1), 1)
  assert.match(report.stopped, /^aborted: training was stopped before its end/)
  const { text, load, save } = report.refusals
  assert.match(text, /^no-input: .*train\.txt: a page cannot open files by name\. Give the text as \{ lines/)
  assert.match(load, /^no-input: .*model\.ftz: a page cannot open files by name\. .*readClassifier\(\)/)
  assert.match(save, /^not-written: .*model\.safetensors: a page cannot write files\. .*writeClassifier\(/)
  return report
}

/** The reference rounds as the exponentials of the engine do. */
function withoutDigests({ answers, ...rest }: Answers) {
  return {
    ...rest,
    answers: answers?.map(({ file: _, fastText: __, losses, ...found }) => ({
      ...found,
      losses: [...losses.training, ...losses.heldOut].map(loss => loss.toFixed(6)),
    })),
  }
}

for (const browser of browsers) {
  test(`${browser.name}: a page that is cross-origin isolated trains the classifiers of Node, on one thread and on two`, {
    skip: browser.skip,
  }, async () => {
    const { isolated, one, two, moments, refusals } = await reportOf(browser, isolation)
    assert.ok(isolated)
    assert.deepEqual(two, one)
    assert.deepEqual(moments?.epochs, [1, 2, 3])
    assert.deepEqual(moments, await momentsIn())
    assert.match(refusals.checkpoint, /^not-written: .*a page cannot write files/)
  })

  test(`${browser.name}: a page that may not share memory trains the classifiers of Node on one thread`, {
    skip: browser.skip,
  }, async () => {
    const { isolated, refusals } = await reportOf(browser, {})
    assert.ok(!isolated)
    assert.match(
      refusals.threads,
      /^usage: Cannot train.*: threads is 2, .*Cross-Origin-Opener-Policy: same-origin/,
    )
    assert.match(
      refusals.epochs,
      /^usage: Cannot train with .*onEpoch.*Cross-Origin-Opener-Policy: same-origin/,
    )
    assert.match(refusals.checkpoint, /^not-written: .*a page cannot write files/)
  })
}
