import { WordloomError } from '../../errors.js'
import { type NeighborIndex, openIndex, type SearchKind } from '../../search/index.js'
import type { NearestOptions, Neighbor, Query, WordVectors } from '../../vectors/index.js'
import { overloaded, Refusal } from '../http/refusal.js'
import { breath } from './breath.js'
import { FairQueue, type Who } from './fair-queue.js'

/** Bytes of rows that this thread may read for six queries: 2 ms of work. Other threads read what is more. */
const READ_HERE = 12 << 20
/** Queries of one scan: as many as the kernel places at once. */
const MOST_AT_ONCE = 36
/** Candidates that this thread scores between two turns of others. */
const SCORED_AT_ONCE = 10_000
/** The best rows, words left out among them, that this thread puts in order between two turns of others. */
const ORDERED_AT_ONCE = 4_000
/** So many questions may always wait; more of them only if their turn comes within so many milliseconds. */
const ALWAYS_WAIT = 64
const LONGEST_WAIT = 100
/** Milliseconds after which a scan has lost a thread: the slowest, of millions of rows, takes one second. */
const PATIENCE = 15_000

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
  /** Milliseconds that a scan may take before its threads are given up: 15,000 if not given. */
  readonly patience?: number
  readonly onScan?: ((facts: ScanFacts) => void) | undefined
}

/** Whose questions these are. */
export interface Asker {
  readonly who?: Who
  readonly signal?: AbortSignal | undefined
}

interface Job {
  readonly queries: readonly Query[]
  readonly options: NearestOptions
  /** What only equal options have. */
  readonly kind: string
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
  readonly #jobs = new FairQueue<Job>()
  #waiting = 0
  /** Milliseconds of a question, of late. */
  #cost = 0
  #isRunning = false

  constructor(vectors: WordVectors, settings: ScanSettings) {
    this.#vectors = vectors
    this.#settings = settings
    this.#index = this.#open()
  }

  /** Questions that wait. */
  get waiting(): number {
    return this.#waiting
  }

  /** Settles once questions can be answered. */
  async ready(): Promise<void> {
    await this.#index
  }

  /** As `WordVectors.nearestBatch`, for words that are known. Throws 503 if too many of the same key wait. */
  nearest(queries: readonly Query[], options: NearestOptions, asker: Asker = {}): Promise<Neighbor[][]> {
    if (this.#isFullFor(asker.who) || this.#waitingOf(asker.who) + queries.length > this.#settings.most)
      throw overloaded('overloaded', 'too many questions wait for a scan of this model')
    this.#waiting += queries.length
    return new Promise((resolve, reject) => {
      const kind = JSON.stringify(options)
      this.#jobs.push(asker.who, { queries, options, kind, asker, found: [], resolve, reject })
      if (!this.#isRunning) void this.#run()
    })
  }

  async close(): Promise<void> {
    await (await this.#index).close()
  }

  #waitingOf(who: Who): number {
    return this.#jobs.lineOf(who).reduce((sum, { queries, found }) => sum + queries.length - found.length, 0)
  }

  /** Whether a question would wait too long: for those before it of the same key, and as many of each other key. */
  #isFullFor(who: Who): boolean {
    if (this.#waiting < ALWAYS_WAIT) return false
    let before = 0
    for (const { queries, found } of this.#jobs.lineOf(who))
      before += Math.min(MOST_AT_ONCE, queries.length - found.length)
    return before * this.#jobs.lines * this.#cost > LONGEST_WAIT
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (!this.#jobs.isEmpty) {
      const parts = this.#nextParts()
      if (parts.length === 0) continue
      this.#settings.onScan?.({
        batch: parts.reduce((sum, { queries }) => sum + queries.length, 0),
        waiting: this.#waiting,
      })
      await this.#answer(parts)
      await breath() // questions that arrived meanwhile are read, and go together
    }
    this.#isRunning = false
  }

  /** The questions of the next scan: of the job whose turn it is, and of others like it in their turns. */
  #nextParts(): Part[] {
    const parts: Part[] = []
    let room = 0
    for (const job of [...this.#jobs.inTurn()]) {
      if (job.asker.signal?.aborted) {
        this.#fail(job, job.asker.signal.reason) // nothing is computed for a client that has gone
        continue
      }
      if (parts.length === 0) room = this.#roomFor(job.options)
      if (job.kind !== (parts[0]?.job ?? job).kind) continue
      const queries = job.queries.slice(job.found.length, job.found.length + room)
      parts.push({ job, queries })
      room -= queries.length
      if (room === 0) break
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
    const asked = parts.flatMap(({ queries }) => queries)
    const start = performance.now()
    try {
      const found = await this.#search(asked, options)
      this.#cost += ((performance.now() - start) / asked.length - this.#cost) / 8
      let next = 0
      for (const { job, queries } of parts) {
        this.#take(job, found.slice(next, next + queries.length))
        next += queries.length
      }
    } catch (error) {
      for (const { job } of parts) this.#fail(job, error)
    }
  }

  /** Throws 503 if there is no index yet, and if a thread has ended or hangs: then all of its threads are replaced. */
  async #search(queries: readonly Query[], options: NearestOptions): Promise<Neighbor[][]> {
    const opening = this.#index
    try {
      const index = await this.#within(opening)
      if (index === undefined) throw overloaded('loading', 'the index of this model is being made')
      const found = await this.#within(index.nearestBatch(queries, options))
      if (found) return found
    } catch (error) {
      if (error instanceof Refusal || (error instanceof WordloomError && error.code === 'usage')) throw error
    }
    opening.then(lost => lost.close()).catch(() => {})
    this.#index = this.#open()
    throw overloaded('search_failed', 'a thread of the search ended or hung, and another takes its place')
  }

  /** What comes of the work; undefined if it takes too long. */
  async #within<Result>(work: Promise<Result>): Promise<Result | undefined> {
    let timer: NodeJS.Timeout | number | undefined
    const late = new Promise<undefined>(resolve => {
      timer = setTimeout(() => resolve(undefined), this.#settings.patience ?? PATIENCE)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** A job with questions left goes behind the others. */
  #take(job: Job, found: readonly Neighbor[][]): void {
    const { who } = job.asker
    this.#waiting -= found.length
    job.found.push(...found)
    this.#jobs.remove(who, job)
    if (job.found.length === job.queries.length) job.resolve(job.found)
    else this.#jobs.push(who, job)
    this.#jobs.pass(who)
  }

  #fail(job: Job, error: unknown): void {
    this.#waiting -= job.queries.length - job.found.length
    this.#jobs.remove(job.asker.who, job)
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
