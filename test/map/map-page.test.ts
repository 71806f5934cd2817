import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core'
import { drawMap } from '#map/index'
import { chromium } from '../browser/chromium.js'
import { groupedVectors, madeWords } from './small-vectors.js'

const chromiumOnly = { skip: chromium ? false : 'there is no Chromium here; set CHROMIUM to its path' }

let browser: Browser
let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wordloom-map-'))
  await writeFile(join(folder, 'map.html'), drawMap(groupedVectors(madeWords(120)), { words: 120 }))
  if (chromium) browser = await engine.launch({ executablePath: chromium, args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

interface Opening extends BrowserContextOptions {
  readonly hash?: string
}

/** A saved map, opened from its folder. */
async function openMap({ hash = '', ...options }: Opening = {}) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  })
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  const address = `${pathToFileURL(join(folder, 'map.html'))}${hash}`
  await page.goto(address)
  await page.waitForSelector('svg.ready')
  return { page, complaints, requests }
}

const chosenWord = (page: Page) => page.$eval('#word', panel => panel.querySelector('h2')?.textContent)
/** Where words stand, and how large letters are. */
const places = (page: Page) =>
  page.$$eval('#words > g', found => found.map(word => word.getAttribute('transform')))
const lit = (page: Page) => page.$$eval('.word.on text', found => found.map(text => text.textContent))

/** The middle of a word's label on the screen. */
async function middleOf(page: Page, word: string): Promise<[number, number]> {
  return page.$$eval(
    '.word text',
    (found, wanted) => {
      const { x, y, width, height } = found.find(text => text.textContent === wanted)!.getBoundingClientRect()
      return [x + width / 2, y + height / 2]
    },
    word,
  )
}

for (const width of [360, 800, 1280])
  test(
    `a saved map of ${width} pixels shows every word within its frame, and complains of nothing`,
    chromiumOnly,
    async () => {
      const { page, complaints, requests } = await openMap({ viewport: { width, height: 800 } })
      const outside = await page.$$eval('#words > g', found => {
        const frame = document.querySelector('main')!.getBoundingClientRect()
        const isOut = ({ x, y }: DOMRect) => x < 0 || y < frame.top || x > frame.right || y > frame.bottom
        return found.filter(word => isOut(word.querySelector('circle')!.getBoundingClientRect())).length
      })
      assert.equal(outside, 0)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false)
      assert.equal(requests.length, 1)
      assert.deepEqual(complaints, [])
    },
  )

test(
  'a word in a saved map is chosen by click, neighbor, arrow and address, and let go',
  chromiumOnly,
  async () => {
    const { page, complaints } = await openMap()
    const [first, second] = await page.$$eval('.word:not(.dot) text', found =>
      found.slice(-2).map(text => text.textContent!),
    )
    await page.mouse.move(...(await middleOf(page, first!)))
    assert.equal(await chosenWord(page), first)
    await page.mouse.click(...(await middleOf(page, second!)))
    assert.equal(await chosenWord(page), second)
    assert.equal(new URL(page.url()).hash, `#word=${second}`)
    assert.equal((await lit(page)).length, 9)
    assert.equal((await page.$$('#lines path')).length, 8)

    const neighbor = await page.textContent('#word li bdi')
    await page.hover('#word li button')
    assert.equal(await page.textContent('.word.glow text'), neighbor)
    await page.click('#word li button')
    assert.equal(await chosenWord(page), neighbor)

    await page.focus('#map')
    const walked = new Set([neighbor])
    for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
      await page.keyboard.press(key)
      walked.add((await chosenWord(page))!)
    }
    assert.ok(walked.size > 2)
    await page.keyboard.press('Escape')
    assert.equal(await chosenWord(page), undefined)
    assert.deepEqual(await lit(page), [])
    assert.equal(new URL(page.url()).hash, '')

    await page.evaluate(hash => location.assign(hash), `#word=${first}`)
    await page.waitForFunction(word => document.querySelector('h2')?.textContent === word, first)
    assert.deepEqual(complaints, [])
  },
)

test(
  'a saved map comes nearer by wheel, keys and double click, is dragged, and shown whole again',
  chromiumOnly,
  async () => {
    const { page, complaints } = await openMap()
    const whole = await places(page)
    const changed = async (act: () => Promise<unknown>) => {
      const before = await places(page)
      await act()
      await page.waitForFunction(
        transform => document.querySelector('#words > g')!.getAttribute('transform') !== transform,
        before[0],
      )
    }
    await page.mouse.move(450, 420)
    await changed(() => page.mouse.wheel(0, -300))
    assert.equal(await page.isVisible('#whole'), true)
    await changed(async () => {
      await page.mouse.down()
      await page.mouse.move(500, 440, { steps: 4 })
      await page.mouse.up()
    })
    assert.equal(await chosenWord(page), undefined)
    await page.focus('#map')
    for (const key of ['+', '-', '-']) await changed(() => page.keyboard.press(key))
    await changed(() => page.mouse.dblclick(450, 420))
    await page.keyboard.press('0')
    assert.deepEqual(await places(page), whole)
    await changed(() => page.keyboard.press('+'))
    await page.click('#whole')
    assert.deepEqual(await places(page), whole)
    await page.setViewportSize({ width: 500, height: 900 })
    await page.waitForFunction(
      transform => document.querySelector('#words > g')!.getAttribute('transform') !== transform,
      whole[0],
    )
    assert.match((await page.getAttribute('#clouds', 'transform'))!, /^matrix\(0 /, 'x and y are exchanged')
    assert.deepEqual(complaints, [])
  },
)

test(
  'the search of a saved map lights what matches, and another word replaces the one before',
  chromiumOnly,
  async () => {
    const { page, complaints } = await openMap()
    const words = await page.$$eval('.word text', found => found.map(text => text.textContent!))
    const [one, two, three] = words
    const typed = async (word: string) => {
      await page.keyboard.type(word)
      assert.equal(await page.inputValue('#search'), word)
      assert.deepEqual(new Set(await lit(page)), new Set(words.filter(other => other.includes(word))))
      await page.keyboard.press('Enter')
      assert.equal(await chosenWord(page), word)
    }
    await page.keyboard.press('/')
    await typed(one!)
    await page.keyboard.press('/') // the field still has the focus
    await typed(two!)
    await page.focus('#map')
    await page.keyboard.press('/')
    await typed(three!)
    await page.focus('#map')
    await page.click('#search')
    await typed(one!)
    await page.keyboard.type('no such word')
    assert.equal(await page.textContent('#found'), 'not among these 120 words')
    await page.keyboard.press('Escape')
    assert.equal(await page.inputValue('#search'), '')
    assert.deepEqual(await lit(page), [])
    assert.deepEqual(complaints, [])
  },
)

test('an address of a word that a saved map lacks is told', chromiumOnly, async () => {
  const { page } = await openMap({ hash: '#word=nowhere' })
  assert.equal(await page.textContent('#found'), '“nowhere” is not among these 120 words')
})
