import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { median, quantile } from 'simple-statistics'
import { WordloomError } from 'wordloom'
import { studioFiles } from '#cli/studio/files'
import { serveStudio } from '#cli/studio/server'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { madeUpVectors } from './made-up-vectors.js'
import { fixed, table } from './table.js'
import { numberFlag } from './variants.js'

export const mapUsage = `map      frames of the studio's map in Chromium without a graphics processor, while it is dragged and zoomed
  --words 100000  --dimensions 12  --chromium /usr/bin/chromium  --ratio 1`

/** What the page notes: when frames came, and how long its own drawing took in those that drew. */
interface Frames {
  readonly times: number[]
  readonly drawing: number[]
}

interface Motion {
  readonly name: string
  move(page: Page, middle: { x: number; y: number }): Promise<void>
}

const motions: readonly Motion[] = [
  { name: 'dragged, the whole in sight', move: drag },
  {
    name: 'zoomed in and out',
    async move(page) {
      for (let i = 0; i < 40; i++) await page.mouse.wheel(0, i < 20 ? -60 : 60)
    },
  },
  {
    name: 'dragged, from near',
    async move(page, middle) {
      for (let i = 0; i < 12; i++) await page.mouse.wheel(0, -100)
      await drag(page, middle)
    },
  },
]

export async function map(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      words: { type: 'string', default: '100000' },
      dimensions: { type: 'string', default: '12' },
      chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
      ratio: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  })
  const [words, dimensions, ratio] = (['words', 'dimensions', 'ratio'] as const).map(name =>
    numberFlag(name, values[name], 1),
  ) as [number, number, number]
  if (!existsSync(values.chromium))
    throw new WordloomError('no-input', {
      found: `${values.chromium} is not there; --chromium tells where Chromium is`,
    })
  const machine = describeMachine()
  const vectors = madeUpVectors(words, dimensions)
  const server = await serveStudio(await studioFiles({ name: 'clusters.safetensors', vectors }), 0)
  const browser = await chromium.launch({
    executablePath: values.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const results = await measure(browser, server.url, ratio)
    const conditions = [
      `made-up vectors: ${words} words by their main axes, Chromium ${browser.version()}, 1280 × 860, ${ratio} pixels to one`,
      'script: what drawing a frame takes the page; frames: from one to the next; ms, median and nine of ten',
    ]
    process.stdout.write(`${heading('Map', conditions, machine)}\n${mapTable(results)}`)
    writeJson(values.json, machine, results)
  } finally {
    await browser.close()
    await server.close()
  }
}

async function measure(browser: Browser, url: string, ratio: number): Promise<Frames[]> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    deviceScaleFactor: ratio,
  })
  await page.addInitScript(noting)
  await page.goto(url)
  // The layout by neighbours would take the processor; the main axes are there before it.
  await page.click('#stop', { timeout: 300_000 })
  await page.waitForSelector('.work', { state: 'hidden', timeout: 300_000 })
  note('the map is there')
  const box = (await (await page.$('#map'))!.boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const results: Frames[] = []
  for (const { move } of motions) {
    await page.waitForTimeout(1000)
    await page.evaluate('window.noted = { times: [], drawing: [] }')
    await move(page, middle)
    results.push((await page.evaluate('window.noted')) as Frames)
  }
  return results
}

const noting = `
window.noted = { times: [], drawing: [] }
{
  const request = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = draw =>
    request(now => {
      const start = performance.now()
      draw(now)
      const took = performance.now() - start
      if (took > 0.2) window.noted.drawing.push(took) // a second stage that is not shown draws nothing
    })
  const tick = now => {
    window.noted.times.push(now)
    request(tick)
  }
  request(tick)
}`

async function drag(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let i = 0; i < 60; i++) await page.mouse.move(x + 200 * Math.sin(i / 8), y + 150 * Math.sin(i / 11))
  await page.mouse.up()
}

function mapTable(results: readonly Frames[]): string {
  return table(
    ['the map is', 'script', 'nine of ten', 'frames', 'nine of ten'],
    results.map(({ times, drawing }, i) => {
      const gaps = times.slice(1).map((time, j) => time - times[j]!)
      return [motions[i]!.name, ...[drawing, gaps].flatMap(twoOf)]
    }),
  )
}

function twoOf(values: number[]): string[] {
  return [median(values), quantile(values, 0.9)].map(value => fixed(value, 1))
}
