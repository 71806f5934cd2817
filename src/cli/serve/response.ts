import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../../server/index.js'
import type { ConnectionBounds } from './bounds.js'

/** A client that is refused while it sends is read on so long, or it would see a broken connection and no answer. */
const LINGER = 1_000
/** Smaller answers are in the socket at once. */
const LARGE = 1 << 16

/** The answers that clients have not taken yet. */
export class Responses {
  readonly #bounds: Pick<ConnectionBounds, 'slowest' | 'unsent'>
  #unsent = 0

  /** An answer that is not taken within the time of `slowest` is cut off. */
  constructor(bounds: Pick<ConnectionBounds, 'slowest' | 'unsent'>) {
    this.#bounds = bounds
  }

  get isFull(): boolean {
    return this.#unsent > this.#bounds.unsent
  }

  /** Sends an answer. With `isLast` the connection ends with it. */
  send(request: IncomingMessage, response: ServerResponse, answer: Answer, isLast: boolean): void {
    const { status, headers, closes } = answer
    if (response.destroyed) return
    const body = bytesOf(answer.body)
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
    const ends = isLast || closes
    const lines = Object.entries(headers).flat()
    if (status !== 204) lines.push('content-length', String(length))
    if (ends) lines.push('connection', 'close')
    response.writeHead(status, lines)
    const content = request.method === 'HEAD' ? '' : body
    if (length > LARGE) this.#watch(response, length)
    if (closes && !request.complete) linger(request, response, content)
    else response.end(content)
  }

  #watch(response: ServerResponse, length: number): void {
    this.#unsent += length
    const timer = setTimeout(() => response.destroy(), this.#bounds.slowest).unref()
    response.once('close', () => {
      this.#unsent -= length
      clearTimeout(timer)
    })
  }
}

/** A large text is put together and counted once, not by each layer below. */
function bytesOf(body: string | Uint8Array): string | Uint8Array {
  return typeof body === 'string' && body.length > LARGE ? Buffer.from(body) : body
}

/** The answer goes out at once; what still comes in is thrown away. */
function linger(request: IncomingMessage, response: ServerResponse, content: string | Uint8Array): void {
  response.write(content)
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, LINGER)
  request.once('end', end).once('close', end).resume()
}
