import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { option, say, WordloomError } from '../../errors.js'
import type { DiskFile, StudioFiles } from './files.js'

const HOST = '127.0.0.1'
/** Ports that are tried after one that is taken. */
const PORTS_TRIED = 20
/** Browsers open six to a server; each may have one file open, of which there is room for some hundreds at least. */
const MOST_CONNECTIONS = 200

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** A running server: where it is, and how to end it. */
export interface StudioServer {
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the files to this machine alone, on the port or, if it is taken, the next free one; 0 is any free port.
 * Throws `usage` if none is free.
 */
export async function serveStudio(files: StudioFiles, port: number): Promise<StudioServer> {
  // Whatever goes wrong with a request ends that request alone.
  const server = createServer((request, response) => {
    answer(files, request, response).catch(() => response.destroy())
  })
  server.maxConnections = MOST_CONNECTIONS
  await listen(server, port, port === 0 ? 1 : PORTS_TRIED)
  server.on('error', () => {}) // a connection that could not be taken
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function listen(server: Server, port: number, tries: number): Promise<void> {
  for (let next = port; next < Math.min(port + tries, 65_536); next++) if (await listens(server, next)) return
  throw new WordloomError('usage', {
    action: 'serve the studio',
    found: `no port from ${port} to ${Math.min(port + tries, 65_536) - 1} is free`,
    cure: say`give another with ${option('port')}, or 0 for any`,
  })
}

/** Whether the port could be had. */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    }
    server.once('error', onError)
    server.listen(port, HOST, () => {
      server.off('error', onError)
      resolve(true)
    })
  })
}

async function answer(
  files: StudioFiles,
  { url, method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOurs(headers.host)) return refuse(response, 403, 'The studio is for this machine alone.')
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return refuse(response, 405, 'The studio is only read.')
  }
  const path = pathOf(url)
  if (path === undefined) return refuse(response, 400, 'That is not the path of a file.')
  const file = files.get(path)
  if (!file) return refuse(response, 404, 'There is no such file.')
  const content = file instanceof Uint8Array ? file : await presentOf(file)
  if (!content) return refuse(response, 410, 'The file is gone.')
  await send(response, content, extname(path), headers.range, method === 'HEAD')
}

/** A file as it lies on the disk now: another one may have taken its place since the studio was started. */
interface PresentFile extends DiskFile {
  /** Another one once the file is written to or replaced. */
  readonly version: string
}

async function presentOf({ path }: DiskFile): Promise<PresentFile | undefined> {
  const facts = await stat(path, { bigint: true }).catch(() => undefined)
  if (!facts?.isFile()) return undefined
  return { path, size: Number(facts.size), version: `"${facts.ino}-${facts.size}-${facts.mtimeNs}"` }
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'Content-Type': types['.txt'] }).end(`${reason}\n`)
}

/** The name of the file that a request is for; undefined if it is none, as in `*`, `//` and `/%`. */
function pathOf(target = ''): string | undefined {
  const origin = /^http:\/\/([^/?#]*)(?=\/)/.exec(target)
  if (origin && !isOurs(origin[1])) return undefined
  const [, path] = /^\/((?!\/)[^?#]*)/.exec(target.slice(origin?.[0].length ?? 0)) ?? []
  try {
    return path === '' ? 'index.html' : path && decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** A file, or the range of bytes that was asked for: look-ups in large files read no more than they need. */
async function send(
  response: ServerResponse,
  file: Uint8Array | PresentFile,
  extension: string,
  asked: string | undefined,
  isHead: boolean,
): Promise<void> {
  const size = file instanceof Uint8Array ? file.length : file.size
  const range = rangeOf(asked, size)
  const headers = {
    'Content-Type': types[extension] ?? 'application/octet-stream',
    'Cache-Control': 'no-store',
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    ...('version' in file && { ETag: file.version }),
  }
  if (range === 'none') return void response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end()
  const { start, end } = range ?? { start: 0, end: size }
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'Content-Length': end - start,
    ...(range && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
  })
  if (isHead || end === start) response.end()
  else if (file instanceof Uint8Array) response.end(file.subarray(start, end))
  else await sendPart(response, file.path, start, end)
}

/** Has the file open only while it is sent: not while answers to earlier requests are, and not once the reader has gone. */
async function sendPart(response: ServerResponse, path: string, start: number, end: number): Promise<void> {
  if (!response.socket) await once(response, 'socket')
  await pipeline(createReadStream(path, { start, end: end - 1 }), response)
}

/** One range of a header, "bytes=0-99", as [start, end); undefined if none is asked for, or in a form that we do not know. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'none' | undefined {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '')
  if (!match) return undefined
  const [start, last] = [Number(match[1]), match[2] === '' ? size - 1 : Number(match[2])]
  if (start >= size || last < start) return 'none'
  return { start, end: Math.min(last + 1, size) }
}

/** A name of another host that leads here is another site's doing. */
function isOurs(host = ''): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)
}
