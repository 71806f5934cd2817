import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Where Chromium is, or undefined. */
export const chromium = [process.env.CHROMIUM, '/usr/bin/chromium'].find(path => path && existsSync(path))

/** The two headers that let a page share memory with its workers. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
}

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

/**
 * Opens `page` at the root of a server that has the files of the project, and gives what the page posts to
 * /result. Rejects where it posts nothing for four minutes, or Chromium ends.
 */
export async function resultOf(page: string, headers: Record<string, string>): Promise<unknown> {
  const profile = await mkdtemp(join(tmpdir(), 'wordloom-chromium-'))
  let said = ''
  let take: (result: unknown) => void = () => {}
  let fail: (reason: string) => void = () => {}
  const posted = new Promise<unknown>((resolve, reject) => {
    take = resolve
    fail = reason => reject(new Error(`${reason}; Chromium said:\n${said}`))
  })
  const server = createServer(async (request, response) => {
    const whole = await answer(request, page, take)
    const { status, type, body, range } = ranged(whole, request.headers.range)
    const more = { ...headers, ...range, 'Content-Type': type, 'Cache-Control': 'no-store' }
    response.writeHead(status, more).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const browser = spawn(chromium!, [...flags, `--user-data-dir=${profile}`, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  browser.stderr.on('data', part => {
    said = (said + part).slice(-2000)
  })
  const ended = new Promise<void>(resolve => browser.once('close', () => resolve()))
  const timer = setTimeout(() => fail('the page posted nothing for four minutes'), 240_000)
  ended.then(() => fail('Chromium ended before the page had posted its result'))
  try {
    return await posted
  } finally {
    clearTimeout(timer)
    browser.kill()
    await ended
    server.close()
    server.closeAllConnections()
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

interface Answer {
  status: number
  type: string
  body: string | Uint8Array
  range?: { 'Content-Range': string }
}

/** The part of a file that was asked for by `Range: bytes=0-99`. */
function ranged(whole: Answer, header = ''): Answer {
  const match = /^bytes=(\d+)-(\d+)$/.exec(header)
  if (!match || whole.status !== 200) return whole
  const body = whole.body.slice(Number(match[1]), Number(match[2]) + 1)
  const range = { 'Content-Range': `bytes ${match[1]}-${match[2]}/${whole.body.length}` }
  return { ...whole, status: 206, body, range }
}

async function answer(
  request: IncomingMessage,
  page: string,
  take: (result: unknown) => void,
): Promise<Answer> {
  const html = types['.html']!
  const { pathname } = new URL(request.url!, 'http://localhost')
  if (request.method === 'POST') {
    take(JSON.parse(await text(request)))
    return { status: 204, type: html, body: '' }
  }
  if (pathname === '/') return { status: 200, type: html, body: page }
  try {
    const body = await readFile(join(root, normalize(pathname)))
    return { status: 200, type: types[extname(pathname)] ?? 'text/plain', body }
  } catch {
    return { status: 404, type: html, body: '' }
  }
}
