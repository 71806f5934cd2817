import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { option, say, WordloomError } from '../../errors.js'
import { overloaded, type Service } from '../../server/inner.js'
import { NodeRequest } from './request.js'
import { Responses } from './response.js'

/** Seconds, and numbers, of docs/server.md. */
const SETTINGS = {
  connectionsCheckingInterval: 1_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  maxHeaderSize: 16_384,
} as const
const IDLE = 60_000
const MOST_CONNECTIONS = 1_000
const UNSENT = 256 << 20
/** How long an end waits for answers. */
const DRAIN = 10_000

/** How long an end waits for a first request. */
const GRACE = 500

/** Milliseconds after which a turn of the event loop is looked at, and that a request may wait in it, if there are many
 * connections. */
const TURN = 10
const LONGEST_WAIT = 50
/** Connections that can be served in turn, whatever they ask. */
const MANY = 64

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Milliseconds that a connection waits for its next request. */
  readonly keepAlive: number
}

/** A server that listens. */
export interface HttpServer {
  readonly host: string
  readonly port: number
  /** Takes nothing new, and ends once all that was begun is answered, after ten seconds at the latest. */
  drain(): Promise<void>
}

/** Has the service answer what comes to a port. Throws `usage` if it is taken, or no address of this machine. */
export async function listen(
  service: Service,
  { host, port, keepAlive }: ListenOptions,
): Promise<HttpServer> {
  const connection = new Connections(service)
  const server = createServer({ ...SETTINGS, keepAliveTimeout: keepAlive })
  server.on('request', (request, response) => connection.answer(request, response, false))
  server.on('checkContinue', (request, response) => connection.answer(request, response, true))
  server.on('connection', socket => connection.watch(socket))
  server.on('clientError', refuseBroken)
  server.on('connect', (_, socket) =>
    refuseBroken(Object.assign(new Error(), { code: 'CONNECT' }), socket as Socket),
  )
  server.maxConnections = MOST_CONNECTIONS
  server.setTimeout(IDLE)
  await bound(server, host, port)
  server.on('error', () => {}) // a connection that could not be taken
  return {
    host,
    port: (server.address() as AddressInfo).port,
    drain: () => connection.drain(server),
  }
}

/** Requests on their way. */
class Connections {
  readonly #service: Service
  readonly #responses = new Responses(UNSENT)
  /** Connections that have not asked anything yet, which are not idle to Node. */
  readonly #silent = new Set<Socket>()
  #server: Server | undefined
  /** When these milliseconds began. */
  #turn: number | undefined
  #open = 0

  constructor(service: Service) {
    this.#service = service
  }

  answer(request: IncomingMessage, response: ServerResponse, mayContinue: boolean): void {
    void this.#answer(request, response, mayContinue).catch(() => response.destroy())
  }

  watch(socket: Socket): void {
    this.#open++
    this.#silent.add(socket)
    socket.once('close', () => {
      this.#open--
      this.#silent.delete(socket)
    })
  }

  async drain(server: Server): Promise<void> {
    this.#server = server
    this.#service.drain()
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    server.closeIdleConnections()
    const timers = [
      setTimeout(() => {
        for (const socket of this.#silent) socket.destroy()
      }, GRACE),
      setTimeout(() => server.closeAllConnections(), DRAIN),
    ]
    await closed
    for (const timer of timers) clearTimeout(timer)
  }

  async #answer(request: IncomingMessage, response: ServerResponse, mayContinue: boolean): Promise<void> {
    this.#silent.delete(request.socket)
    response.on('error', () => {}) // the client has gone
    const full = this.#whyFull()
    const answer = full
      ? this.#service.refuse(overloaded('overloaded', full))
      : await this.#service.answer(new NodeRequest(request, response, mayContinue))
    this.#responses.send(request, response, answer, this.#server !== undefined)
    if (this.#server) response.once('close', () => this.#server?.closeIdleConnections())
  }

  /**
   * Requests that are ready wait in their sockets, which are read one after the other in a turn of the event loop: they
   * have waited as long as the turn has taken, in which no timer is called.
   */
  #whyFull(): string | undefined {
    if (this.#responses.isFull) return 'clients have not taken the answers that wait for them'
    if (this.#turn === undefined) {
      this.#turn = performance.now()
      setTimeout(() => {
        this.#turn = undefined
      }, TURN)
    }
    return this.#open > MANY && performance.now() - this.#turn > TURN + LONGEST_WAIT
      ? 'more requests arrive than can be answered'
      : undefined
  }
}

const statuses: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers have more than 16 KiB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time.'],
  CONNECT: ['405 Method Not Allowed', 'This server is no proxy.'],
}

/** What is no request of HTTP gets an error object, too, and the end of the connection. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, message] = statuses[error.code ?? ''] ?? [
    '400 Bad Request',
    'This is not a request of HTTP/1.1.',
  ]
  const body = JSON.stringify({
    error: { message, type: 'invalid_request_error', param: null, code: 'invalid_request' },
  })
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  socket.end(`${head}\r\n\r\n${body}`)
}

function bound(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(notBound(error, host, port)))
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

function notBound(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const action = 'serve'
  if (error.code === 'EADDRINUSE')
    return new WordloomError('usage', {
      action,
      found: `port ${port} is taken by another program`,
      cure: say`give another with ${option('port')}, or 0 for any`,
    })
  if (error.code === 'EACCES')
    return new WordloomError('usage', {
      action,
      found: `port ${port} is not for this user`,
      cure: say`give one from 1024 up with ${option('port')}`,
    })
  if (
    error.code === 'EADDRNOTAVAIL' ||
    error.code === 'ENOTFOUND' ||
    error.code === 'EINVAL' ||
    error.code === 'EAI_AGAIN'
  )
    return new WordloomError('usage', {
      action,
      found: say`${option('host')} is ${host}, which is no address of this machine`,
      cure: say`give ${option('host', '127.0.0.1')} for this machine alone, or 0.0.0.0 for all of its addresses`,
    })
  return error
}
