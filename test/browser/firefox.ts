import { existsSync } from 'node:fs'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import type { OpenBrowser } from './open-browser.js'

/** Where Firefox is, or undefined. */
export const firefox = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  path => path && existsSync(path),
)

/** Why tests that need Firefox are skipped, or false. */
export const withoutFirefox = firefox
  ? false
  : 'there is no Firefox here: set the environment variable FIREFOX, or install /usr/bin/firefox-esr'

/** Firefox without windows, spoken to by WebDriver BiDi. */
export function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({ browser: 'firefox', executablePath: firefox!, headless: true })
}

/** Firefox with a page at that address. */
export async function openFirefox(url: string): Promise<OpenBrowser> {
  const browser = await launchFirefox()
  const ended = new Promise<void>(resolve => browser.once('disconnected', () => resolve()))
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  try {
    await page.goto(url, { waitUntil: 'domcontentloaded' })
  } catch (error) {
    await browser.close() // nobody else would
    throw error
  }
  return { said: () => complaints.join('\n'), ended, close: () => browser.close() }
}

const POLL_MS = 100

/**
 * Waits until the page says yes; rejects after two minutes. Puppeteer's own way to wait makes a function of text in
 * the page, which the studio's policy forbids.
 */
export async function untilTrue(page: Page, holds: () => boolean, milliseconds = 120_000): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await page.evaluate(holds))) {
    if (Date.now() > end) throw new Error(`after ${milliseconds} ms this does not hold: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
  }
}

/** All that a page writes to its console or does not catch, as it comes. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(String(error)))
  return complaints
}
