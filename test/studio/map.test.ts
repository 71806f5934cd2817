import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import { studioFiles } from '#cli/studio/files'
import { type StudioServer, serveStudio } from '#cli/studio/server'
import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { chromium, withoutChromium } from '../browser/chromium.js'

const chromiumOnly = { skip: withoutChromium }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A graphics processor played by the processor. */
const SWIFTSHADER = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

const browsers: Browser[] = []
const servers: StudioServer[] = []
after(async () => {
  for (const browser of browsers) await browser.close()
  for (const server of servers) await server.close()
})

/** So many words around five axes. */
function madeVectors(words: number, dimensions = 12, seed = 1): WordVectors {
  const random = new Random(seed, 0)
  const matrix = allocateMatrix(words, dimensions)
  for (let i = 0; i < words; i++)
    row(matrix, i).set(
      Float32Array.from({ length: dimensions }, (_, d) => Number(d === i % 5) * 2 + random.uniform() - 0.5),
    )
  const counts = Float64Array.from({ length: words }, (_, i) => Math.ceil((10 * words) / (i + 1)))
  return new WordVectors({
    vocabulary: Vocabulary.of(
      Array.from({ length: words }, (_, i) => `word${i}`),
      counts,
    ),
    matrix,
  })
}

interface Opening extends BrowserContextOptions {
  readonly models?: readonly WordVectors[]
  readonly query?: string
  readonly args?: readonly string[]
  /** Whether to wait for the layout by neighbours. */
  readonly settles?: boolean
}

async function openMap({
  models = [madeVectors(300)],
  query = '',
  args = [],
  settles = true,
  ...options
}: Opening = {}) {
  const browser = await engine.launch({ executablePath: chromium!, args: ['--no-sandbox', ...args] })
  browsers.push(browser)
  const given = models.map((vectors, i) => ({ name: `model${i}.safetensors`, vectors }))
  const server = await serveStudio(await studioFiles(...given), 0)
  servers.push(server)
  const page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  })
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${server.url}${query}`)
  if (models.length > 0 && settles) await settled(page)
  return { page, complaints }
}

/** Until the layout by neighbours is there and measured. */
function settled(page: Page): Promise<unknown> {
  return page.waitForFunction(
    () =>
      (document.getElementById('picture-umap') as HTMLInputElement)?.checked &&
      document.querySelector('#trust .great') &&
      document.querySelector<HTMLElement>('.work')?.hidden,
    null,
    { timeout: 120_000 },
  )
}

/** How many pixels of the points' canvas have a color. */
function inkOn(page: Page, id = 'map'): Promise<number> {
  return page.$eval(`#${id} canvas`, found => {
    const canvas = document.createElement('canvas')
    const { width, height } = found as HTMLCanvasElement
    Object.assign(canvas, { width, height })
    const context = canvas.getContext('2d')!
    context.drawImage(found as HTMLCanvasElement, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    return data.reduce((sum, value, i) => sum + (i % 4 === 3 && value > 0 ? 1 : 0), 0)
  })
}

