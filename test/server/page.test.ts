import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, type BrowserContextOptions, chromium as engine } from 'playwright-core'
import { loadClassifier } from 'wordloom/classification'
import { chromium, withoutChromium } from '../browser/chromium.js'
import { running } from './running.js'
import { main } from './small-models.js'

const chromiumOnly = { skip: withoutChromium }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Promise<Browser> | undefined
after(async () => (await browser)?.close())

async function opened(url: string, options: BrowserContextOptions = {}) {
  browser ??= engine.launch({ executablePath: chromium!, args: ['--no-sandbox'] })
  const page = await (await browser).newPage(options)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => complaints.push(message.text()))
  await page.goto(url)
  return { page, complaints }
}

for (const options of [
  { viewport: { width: 1280, height: 900 } },
  { viewport: { width: 760, height: 900 }, colorScheme: 'dark' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
] as const)
  test(
    `at ${options.viewport.width} pixels axe finds no barrier, and nothing reaches over the edge`,
    chromiumOnly,
    async () => {
      const { url } = await running()
      const { page, complaints } = await opened(url, options)
      await page.waitForSelector('.route')
      await page.click('section:has-text("/v1/complete") button')
      await page.waitForSelector('.answer:not([hidden])')
      await page.evaluate(axe)
      const found: { id: string; impact: string }[] = await page.evaluate(
        `axe.run(document).then(({ violations }) => violations.map(({ id, impact }) => ({ id, impact })))`,
      )
      assert.deepEqual(found, [])
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
      assert.deepEqual(complaints, [])
    },
  )

test(
  'each route has a form that is answered, and a line of curl that says the same',
  chromiumOnly,
  async () => {
    const { url } = await running({ keys: ['a-long-secret'] })
    const { page } = await opened(url)
    await page.waitForSelector('#key')
    const lines = (await page.locator('.curl').allTextContents()).filter(line => line.includes('/v1/'))
    assert.ok(lines.every(line => line.includes("-H 'authorization: Bearer …'")))
    await page.fill('#key', 'a-long-secret')
    await page.press('#key', 'Enter')
    await page.waitForSelector('#models li')
    const card = page.locator('section', { has: page.locator('h2', { hasText: '/v1/embeddings' }) })
    await card.locator('textarea').fill('{ "input": "a good film" }')
    await card.locator('button').click()
    await card.locator('.answer').waitFor()
    assert.match((await card.locator('.answer').textContent())!, /"object": "list"[\s\S]*1 more numbers/)
    assert.match((await card.locator('.status').textContent())!, /^200 in \d+ ms$/)
    assert.equal(
      await card.locator('.curl').textContent(),
      `curl '${url}/v1/embeddings' \\\n  -H 'authorization: Bearer …' \\\n  -H 'content-type: application/json' \\\n  -d '{"input":"a good film"}'`,
    )
    assert.ok((await page.locator('.route').count()) >= 12)
  },
)

test('of several models each form names one, and is answered as it stands', chromiumOnly, async () => {
  const { url } = await running({}, [main, { ...main, name: 'other' }])
  const { page } = await opened(url)
  await page.waitForSelector('#models li')
  const cards = page.locator('.route:visible', {
    has: page.locator('details', { hasText: 'name of the model' }),
    hasNot: page.locator('h2', { hasText: /search|documents/ }), // of which this server has none
  })
  const count = await cards.count()
  assert.ok(count >= 7)
  for (let i = 0; i < count; i++) {
    const card = cards.nth(i)
    assert.match((await card.locator('.curl').textContent())!, /"model":"main"|model=main|models\/main/)
    await card.locator('button').click()
    await card.locator('.answer').waitFor()
    assert.doesNotMatch((await card.locator('.answer').textContent())!, /model is missing/)
  }
  const one = page.locator('.route', { has: page.locator('h2', { hasText: '/v1/models/{id}' }) })
  await one.locator('input').fill('')
  await one.locator('button').click()
  assert.equal(await one.locator('.status').textContent(), 'id is needed.')
})

test(
  'a server of classifiers alone names them, and shows no form that none of them answers',
  chromiumOnly,
  async () => {
    const file = fileURLToPath(new URL('../../../test/classification/models/softmax.bin', import.meta.url))
    const { url } = await running({}, [{ name: 'desk', classifier: await loadClassifier(file) }])
    const { page, complaints } = await opened(url)
    await page.waitForSelector('#models li')
    assert.match((await page.locator('#models').textContent())!, /desk classifier of 6 labels/)
    assert.match((await page.locator('.route:visible h2').first().textContent())!, /classify/)
    assert.equal(await page.locator('.route:visible h2', { hasText: 'nearest' }).count(), 0)
    await page.locator('.route:visible button').first().click()
    await page.waitForSelector('.answer:not([hidden])')
    assert.deepEqual(complaints, [])
  },
)

test(
  'E24 openai in a page of another site has every number, if --cors names the site',
  chromiumOnly,
  async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import OpenAI from 'openai'
        window.ask = async (baseURL, apiKey) => {
          const openai = new OpenAI({ baseURL, apiKey, dangerouslyAllowBrowser: true, maxRetries: 0 })
          const { data } = await openai.embeddings.create({ model: 'main', input: 'a good film' })
          return data[0].embedding
        }`,
        resolveDir: fileURLToPath(new URL('../../../', import.meta.url)),
      },
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
    })
    const site = createServer((_, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><script>${outputFiles[0]!.text.replaceAll('</script', '<\\/script')}</script>`)
    })
    await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
    after(() => site.close())
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    const [open, closed] = [
      await running({ keys: ['a-long-secret'], cors: [origin] }),
      await running({ keys: ['a-long-secret'] }),
    ]
    const { page } = await opened(origin)
    const ask = (url: string, key: string) => page.evaluate(`ask('${url}/v1', '${key}')`) as Promise<number[]>
    assert.equal((await ask(open.url, 'a-long-secret')).length, 9)
    await assert.rejects(ask(open.url, 'wrong-secret'), /401 Cannot answer/)
    await assert.rejects(ask(closed.url, 'a-long-secret'), /Connection error/)
  },
)
