import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { save } from 'wordloom/formats'
import { createHandler, type ModelToServe, type ServerOptions, Shelf } from 'wordloom/server'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import type { ConnectionBounds } from '#cli/serve/bounds'
import { listen } from '#cli/serve/http-server'
import { Service } from '#server/inner'
import { program } from './training-child.js'

/** Words with names that objects have, in more than one script. */
export const WORDS = [
  'the',
  'film',
  'good',
  'bad',
  '__proto__',
  'constructor',
  'naïve',
  '映画',
  'King',
  'kino',
]

/** Vectors of an odd number of dimensions; `w0`, `w1` … follow the words above if there are to be more. */
export function someVectors({ words = WORDS.length, dimensions = 9, seed = 1 } = {}): WordVectors {
  const names = Array.from({ length: words }, (_, i) => WORDS[i] ?? `w${i}`)
  const data = Float32Array.from({ length: words * dimensions }, (_, i) => Math.sin(seed * (i + 1) ** 1.5))
  return vectorsOf(names, data, dimensions)
}

export function vectorsOf(words: readonly string[], data: Float32Array, dimensions: number): WordVectors {
  return new WordVectors({
    vocabulary: Vocabulary.of(
      words,
      Float64Array.from(words, (_, i) => Math.ceil(1e6 / (i + 1))),
    ),
    matrix: { data, rows: words.length, columns: dimensions, stride: dimensions },
  })
}

export const main: ModelToServe = { name: 'main', vectors: someVectors(), created: 1_700_000_000 }

/** An answer, read to its end. */
export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly json: any
}

export type Ask = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Told>

/** Asks the handler, without a socket. A body that is not text or bytes is posted as JSON. */
export function askOf(models: readonly ModelToServe[] | Shelf = [main], options: ServerOptions = {}): Ask {
  const handler = createHandler(models, options)
  return async (path, body, headers = {}) => {
    const response = await handler(
      new Request(`http://localhost${path}`, {
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { method: 'POST', body: bytesOf(body) as BodyInit }),
      }),
    )
    return told(response.status, Object.fromEntries(response.headers), await response.text())
  }
}

/** A server on a free port of this machine, until the tests of the file are over. */
export interface Running {
  readonly port: number
  readonly service: Service
  readonly ask: Ask
  drain(): Promise<void>
}

export async function running(
  models: readonly ModelToServe[] | Shelf = [main],
  options: ServerOptions = {},
  bounds: Partial<ConnectionBounds> = {},
): Promise<Running> {
  const shelf = models instanceof Shelf ? models : new Shelf(models)
  const service = new Service(shelf, { isLocal: true, ...options })
  const { port, drain } = await listen(service, { host: '127.0.0.1', port: 0, keepAlive: 5_000, bounds })
  let ended: Promise<void> | undefined
  const end = () => {
    ended ??= drain()
    return ended
  }
  after(end)
  return { port, service, ask: askAt(port), drain: end }
}

/** Asks a port, each time on a connection of its own. */
export function askAt(port: number): Ask {
  return (path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const bytes = body === undefined ? '' : bytesOf(body)
      const sent = httpRequest({
        port,
        path,
        agent: false,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(bytes),
          }),
          ...headers,
        },
      })
      sent.on('error', reject).on('response', response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk)).on('error', reject)
        response.on('end', () =>
          resolve(told(response.statusCode!, response.headers, Buffer.concat(chunks).toString())),
        )
      })
      sent.end(bytes)
    })
}

function bytesOf(body: unknown): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
}

function told(status: number, headers: Told['headers'], text: string): Told {
  const isJson = String(headers['content-type']).startsWith('application/json') && text !== ''
  return { status, headers, text, json: isJson ? JSON.parse(text) : undefined }
}

/** Sends these bytes on a connection of its own, and gives all that comes back before its end. */
export async function raw(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connected(port)
  socket.write(bytes)
  return allOf(socket)
}

export function connected(port: number): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  return socket
}

/** All that comes out of a socket, until the other side ends it. */
export async function allOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  if (!socket.closed) await new Promise(resolve => socket.once('close', resolve))
  return Buffer.concat(chunks).toString('latin1')
}

/** The answers that stand one behind the other in what a connection gave. */
export function answersIn(
  text: string,
): { readonly status: number; readonly head: string; readonly body: string }[] {
  const answers = []
  let rest = text
  while (rest !== '') {
    const [head, status, length] =
      /^HTTP\/1\.1 (\d{3}) (?:.*\r\n)*?content-length: (\d+)\r\n(?:.*\r\n)*?\r\n/i.exec(rest) ?? []
    if (head === undefined) throw new Error(`this is no answer: ${JSON.stringify(rest.slice(0, 200))}`)
    const end = head.length + Number(length)
    answers.push({ status: Number(status), head, body: rest.slice(head.length, end) })
    rest = rest.slice(end)
  }
  return answers
}

/** A request to the letter, with the headers that a request needs. */
export function requestOf(line: string, headers: readonly string[] = [], body = ''): string {
  const length =
    body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`, 'Content-Type: application/json']
  return `${[`${line} HTTP/1.1`, 'Host: localhost', ...length, ...headers].join('\r\n')}\r\n\r\n${body}`
}

/** A folder that is there until the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-server-faults-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function saved(
  vectors: WordVectors,
  folder: string,
  name = 'main.safetensors',
): Promise<string> {
  await save(vectors, join(folder, name))
  return join(folder, name)
}

/** `wordloom serve` as a process. */
export interface Serving {
  readonly child: ChildProcess
  readonly port: number
  readonly ask: Ask
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
  /** Once standard output or standard error has it. */
  says(text: RegExp): Promise<void>
}

export interface ServingSetting {
  readonly env?: Record<string, string>
  /** A shell line that runs before, such as a limit. */
  readonly before?: string
}

const ADDRESS = /http:\/\/[^/]*:(\d+)[/"]/

/** Starts `wordloom serve …` on a free port, and waits until it listens. */
export async function serving(args: readonly string[], setting: ServingSetting = {}): Promise<Serving> {
  const starting = startOf(args, setting)
  await starting.says(ADDRESS)
  const [, port] = ADDRESS.exec(starting.output.stdout + starting.output.stderr) ?? []
  return { ...starting, port: Number(port), ask: askAt(Number(port)) }
}

/** Starts `wordloom serve …`. */
export function startOf(
  args: readonly string[],
  { env, before = 'true' }: ServingSetting = {},
): Omit<Serving, 'port' | 'ask'> {
  const line = [
    process.execPath,
    program,
    'serve',
    ...args,
    ...(args.includes('--port') ? [] : ['--port', '0']),
  ]
  const child = spawn('bash', ['-c', `${before}; exec "$@"`, 'bash', ...line], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  after(() => child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  const watchers = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', text => {
      output[name] += text
      for (const watcher of watchers) watcher()
    })
  const ended = new Promise<Awaited<Serving['ended']>>((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({ code, ...output }))
  })
  const says = (text: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (text.test(output.stdout) || text.test(output.stderr)) && resolve()
      watchers.add(look)
      look()
      ended.then(() => reject(new Error(`it ended without a word of ${text}: ${output.stderr}`)), reject)
    })
  return { child, output, ended, says }
}

export function lines(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
