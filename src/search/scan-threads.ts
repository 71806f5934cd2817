import { scanScript } from '#platform/search/scan-script'
import {
  Int8Matrix,
  MOST_THREADS,
  mergeRanked,
  postedKernel,
  QUERIES_AT_ONCE,
  type Ranked,
  type SearchBuild,
  type SearchMatrix,
  scanRows,
} from '../scan/index.js'
import { processors, Thread } from '../threads/index.js'
import { isShared } from '../wasm/index.js'
import type { ScanAnswer, ScanRequest, ScanTask } from './scan-service.js'

type ScanThread = Thread<ScanTask, ScanRequest, ScanAnswer>

export interface ScanOptions {
  /**
   * Threads that search. A whole number from 1 to 256; default all processors.
   *
   * 8 of them at most.
   */
  threads?: number
  /** Which build of the kernel may be used; the fastest one that runs here if not given. */
  build?: SearchBuild
  /**
   * A search that reads fewer bytes than this stays on the calling thread: 256 MiB if not given, which take it some
   * ten milliseconds. 0 leaves all searches to the threads.
   */
  stayBelow?: number
}

const STAY_BELOW = 1 << 28

/**
 * A scan of rows, on as many threads as are wanted; on this one alone if one is, or if nothing is shared. Where
 * most searches stay on the calling thread, others start with the first one that does not: to start takes a thread
 * longer than such a search, and a core from it.
 */
export class ScanThreads {
  /** How many threads scan. */
  readonly count: number
  readonly #rows: SearchMatrix | Int8Matrix
  readonly #build: SearchBuild | undefined
  readonly #stayBelow: number
  readonly #threads: ScanThread[] = []
  #isClosed = false

  constructor(rows: SearchMatrix | Int8Matrix, options: ScanOptions = {}) {
    const { threads = processors(), build, stayBelow = STAY_BELOW } = options
    this.#rows = rows
    this.#build = build
    this.#stayBelow = stayBelow
    this.count = isShared(rows.memory) ? Math.max(1, Math.min(threads, MOST_THREADS)) : 1
    if (!(rows instanceof Int8Matrix)) rows.measure(rows.rows)
    if (this.count > 1 && rows.rows * rows.rowBytes >= stayBelow) this.#start()
  }

  /** The best of the first `limit` rows for each query; the same whatever the number of threads. */
  async top(queries: readonly Float32Array[], count: number, limit: number): Promise<Ranked[]> {
    if (queries.length === 0) return []
    const bytes = limit * this.#rows.rowBytes * Math.ceil(queries.length / QUERIES_AT_ONCE)
    if (this.count === 1 || bytes < this.#stayBelow) return scanRows(this.#rows, queries, count, limit)
    if (this.#isClosed) throw closed()
    if (this.#threads.length === 0) this.#start()
    const next = new Int32Array(new SharedArrayBuffer(4))
    const request = { queries, count, limit, next }
    return mergeRanked(await Promise.all(this.#threads.map(thread => thread.ask(request))), count)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#threads.map(thread => thread.end(closed())))
  }

  #start(): void {
    try {
      for (let slot = 1; slot <= this.count; slot++) this.#threads.push(this.#startOne(slot))
    } catch (error) {
      for (const thread of this.#threads.splice(0)) void thread.end()
      throw error
    }
  }

  #startOne(slot: number): ScanThread {
    const { memory, rows, columns } = this.#rows
    const kind = this.#rows instanceof Int8Matrix ? 'int8' : 'float32'
    const kernel = postedKernel(memory, this.#build)
    const task = { kind, memory, rows, columns, kernel, slot } as const
    return new Thread(scanScript, task, { name: 'a thread that searches' })
  }
}

function closed(): Error {
  return new Error('the index was closed')
}