async function barriers(page: Page): Promise<unknown[]> {
  await page.evaluate(axe)
  const found: { impact: string | null }[] = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary) })))`,
  )
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
}

async function look(page: Page, word: string): Promise<void> {
  await page.fill('#map-search', word)
  await page.waitForSelector('#map-search-0')
  await page.keyboard.press('Enter')
  // The card of the word before has the same parts.
  await page.waitForFunction(
    wanted =>
      document.querySelector('.word-card h2')?.textContent === wanted && document.querySelector('#kept'),
    word,
  )
}

test(
  'a word has its true neighbours, found in all dimensions, and says how many the picture shows',
  chromiumOnly,
  async () => {
    const vectors = madeVectors(300)
    const { page, complaints } = await openMap({ models: [vectors] })
    assert.ok((await inkOn(page)) > 500)
    await look(page, 'word7')
    const wanted = vectors.nearest('word7', 10)
    assert.deepEqual(
      await page.$$eval('#neighbors bdi', found => found.map(word => word.textContent)),
      wanted.map(({ word }) => word),
    )
    const shown = await page.$$eval('#neighbors data', found =>
      found.map(data => Number((data as HTMLDataElement).value)),
    )
    shown.forEach((similarity, i) => {
      assert.ok(Math.abs(similarity - wanted[i]!.similarity) < 1e-6)
    })
    const near = await page.$$eval('#neighbors .in-picture.near', found => found.length)
    assert.match((await page.textContent('#kept'))!, new RegExp(`^${near} of 10 `))
    assert.match((await page.textContent('#announcement'))!, /^word7: its nearest words are word\d+ 0\.\d\d/)
    await page.click('#neighbors li:nth-child(3) button')
    await page.waitForFunction(
      word => document.querySelector('.word-card h2')?.textContent === word,
      wanted[2]!.word,
    )
    await page.keyboard.press('Escape')
    await page.waitForSelector('#neighbors', { state: 'detached' })
    assert.deepEqual(complaints, [])
  },
)

test(
  'in the search another word replaces the one before, however one comes there',
  chromiumOnly,
  async () => {
    const { page, complaints } = await openMap()
    const chosen = (word: string) =>
      page.waitForFunction(wanted => document.querySelector('.word-card h2')?.textContent === wanted, word)
    const typed = async (word: string) => {
      await page.keyboard.type(word)
      assert.equal(await page.inputValue('#map-search'), word)
      await page.waitForSelector('#map-search-0')
      await page.keyboard.press('Enter')
      await chosen(word)
    }
    await look(page, 'word7')
    await typed('word21') // the field still has the focus
    await page.keyboard.press('/')
    await typed('word22')
    await page.focus('#map')
    await page.keyboard.press('/')
    await typed('word33')
    await page.click('#neighbors button')
    await page.click('#map-search')
    await typed('word44')
    await page.keyboard.press('Escape')
    await page.waitForSelector('#neighbors', { state: 'detached' })
    assert.equal(await page.inputValue('#map-search'), '')
    assert.equal(await page.isVisible('#map-failure'), false)
    assert.deepEqual(complaints, [])
  },
)

for (const [name, options] of [
  ['a wide page by day', {}],
  ['a phone at night', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true }],
] as const)
  test(
    `axe finds no barrier on the map on ${name}, and nothing reaches over its edge`,
    chromiumOnly,
    async () => {
      const { page, complaints } = await openMap(options)
      for (const act of [
        async () => {},
        () => look(page, 'word3'),
        async () => {
          for (const id of ['analogy', 'other', 'sight']) await page.click(`#${id} > summary`)
          await page.$eval('#color-frequency', input => (input as HTMLInputElement).click())
        },
      ]) {
        await act()
        assert.deepEqual(await barriers(page), [])
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
      }
      assert.deepEqual(complaints, [])
    },
  )

test(
  'the map goes by keyboard: nearer, farther, about, and to the word in the middle',
  chromiumOnly,
  async () => {
    const { page } = await openMap()
    await page.keyboard.press('/')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'map-search')
    await page.focus('#map')
    const before = await inkOn(page)
    for (const key of ['+', '+', '+', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key)
    await page.waitForTimeout(200)
    assert.notEqual(await inkOn(page), before)
    await page.keyboard.press('0')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#kept')
    await page.click('#sight > summary')
    // The list is filled once the browser has told that it was opened, which a click does not wait for.
    await page.waitForFunction(() => document.querySelectorAll('#in-sight button').length > 10)
  },
)

test('an analogy is answered as the library answers it', chromiumOnly, async () => {
  const vectors = madeVectors(300)
  const { page } = await openMap({ models: [vectors] })
  await page.click('#analogy > summary')
  for (const [name, word] of [
    ['a', 'word1'],
    ['b', 'word2'],
    ['c', 'word6'],
  ] as const)
    await page.fill(`#analogy-${name}`, word)
  await page.click('#ask-analogy')
  await page.waitForSelector('#analogy-answers li')
  assert.deepEqual(
    await page.$$eval('#analogy-answers bdi', found => found.map(word => word.textContent)),
    vectors.analogy('word1', 'word2', 'word6', { count: 5 }).map(({ word }) => word),
  )
  await page.fill('#analogy-a', 'nowhere')
  await page.click('#ask-analogy')
  await page.waitForFunction(
    () => document.getElementById('map-failure')?.textContent === '“nowhere” is not among these words.',
  )
})

