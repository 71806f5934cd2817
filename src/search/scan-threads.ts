import { openWire, processors, type ScanWire } from '#platform/search/scan-wire'
import { Int8Matrix } from '../math/int8-matrix.js'
import { mergeRanked, type Ranked, scanRows } from '../math/row-scan.js'
import { MOST_THREADS, QUERIES_AT_ONCE, type ScoredRows, type SearchMatrix } from '../math/search.js'
import type { SearchBuild } from '../math/search-kernel.js'
import { isShared } from '../math/web-assembly.js'
import type { ScanAnswer } from './scan-service.js'

interface Question {
  readonly resolve: (answer: ScanAnswer) => void
  readonly reject: (error: unknown) => void
}

export interface ScanOptions {
  /** How many threads search; as many as there are processors, and 8 at most, if not given. */
  threads?: number
  /** Which build of the kernel may be used; the fastest one that runs here if not given. */
  build?: SearchBuild
  /**
   * A search that reads fewer bytes than this stays on the calling thread, which has them before another one has
   * woken up: 64 MiB if not given, some milliseconds. 0 leaves all searches to the threads.
   */
  stayBelow?: number
}

const STAY_BELOW = 1 << 26

/** A scan of rows, on as many threads as are wanted; on this one alone where one is, or where nothing is shared. */
export class ScanThreads {
  /** How many threads scan. */
  readonly count: number
  readonly #rows: ScoredRows
  readonly #stayBelow: number
  readonly #threads: ScanThread[]

  constructor(rows: SearchMatrix | Int8Matrix, options: ScanOptions = {}) {
    const { threads = processors(), build, stayBelow = STAY_BELOW } = options
    this.#rows = rows
    this.#stayBelow = stayBelow
    this.count = isShared(rows.memory) ? Math.max(1, Math.min(threads, MOST_THREADS)) : 1
    const kind = rows instanceof Int8Matrix ? 'int8' : 'float32'
    const { memory, rows: size, columns } = rows
    if (!(rows instanceof Int8Matrix)) rows.measure(size)
    this.#threads = Array.from({ length: this.count > 1 ? this.count : 0 }, (_, i) => {
      return new ScanThread({ kind, memory, rows: size, columns, build, slot: i + 1 })
    })
  }

  /** The best of the first `limit` rows for each query; the same whatever the number of threads. */
  async top(queries: readonly Float32Array[], count: number, limit: number): Promise<Ranked[]> {
    if (queries.length === 0) return []
    const bytes = limit * this.#rows.rowBytes * Math.ceil(queries.length / QUERIES_AT_ONCE)
    if (this.#threads.length === 0 || bytes < this.#stayBelow)
      return scanRows(this.#rows, queries, count, limit)
    const next = new Int32Array(new SharedArrayBuffer(4))
    const request = { queries, count, limit, next }
    return mergeRanked(await Promise.all(this.#threads.map(thread => thread.scan(request))), count)
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.close()))
  }
}

/** A thread that scans, seen from the one that asks. Its answers come in the order of the questions. */
class ScanThread {
  readonly #wire: ScanWire
  readonly #open: Question[] = []
  #failure: unknown // what it died of

  constructor(task: Parameters<typeof openWire>[0]) {
    this.#wire = openWire(task, {
      answer: answer => this.#open.shift()?.resolve(answer),
      fail: error => this.#fail(error),
    })
  }

  scan(request: Parameters<ScanWire['post']>[0]): Promise<ScanAnswer> {
    if (this.#failure) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#open.push({ resolve, reject })
      this.#wire.post(request)
    })
  }

  async close(): Promise<void> {
    this.#fail(new Error('the index was closed'))
    await this.#wire.close()
  }

  #fail(error: unknown): void {
    this.#failure ??= error
    for (const { reject } of this.#open.splice(0)) reject(this.#failure)
  }
}
