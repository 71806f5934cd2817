import { after } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium as engine, type Page } from 'playwright-core'
import type { WordVectors } from 'wordloom'
import { studioFiles } from '#cli/studio/files'
import { type StudioServer, serveStudio } from '#cli/studio/server'
import { chromium } from '../browser/chromium.js'

/** A page of the studio, and everything that it complained of or asked for. */
export interface OpenPage {
  page: Page
  complaints: string[]
  requests: string[]
}

let browser: Promise<Browser> | undefined
const servers: StudioServer[] = []

after(async () => {
  await (await browser)?.close()
  for (const server of servers) await server.close()
})

/** Opens the studio as `wordloom studio` serves it. */
export async function openPage(
  options: BrowserContextOptions = {},
  vectors?: WordVectors,
): Promise<OpenPage> {
  browser ??= engine.launch({ executablePath: chromium!, args: ['--no-sandbox'] })
  const models = vectors ? [{ name: 'vectors.safetensors', vectors }] : []
  const server = await serveStudio(await studioFiles(...models), 0)
  servers.push(server)
  const page = await (await browser).newPage({ viewport: { width: 1280, height: 900 }, ...options })
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => requests.push(request.url()))
  await page.goto(`${server.url}#/microscope`)
  await page.waitForSelector('#loss-value data')
  return { page, complaints, requests }
}

/** The whole number behind each figure that the selector finds, in their order. */
export function numbersAt(page: Page, selector: string): Promise<number[]> {
  return page.$$eval(`${selector} data`, found => found.map(data => Number((data as HTMLDataElement).value)))
}

export async function numberAt(page: Page, selector: string): Promise<number> {
  return (await numbersAt(page, selector))[0]!
}

/** Row `word` of a heat map, in either convention. */
export function heatRow(page: Page, id: string, word: number | string): Promise<number[]> {
  return numbersAt(page, `#${id} td.heat[data-word="${word}"]`)
}

/** Rows of a heat map for so many words; rows that are not touched are zero. */
export async function heatRows(page: Page, id: string, words: number, dimensions: number) {
  const cells = await page.$$eval(`#${id} td.heat`, found =>
    found.map(cell => ({
      word: (cell as HTMLElement).dataset.word,
      dimension: Number((cell as HTMLElement).dataset.dimension),
      value: Number(cell.querySelector('data')!.value),
    })),
  )
  const rows = Array.from({ length: words }, () => new Array<number>(dimensions).fill(0))
  for (const { word, dimension, value } of cells) {
    const row = rows[Number(word)]
    if (row) row[dimension] = value
  }
  return rows
}

/** Chooses a radio button, as a click would, without waiting for the page to be painted. */
export function choose(page: Page, id: string): Promise<void> {
  return page.$eval(`#${id}`, input => (input as HTMLInputElement).click())
}

/** Opens a file in the page's own picker. */
export async function openFile(page: Page, name: string, content: Uint8Array): Promise<void> {
  await page.setInputFiles('#vectors-file', {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content),
  })
}
