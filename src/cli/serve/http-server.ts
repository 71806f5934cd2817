import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { option, say, WordloomError } from '../../errors.js'
import { overloaded, type Service } from '../../server/inner.js'
import { type ConnectionBounds, usualBounds } from './bounds.js'
import { BrokenRequests } from './broken.js'
import { NodeRequest } from './request.js'
import { Responses } from './response.js'

const SETTINGS = {
  connectionsCheckingInterval: 1_000, // of 30 s by default, which the other times would wait for
  maxHeaderSize: 16_384,
  requireHostHeader: false, // Node's own refusal has no error object
} as const

/** How long an end waits for a first request. */
const GRACE = 500

/** Milliseconds after which a turn of the event loop is looked at, and that a request may wait in it, if there are many
 * connections. */
const TURN = 10
const LONGEST_WAIT = 50
/** Connections that can be served in turn, whatever they ask. */
const MANY = 64

/** A server that is full lives, and whoever watches over it is told so. */
const PROBES: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics'])

export interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Milliseconds that a connection waits for its next request. */
  readonly keepAlive: number
  /** Those of `usualBounds` that are not given. */
  readonly bounds?: Partial<ConnectionBounds>
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
  { host, port, keepAlive, bounds: given }: ListenOptions,
): Promise<HttpServer> {
  const bounds = { ...usualBounds, ...given }
  const connection = new Connections(service, bounds)
  const server = createServer({
    ...SETTINGS,
    headersTimeout: bounds.headers,
    requestTimeout: bounds.request,
    keepAliveTimeout: keepAlive,
  })
  server.on('request', (request, response) => connection.answer(request, response, false))
  server.on('checkContinue', (request, response) => connection.answer(request, response, true))
  server.on('connection', socket => connection.watch(socket))
  server.on('checkExpectation', request => connection.refuse('EXPECT', request.socket))
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) =>
    connection.refuse(code, socket as Socket),
  )
  server.on('connect', (_, socket) => connection.refuse('CONNECT', socket as Socket))
  server.maxConnections = bounds.connections
  server.setTimeout(bounds.idle, socket => connection.idle(socket))
  await bound(server, host, port)
  server.on('error', () => {}) // a connection that could not be taken
  return {
    host,
    port: (server.address() as AddressInfo).port,
    drain: () => connection.drain(server),
  }
}

/** Throws `usage` if the host is no address of this machine. */
export async function checkHost(host: string): Promise<void> {
  const server = createServer()
  await bound(server, host, 0)
  server.close()
}

/** Requests on their way. */
class Connections {
  readonly #service: Service
  readonly #bounds: ConnectionBounds
  readonly #responses: Responses
  readonly #broken = new BrokenRequests()
  /** Connections that have not asked anything yet, which are not idle to Node. */
  readonly #silent = new Set<Socket>()
  #server: Server | undefined
  /** When these milliseconds began. */
  #turn: number | undefined
  #open = 0

  constructor(service: Service, bounds: ConnectionBounds) {
    this.#service = service
    this.#bounds = bounds
    this.#responses = new Responses(bounds)
  }

  answer(request: IncomingMessage, response: ServerResponse, mayContinue: boolean): void {
    if (request.httpVersion === '1.1' && request.headers.host === undefined) {
      this.refuse('HOST', request.socket)
      return
    }
    this.#broken.expect(request, response)
    void this.#answer(request, response, mayContinue).catch(() => response.destroy())
  }

  /** What is no request that could be answered, by Node's name of what is wrong. */
  refuse(code: string | undefined, socket: Socket): void {
    this.#broken.refuse(code, socket)
  }

  /** Nothing has moved for long: the client waits for an answer that takes long, such as to a reload, or is of no use. */
  idle(socket: Socket): void {
    if (this.#broken.isWorkedOn(socket)) socket.setTimeout(this.#bounds.idle)
    else socket.destroy()
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
      setTimeout(() => server.closeAllConnections(), this.#bounds.drain),
    ]
    await closed
    for (const timer of timers) clearTimeout(timer)
  }

  async #answer(request: IncomingMessage, response: ServerResponse, mayContinue: boolean): Promise<void> {
    this.#silent.delete(request.socket)
    response.on('error', () => {}) // the client has gone
    const full = PROBES.has(request.url ?? '') ? undefined : this.#whyFull()
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