test('a table colours words, and a wrong one is told in a sentence', chromiumOnly, async () => {
  const { page } = await openMap()
  const open = (name: string, text: string) =>
    page.setInputFiles('#table-file', { name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await open('kinds.csv', 'word,kind\nword1,plant\nword2,animal\nword3,animal\n')
  await page.waitForFunction(() => document.querySelector('#legend')?.textContent?.startsWith('animal'))
  assert.equal(await page.textContent('#legend'), 'animalplantnot in the table')
  await open('bad.tsv', 'word1\t1\nword2\n')
  await page.waitForFunction(() =>
    /^Cannot read bad\.tsv: line 2: /.test(document.getElementById('map-failure')?.textContent ?? ''),
  )
})

test(
  'two models stand beside each other, and a word tells what it gained and lost',
  chromiumOnly,
  async () => {
    const { page, complaints } = await openMap({ models: [madeVectors(300), madeVectors(200, 12, 2)] })
    assert.match((await page.textContent('#other-facts'))!, /model1\.safetensors has 200 of these words/)
    assert.ok((await inkOn(page, 'other-map')) > 300)
    await look(page, 'word9')
    await page.waitForSelector('.shift.gained')
    const count = (kind: string) => page.$$eval(`.shift.${kind} button`, found => found.length)
    assert.equal((await count('kept-words')) + (await count('lost')), 10)
    assert.equal((await count('kept-words')) + (await count('gained')), 10)
    await look(page, 'word250')
    assert.match((await page.textContent('#shift'))!, /does not have this word/)
    await page.click('#close-other')
    assert.equal(await page.isVisible('#other-map'), false)
    assert.deepEqual(complaints, [])
  },
)

test(
  'a file that is none is told in a sentence, and one that is replaces the map',
  chromiumOnly,
  async () => {
    const { page } = await openMap({ models: [], query: '#/map' })
    const open = (name: string, text: string) =>
      page.setInputFiles('#map-file', { name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await open('none.txt', '2 3\na 1 2 3\nb 1 2\n')
    await page.waitForFunction(() =>
      /^Cannot read none\.txt: line 3: /.test(document.getElementById('map-failure')?.textContent ?? ''),
    )
    await open('two.txt', '3 2\na 1 2\nb 2 1\nc -1 1\n')
    await page.waitForFunction(() =>
      document.getElementById('file-facts')?.textContent?.startsWith('two.txt: 3 words'),
    )
  },
)

test('pictures are saved as PNG and as SVG with their words', chromiumOnly, async () => {
  const { page } = await openMap()
  await look(page, 'word5')
  const saved = async (id: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(id)])
    return readFileSync((await download.path())!)
  }
  assert.deepEqual([...(await saved('#save-png')).subarray(1, 4)], [...Buffer.from('PNG')])
  const svg = (await saved('#save-svg')).toString()
  assert.match(svg, /<text[^>]*>word5<\/text>/)
  assert.match(svg, /Trustworthiness 0\.\d{3}/)
})

test('with WebGL points are drawn, too', chromiumOnly, async () => {
  const { page, complaints } = await openMap({ query: '?surface=webgl', args: SWIFTSHADER })
  assert.equal(await page.getAttribute('#map', 'data-surface'), 'webgl')
  await page.focus('#map')
  await page.keyboard.press('+')
  await page.waitForTimeout(100)
  const box = (await (await page.$('#map'))!.boundingBox())!
  const plain = await page.screenshot({ clip: box })
  await page.$eval('#map canvas', canvas => canvas.remove())
  assert.ok(plain.length > (await page.screenshot({ clip: box })).length, 'the points are in the picture')
  assert.deepEqual(
    complaints.filter(text => !/GPU stall|GL Driver/.test(text)),
    [],
  )
})

test('a page that is made of more words than it takes at first takes all of them', chromiumOnly, async () => {
  const { page, complaints } = await openMap({ models: [madeVectors(100_500, 4)], settles: false })
  await page.waitForFunction(
    () => /100,500 words/.test(document.querySelector('#file-facts')?.textContent ?? ''),
    null,
    { timeout: 120_000 },
  )
  assert.equal(await page.$eval('#limit', shown => (shown as HTMLSelectElement).value), '100500')
  assert.deepEqual(complaints, [])
})
