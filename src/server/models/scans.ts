import { WordloomError } from '../../errors.js'
import { type NeighborIndex, openIndex, type SearchKind } from '../../search/index.js'
import type { NearestOptions, Neighbor, Query, WordVectors } from '../../vectors/index.js'
import { overloaded } from '../http/refusal.js'
import { breath } from './breath.js'
import { type Asker, Turns } from './turns.js'

/** Bytes of rows that this thread may read for six queries: 2 ms of work. Other threads read what is more. */
const READ_HERE = 12 << 20
/** Queries of one scan: as many as the kernel places at once. */
const MOST_AT_ONCE = 36
/** Candidates that this thread scores between two turns of others. */
const SCORED_AT_ONCE = 10_000
/** The best rows, words left out among them, that this thread puts in order between two turns of others. */
const ORDERED_AT_ONCE = 4_000
/** A scan that takes longer has lost a thread. */
const PATIENCE = 30_000

/** What a model of searches tells of its work. */
export interface ScanFacts {
  /** Questions in the scan that begins. */
  readonly batch: number
  /** Questions that wait. */
  readonly waiting: number
}

export interface ScanSettings {
  readonly kind?: SearchKind | undefined
  readonly threads?: number | undefined
  /** Questions of one key that may wait. */
  readonly most: number
  readonly onScan?: ((facts: ScanFacts) => void) | undefined
}

interface Job {
  readonly queries: readonly Query[]
  readonly options: NearestOptions
  /** What only equal options have. */
  readonly key: string
  readonly asker: Asker
  readonly found: Neighbor[][]
  readonly resolve: (found: Neighbor[][]) => void
  readonly reject: (error: unknown) => void
}

/** Answers questions for neighbours: those that wait while a scan runs, and have the same options, become one. */
export class Scans {
  readonly #vectors: WordVectors
  readonly #settings: ScanSettings
  #index: Promise<NeighborIndex>
  readonly #turns = new Turns()
  #jobs: Job[] = []
  #isRunning = false

  constructor(vectors: WordVectors, settings: ScanSettings) {
    this.#vectors = vectors
    this.#settings = settings
    this.#index = this.#open()
  }

  /** Questions that wait. */
  get waiting(): number {
    return waitingIn(this.#jobs)
  }

  /** Settles once questions can be answered. */
  async ready(): Promise<void> {
    await this.#index
  }

  /** As `WordVectors.nearestBatch`, for words that are known. Throws 503 if too many of the same key wait. */
  nearest(queries: readonly Query[], options: NearestOptions, asker: Asker): Promise<Neighbor[][]> {
    const own = this.#jobs.filter(job => job.asker.key === asker.key)
    if (waitingIn(own) + queries.length > this.#settings.most)
      throw overloaded('overloaded', 'too many questions wait for a scan of this model')
    const { key, signal } = asker
    return new Promise((resolve, reject) => {
      this.#jobs.push({
        queries,
        options,
        key: JSON.stringify(options),
        asker: { key, signal },
        found: [],
        resolve,
        reject,
      })
      if (!this.#isRunning) void this.#run()
    })
  }

  async close(): Promise<void> {
    await (await this.#index).close()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#jobs.length > 0) {
      this.#jobs = this.#jobs.filter(job => this.#isAwaited(job))
      const parts = this.#nextParts()
      if (parts.length === 0) continue
      this.#settings.onScan?.({
        batch: parts.reduce((sum, { queries }) => sum + queries.length, 0),
        waiting: this.waiting,
      })
      await this.#answer(parts)
      await breath() // questions that arrived meanwhile are read, and go together
    }
    this.#isRunning = false
  }

  /** Nothing is computed for a client that has gone. */
  #isAwaited({ asker: { signal }, reject }: Job): boolean {
    if (!signal?.aborted) return true
    reject(signal.reason)
    return false
  }

  /** The questions of the next scan: of the job whose turn it is, and of others like it. */
  #nextParts(): Part[] {
    const jobs = this.#turns.inOrder(this.#jobs)
    const [first] = jobs
    if (!first) return []
    this.#turns.serve(first.asker)
    let room = this.#roomFor(first.options)
    const parts: Part[] = []
    for (const job of jobs) {
      if (room === 0) break
      if (job.key !== first.key) continue
      const queries = job.queries.slice(job.found.length, job.found.length + room)
      parts.push({ job, queries })
      room -= queries.length
    }
    return parts
  }

  #roomFor({ among, exclude = [], count = 10, limit = this.#vectors.size }: NearestOptions): number {
    const scored = among ? Math.floor(SCORED_AT_ONCE / (among as string[]).length) : MOST_AT_ONCE
    const ordered = Math.floor(ORDERED_AT_ONCE / (count + (exclude as string[]).length))
    const most = Math.max(1, Math.min(MOST_AT_ONCE, scored, ordered))
    const { rowBytes } = this.#vectors.search
    const here = Math.floor(READ_HERE / (rowBytes * Math.min(limit, this.#vectors.size))) * 6
    return here >= 6 ? Math.min(most, here) : most
  }

  async #answer(parts: readonly Part[]): Promise<void> {
    const { options } = parts[0]!.job
    try {
      const found = await this.#search(
        parts.flatMap(({ queries }) => queries),
        options,
      )
      let next = 0
      for (const { job, queries } of parts) {
        this.#take(job, found.slice(next, next + queries.length))
        next += queries.length
      }
    } catch (error) {
      for (const { job } of parts) this.#fail(job, error)
    }
  }

  async #search(queries: readonly Query[], options: NearestOptions): Promise<Neighbor[][]> {
    const index = await this.#index
    const patience = new AbortController()
    try {
      return await Promise.race([index.nearestBatch(queries, options), lost(patience.signal)])
    } catch (error) {
      if (error instanceof WordloomError && error.code === 'usage') throw error
      void index.close().catch(() => {})
      this.#index = this.#open()
      throw overloaded('search_failed', 'a thread of the search ended, and another takes its place')
    } finally {
      patience.abort()
    }
  }

  /** A job with questions left goes behind the others. */
  #take(job: Job, found: readonly Neighbor[][]): void {
    job.found.push(...found)
    this.#jobs.splice(this.#jobs.indexOf(job), 1)
    if (job.found.length === job.queries.length) job.resolve(job.found)
    else this.#jobs.push(job)
  }

  #fail(job: Job, error: unknown): void {
    this.#jobs.splice(this.#jobs.indexOf(job), 1)
    job.reject(error)
  }

  #open(): Promise<NeighborIndex> {
    const { kind, threads } = this.#settings
    const index = openIndex(this.#vectors, kind, {
      ...(threads !== undefined && { threads }),
      stayBelow: READ_HERE,
      measure: false,
    })
    index.catch(() => {}) // `ready` and the questions tell
    return index
  }
}

interface Part {
  readonly job: Job
  readonly queries: readonly Query[]
}

function waitingIn(jobs: readonly Job[]): number {
  return jobs.reduce((sum, { queries, found }) => sum + queries.length - found.length, 0)
}

function lost(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error('the search does not end')), PATIENCE)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
