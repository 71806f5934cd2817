import { connect, type Socket } from 'node:net'

/** What came back: the status, or 0 if the server closed the connection or could not be reached. */
export interface Answer {
  readonly status: number
  readonly bytes: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')

/**
 * One connection that is kept open, with one request at a time. Node's own client takes more of the processor than the
 * server that it asks, so requests are bytes made beforehand, and of an answer only its status and length are read.
 */
export class Connection {
  readonly #port: number
  #socket: Socket | undefined
  #received: Buffer[] = []
  #length = 0
  /** Bytes of the answer, once its head has come. */
  #wanted: number | undefined
  #status = 0
  #isLast = false
  #resolve: ((answer: Answer) => void) | undefined

  constructor(port: number) {
    this.#port = port
  }

  request(bytes: Buffer): Promise<Answer> {
    return new Promise(resolve => {
      this.#resolve = resolve
      this.#socket ??= this.#open()
      this.#socket.write(bytes)
    })
  }

  close(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    const gone = () => {
      if (this.#socket !== socket) return
      this.#socket = undefined
      this.#finish({ status: 0, bytes: this.#length })
    }
    return socket
      .on('data', data => this.#take(data))
      .on('error', gone)
      .on('close', gone)
  }

  #take(data: Buffer): void {
    this.#received.push(data)
    this.#length += data.length
    if (this.#wanted === undefined) this.#readHead()
    if (this.#wanted === undefined || !this.#isWhole()) return
    if (this.#isLast) {
      const socket = this.#socket
      this.#socket = undefined
      socket?.destroy()
    }
    this.#finish({ status: this.#status, bytes: this.#length })
  }

  #readHead(): void {
    const received = this.#joined()
    const end = received.indexOf(HEAD_END)
    if (end < 0) return
    const head = received.toString('latin1', 0, end)
    this.#status = Number(head.slice(9, 12))
    this.#isLast = /^connection: *close/im.test(head)
    const length = /^content-length: *(\d+)/im.exec(head)
    this.#wanted = length ? end + HEAD_END.length + Number(length[1]) : Number.POSITIVE_INFINITY
  }

  #isWhole(): boolean {
    if (this.#wanted !== Number.POSITIVE_INFINITY) return this.#length >= (this.#wanted ?? 0)
    const last = this.#joined().subarray(-LAST_CHUNK.length)
    return last.equals(LAST_CHUNK) || this.#status === 204
  }

  #joined(): Buffer {
    if (this.#received.length > 1) this.#received = [Buffer.concat(this.#received)]
    return this.#received[0]!
  }

  #finish(answer: Answer): void {
    const resolve = this.#resolve
    this.#received = []
    this.#length = 0
    this.#wanted = undefined
    this.#resolve = undefined
    resolve?.(answer)
  }
}

/** The bytes of a POST with a body of JSON. */
export function post(path: string, body: unknown): Buffer {
  const json = JSON.stringify(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(json)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${json}`)
}
