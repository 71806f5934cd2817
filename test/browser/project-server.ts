import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

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

/** A running server: where its page is, what the page posts to /result, and how to end it. */
export interface ProjectServer {
  readonly url: string
  readonly posted: Promise<unknown>
  close(): void
}

/** Serves `page` at its root, and below it the files of the project. */
export async function serveProject(page: string, headers: Record<string, string>): Promise<ProjectServer> {
  let take: (result: unknown) => void = () => {}
  const posted = new Promise<unknown>(resolve => {
    take = resolve
  })
  const server = createServer(async (request, response) => {
    const whole = await answer(request, page, take)
    const { status, type, body, range } = ranged(whole, request.headers.range)
    const more = { ...headers, ...range, 'Content-Type': type, 'Cache-Control': 'no-store' }
    response.writeHead(status, more).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    posted,
    close() {
      server.close()
      server.closeAllConnections()
    },
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
