import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenBrowser } from './open-browser.js'

/** Where Chromium is, or undefined. */
export const chromium = [process.env.CHROMIUM, '/usr/bin/chromium'].find(path => path && existsSync(path))

/** Why tests that need Chromium are skipped, or false. */
export const withoutChromium = chromium
  ? false
  : 'there is no Chromium here: set the environment variable CHROMIUM, or install /usr/bin/chromium'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium with a page at that address, driven by nobody: it is as it comes to people. */
export async function openChromium(url: string): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'wordloom-chromium-'))
  const browser = spawn(chromium!, [...flags, `--user-data-dir=${profile}`, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  browser.stderr.on('data', part => {
    said = (said + part).slice(-2000)
  })
  const ended = new Promise<void>(resolve => browser.once('close', () => resolve()))
  return {
    said: () => said,
    ended,
    async close() {
      browser.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
