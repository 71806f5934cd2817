import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const statuses: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers have more than 16 KiB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'The extensions of a chunk are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time.'],
  CONNECT: ['405 Method Not Allowed', 'This server is no proxy.'],
  HOST: ['400 Bad Request', 'The request names no host.'],
  EXPECT: ['417 Expectation Failed', 'This server meets no expectation but 100-continue.'],
}
const anyOther = ['400 Bad Request', 'This is not a request of HTTP/1.1.'] as const

/** What comes over connections and is no request of HTTP: it gets an error object, too, and ends its connection. Knows of each connection the last request that was one. */
export class BrokenRequests {
  /** The last request of a connection. */
  readonly #last = new WeakMap<Socket, readonly [IncomingMessage, ServerResponse]>()

  /** A request that is to be answered before anything behind it. */
  expect(request: IncomingMessage, response: ServerResponse): void {
    this.#last.set(request.socket, [request, response])
  }

  /** Whether the last request is whole, and its answer has not begun. */
  isWorkedOn(socket: Socket): boolean {
    const [request, response] = this.#last.get(socket) ?? []
    return request?.complete === true && response?.headersSent === false && !response.closed
  }

  /** Behind requests that are whole and not yet answered it waits, or it would be taken for their answer. */
  refuse(code: string | undefined, socket: Socket): void {
    const [request, response] = this.#last.get(socket) ?? []
    if (code === 'ECONNRESET') return void socket.destroy()
    if (request?.complete && response && !response.closed) response.once('close', () => refuse(code, socket))
    else refuse(code, socket)
  }
}

function refuse(code: string | undefined, socket: Socket): void {
  if (!socket.writable) return void socket.destroy()
  const [status, message] = statuses[code ?? ''] ?? anyOther
  const body = JSON.stringify({
    error: { message, type: 'invalid_request_error', param: null, code: 'invalid_request' },
  })
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`
  socket.end(`${head}\r\n\r\n${body}`)
}
