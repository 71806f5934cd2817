import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium as engine } from 'playwright-core'
import { loadClassifier } from '#classification/index'
import { chromium, withoutChromium } from './chromium.js'

const model = (name: string) =>
  fileURLToPath(new URL(`../../../test/classification/models/${name}`, import.meta.url))
const example = new URL('../../../examples/language/server.js', import.meta.url).href

type Files = Record<string, { readonly type: string; readonly body: Buffer }>

test('the example of languages labels a text with a file that somebody chooses', {
  skip: withoutChromium,
}, async () => {
  const { pageFiles } = (await import(example)) as { pageFiles(): Promise<Files> }
  const files = await pageFiles()
  const browser = await engine.launch({ executablePath: chromium!, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.message))
    await page.route('http://example.test/**', (route, request) => {
      const { type, body } = files[new URL(request.url()).pathname]!
      return route.fulfill({ contentType: type, body })
    })
    await page.goto('http://example.test/')
    for (const name of ['softmax.bin', 'cut.ftz']) {
      await page.setInputFiles('#file', model(name))
      await page.waitForFunction(
        file => document.getElementById('status')!.textContent!.startsWith(file),
        name,
      )
      const text = 'ba ba naïve 你好'
      await page.fill('#text', text)
      const classifier = await loadClassifier(model(name))
      const expected = classifier.predict(text, { count: 5, threshold: 0.01 })
      const shown = await page.locator('#labels li').allTextContents()
      assert.equal(shown.length, expected.length)
      for (const [i, { label, probability }] of expected.entries())
        assert.ok(shown[i]!.includes(label) && shown[i]!.endsWith(`: ${(100 * probability).toFixed(1)} %`))
    }
    await page.setInputFiles('#file', { name: 'x.ftz', mimeType: '', buffer: Buffer.from('the 1 2\n') })
    await page.waitForFunction(() => /does not begin/.test(document.getElementById('status')!.textContent!))
    assert.deepEqual(complaints, [])
  } finally {
    await browser.close()
  }
})
