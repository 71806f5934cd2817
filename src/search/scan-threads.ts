import { openWire, processors, type ScanWire } from '#platform/search/scan-wire'
import { Int8Matrix } from '../math/int8-matrix.js'
import { mergeRanked, type Ranked, scanRows } from '../math/row-scan.js'
import { MOST_THREADS, type ScoredRows, type SearchMatrix } from '../math/search.js'
import type { SearchBuild } from '../math/search-kernel.js'
import { isShared } from '../math/web-assembly.js'
import type { ScanAnswer } from './scan-service.js'

interface Question {
  readonly resolve: (answer: ScanAnswer) => void
  readonly reject: (error: unknown) => void
}

/** A scan of rows, on as many threads as are wanted; on this one alone where one is, or where nothing is shared. */
export class ScanThreads {
  /** How many threads scan. */
  readonly count: number
  readonly #rows: ScoredRows
  readonly #threads: ScanThread[]

  constructor(rows: SearchMatrix | Int8Matrix, threads = processors(), build?: SearchBuild) {
    this.#rows = rows
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
    if (this.#threads.length === 0) return scanRows(this.#rows, queries, count, limit)
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
