import { openChromium, withoutChromium } from './chromium.js'
import { openFirefox, withoutFirefox } from './firefox.js'
import type { OpenBrowser } from './open-browser.js'
import { serveProject } from './project-server.js'

export interface TestBrowser {
  readonly name: string
  /** Why its tests are skipped, or false. */
  readonly skip: string | false
  open(url: string): Promise<OpenBrowser>
}

/** Engines of two makers: what one of them gets wrong, the other mostly gets right. */
export const browsers: readonly TestBrowser[] = [
  { name: 'Chromium', skip: withoutChromium, open: openChromium },
  { name: 'Firefox', skip: withoutFirefox, open: openFirefox },
]

/**
 * Opens `page` at the root of a server that has the files of the project, and gives what the page posts to
 * /result. Rejects where it posts nothing for four minutes, or the browser ends.
 */
export async function resultOf(
  browser: TestBrowser,
  page: string,
  headers: Record<string, string>,
): Promise<unknown> {
  const { url, posted, close } = await serveProject(page, headers)
  try {
    return await postedIn(browser, url, posted)
  } finally {
    close()
  }
}

async function postedIn(
  { name, open }: TestBrowser,
  url: string,
  posted: Promise<unknown>,
): Promise<unknown> {
  const browser = await open(url)
  let timer: NodeJS.Timeout | undefined
  const failure = new Promise<never>((_, reject) => {
    const fail = (reason: string) => reject(new Error(`${reason}; ${name} said:\n${browser.said()}`))
    timer = setTimeout(() => fail('the page posted nothing for four minutes'), 240_000)
    browser.ended.then(() => fail('the browser ended before the page had posted its result'))
  })
  try {
    return await Promise.race([posted, failure])
  } finally {
    clearTimeout(timer)
    await browser.close()
  }
}
