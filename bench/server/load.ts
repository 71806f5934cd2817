import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { Connection } from './connection.js'

/** How a stretch of load went. */
export interface LoadResult {
  readonly seconds: number
  /** Answers by status; 0 if the connection broke. */
  readonly statuses: Readonly<Record<number, number>>
  /** Milliseconds from the sending until answers of status 200: 50 %, 99 %, 99.9 % of them took at most that. */
  readonly p50: number
  readonly p99: number
  readonly p999: number
  /** Milliseconds until 99 % of the refusals (503). */
  readonly refusedP99: number
  /** Milliseconds from the planned arrival until 99 % of all answers: with what the client itself was late. */
  readonly plannedP99: number
  /** Connections that were open at once. */
  readonly connections: number
}

/** Requests as bytes, taken in turn. */
export interface Load {
  readonly port: number
  readonly requests: readonly Buffer[]
  readonly seconds: number
  readonly connections: number
}

/** Each connection asks again as soon as it has its answer: what a server can do at most. */
export async function saturate(load: Load): Promise<LoadResult> {
  const record = new Recorder()
  const end = performance.now() + load.seconds * 1000
  let next = 0
  const ask = async (connection: Connection) => {
    for (let start = performance.now(); start < end; start = performance.now()) {
      const { status } = await connection.request(load.requests[next++ % load.requests.length]!)
      record.add(status, start, start)
    }
  }
  const connections = Array.from({ length: load.connections }, () => new Connection(load.port))
  await Promise.all(connections.map(ask))
  for (const connection of connections) connection.close()
  return record.result(load.connections)
}

/** Requests that are sent before answers are looked for again. */
const SENT_AT_ONCE = 8

/**
 * Requests arrive at a rate (a second) whether answers come or not, as those of people do: gaps are exponential. Each has a
 * connection of its own, of at most `connections` that are made as they are needed; if all wait for answers, it waits here.
 * Time is told from its sending, which is the server's, and from its planned arrival, so that a server that stalls is
 * charged for all that would have come meanwhile.
 */
export async function offer(
  { port, requests, seconds, connections }: Load,
  rate: number,
): Promise<LoadResult> {
  const record = new Recorder()
  const start = performance.now()
  const end = start + seconds * 1000
  const all: Connection[] = []
  const free: Connection[] = []
  const waiting: number[] = []
  let [sent, open] = [0, 0]
  const send = async (connection: Connection, planned: number) => {
    open++
    const sending = performance.now()
    const { status } = await connection.request(requests[sent++ % requests.length]!)
    record.add(status, sending, planned)
    open--
    const next = waiting.shift()
    if (next === undefined || performance.now() > end) free.push(connection)
    else void send(connection, next)
  }
  const another = () => {
    if (all.length === connections) return undefined
    const connection = new Connection(port)
    all.push(connection)
    return connection
  }
  const gap = () => (-Math.log(1 - Math.random()) * 1000) / rate
  let [planned, number] = [start + gap(), 0]
  for (; planned < end && performance.now() < end; planned += gap(), number++) {
    if (number % SENT_AT_ONCE === 0) await turn()
    while (performance.now() < planned) await turn()
    const connection = free.pop() ?? another()
    if (connection) void send(connection, planned)
    else waiting.push(planned)
  }
  while (open > 0) await turn()
  for (const connection of all) connection.close()
  return record.result(all.length)
}

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

class Recorder {
  readonly #start = performance.now()
  readonly #statuses: Record<number, number> = {}
  readonly #answered = createHistogram()
  readonly #refused = createHistogram()
  readonly #planned = createHistogram()

  /** An answer that came now. */
  add(status: number, sent: number, planned: number): void {
    const now = performance.now()
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1
    const histogram = status === 200 ? this.#answered : status === 503 ? this.#refused : undefined
    histogram?.record(microseconds(now - sent))
    this.#planned.record(microseconds(now - planned))
  }

  result(connections: number): LoadResult {
    return {
      seconds: (performance.now() - this.#start) / 1000,
      statuses: this.#statuses,
      p50: milliseconds(this.#answered, 50),
      p99: milliseconds(this.#answered, 99),
      p999: milliseconds(this.#answered, 99.9),
      refusedP99: milliseconds(this.#refused, 99),
      plannedP99: milliseconds(this.#planned, 99),
      connections,
    }
  }
}

function microseconds(ms: number): number {
  return Math.max(1, Math.round(ms * 1000))
}

function milliseconds(histogram: RecordableHistogram, percentile: number): number {
  return histogram.count === 0 ? Number.NaN : histogram.percentile(percentile) / 1000
}
