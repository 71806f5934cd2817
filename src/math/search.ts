import { WordloomError } from '../errors.js'
import { type Matrix, paddedStride, row } from './matrix.js'
import { type SearchBuild, type SearchKernel, searchKernel } from './search-kernel.js'
import { allocateShareable, type Memory, MOST_PAGES, PAGE_BYTES } from './web-assembly.js'

/** The kernel takes this many queries in one scan of the rows. */
export const QUERIES_AT_ONCE = 4

/** Rows scored in one call of the kernel: few enough that their scores stay in the cache. */
export const ROWS_AT_ONCE = 4096

/** Threads that may scan one memory beside the one that made it: more find no more bytes to read. */
export const MOST_THREADS = 8

export interface SearchOptions {
  /** Which build of the kernel may be used; the fastest one that runs here if not given. */
  build?: SearchBuild
  /** Which place for queries and scores is this thread's: 0 is the owner's, threads have 1 … MOST_THREADS. */
  slot?: number
  /** Rows whose norms are in the memory already. */
  measured?: number
}

/** Rows that can be scored against queries, here and, where the memory is shared, on other threads. */
export interface ScoredRows {
  readonly memory: Memory
  readonly rows: number
  readonly columns: number
  readonly rowBytes: number
  score(queries: readonly Float32Array[], from: number, to: number): Float32Array[]
  /** The first place from `start` on whose score is above `bar`, in one of the views that `score` gave; its length where there is none. */
  firstAbove(scores: Float32Array, start: number, bar: number): number
}

/**
 * A matrix in a memory of its own, where the search kernel can score its rows: [queries and scores of each
 * thread | rows | norms], all float32. `matrix` is to be filled before the first search, which measures the rows
 * once.
 */
export class SearchMatrix implements ScoredRows {
  readonly memory: Memory
  readonly matrix: Matrix
  readonly #kernel: SearchKernel
  readonly #places: Places
  readonly #queries: Float32Array
  readonly #scores: Float32Array
  readonly #norms: Float32Array
  #measured: number

  /** A matrix of zeros. Throws `too-large`, before anything is allocated, where it cannot fit in 4 GiB. */
  static allocate(rows: number, columns: number, options: SearchOptions = {}): SearchMatrix {
    return new SearchMatrix(requestMemory(rows, columns), rows, columns, options)
  }

  /** For memory that was laid out by `placesOf(rows, columns)`. */
  constructor(memory: Memory, rows: number, columns: number, options: SearchOptions = {}) {
    const { build, slot = 0, measured = 0 } = options
    const stride = paddedStride(columns)
    const places = placesOf(rows, columns, slot)
    const floats = (start: number, end: number) => new Float32Array(memory.buffer, start, (end - start) / 4)
    this.memory = memory
    this.matrix = { data: floats(places.rows, places.norms), rows, columns, stride }
    this.#measured = measured
    this.#queries = floats(places.queries, places.scores)
    this.#scores = new Float32Array(memory.buffer, places.scores, QUERIES_AT_ONCE * ROWS_AT_ONCE)
    this.#norms = floats(places.norms, places.end)
    this.#places = places
    this.#kernel = searchKernel(memory, build)
  }

  get rows(): number {
    return this.matrix.rows
  }

  get columns(): number {
    return this.matrix.columns
  }

  get rowBytes(): number {
    return this.matrix.stride * 4
  }

  /** The length of row i; 0 where it is below 1e-30 or not finite, so that the row has no direction. */
  norm(i: number): number {
    this.measure(i + 1)
    return this.#norms[i]!
  }

  /** Row i with length 1 (all zeros where it has no direction). */
  direction(i: number): Float32Array {
    const length = this.norm(i)
    return row(this.matrix, i).map(x => (length > 0 ? x / length : 0))
  }

  /**
   * query · row / |row| for each of up to 4 queries and each row in [from, to), at most 4096: the cosine, if
   * the query has length 1. Gives one view a query, good until the next call.
   */
  score(queries: readonly Float32Array[], from: number, to: number): Float32Array[] {
    const count = to - from
    if (queries.length > QUERIES_AT_ONCE || count > ROWS_AT_ONCE)
      throw new Error(`the kernel scores 4 queries against 4096 rows, not ${queries.length} against ${count}`)
    this.measure(to)
    this.#place(queries)
    const { stride } = this.matrix
    const places = this.#places
    const rows = places.rows + from * stride * 4
    const norms = places.norms + from * 4
    const queryCount = queries.length === 1 ? 1 : QUERIES_AT_ONCE
    this.#kernel.scoreRows(
      rows,
      stride,
      count,
      norms,
      places.queries,
      queryCount,
      places.scores,
      ROWS_AT_ONCE,
    )
    return queries.map((_, q) => this.#scores.subarray(q * ROWS_AT_ONCE, q * ROWS_AT_ONCE + count))
  }

  firstAbove(scores: Float32Array, start: number, bar: number): number {
    return firstAbove(this.#kernel, scores, start, bar)
  }

  /** Scores up to 4 queries against the first `limit` rows, a block at a time; `first` is the block's first row. */
  scan(
    queries: readonly Float32Array[],
    limit: number,
    visit: (scores: Float32Array[], first: number) => void,
  ): void {
    for (let first = 0; first < limit; first += ROWS_AT_ONCE)
      visit(this.score(queries, first, Math.min(first + ROWS_AT_ONCE, limit)), first)
  }

  /**
   * Measures the rows below `end` that are not measured yet. Searches ask for it themselves, so that one limited
   * to frequent words reads only those; before threads scan the memory it must be done.
   */
  measure(end: number): void {
    if (end <= this.#measured) return
    const from = this.#measured
    const { stride } = this.matrix
    const { rows, norms } = this.#places
    this.#kernel.measureRows(rows + from * stride * 4, stride, end - from, norms + from * 4)
    this.#measured = end
  }

  #place(queries: readonly Float32Array[]): void {
    const { columns, stride } = this.matrix
    this.#queries.fill(0)
    queries.forEach((query, q) => {
      if (query.length !== columns)
        throw new Error(`a query has ${query.length} numbers, rows have ${columns}`)
      this.#queries.set(query, q * stride)
    })
  }
}

/** ScoredRows.firstAbove, for scores in the memory of the kernel. */
export function firstAbove(kernel: SearchKernel, scores: Float32Array, start: number, bar: number): number {
  if (start < scores.length && scores[start]! > bar) return start // while few are known, most are above
  return start + kernel.firstAbove(scores.byteOffset + 4 * start, scores.length - start, bar)
}

/** Where each part of the memory starts, in bytes; `end` is its size. */
export interface Places {
  queries: number
  scores: number
  rows: number
  norms: number
  end: number
}

export function placesOf(rows: number, columns: number, slot = 0): Places {
  const stride = paddedStride(columns)
  const queryBytes = QUERIES_AT_ONCE * stride * 4
  const slotBytes = queryBytes + QUERIES_AT_ONCE * ROWS_AT_ONCE * 4
  const start = (1 + MOST_THREADS) * slotBytes
  const norms = start + rows * stride * 4
  const queries = slot * slotBytes
  return { queries, scores: queries + queryBytes, rows: start, norms, end: norms + rows * 4 }
}

export function pagesFor(rows: number, columns: number): number {
  return Math.ceil(placesOf(rows, columns).end / PAGE_BYTES)
}

export function fits(rows: number, columns: number): boolean {
  return pagesFor(rows, columns) <= MOST_PAGES
}

/** Throws `too-large` where rows × columns cannot be addressed. */
export function checkFits(rows: number, columns: number): void {
  if (fits(rows, columns)) return
  const rowBytes = paddedStride(columns) * 4 + 4
  const fitting = Math.floor((MOST_PAGES * PAGE_BYTES - placesOf(0, columns).end) / rowBytes)
  throw new WordloomError(
    'too-large',
    `${plain(rows)} words × ${plain(columns)} dimensions × 4 bytes are ${gibibytes(rows * columns * 4)} GiB, and vectors may take 4 GiB; ` +
      (fitting > 0
        ? `load fewer words: limit ${fitting} or less fits`
        : 'no word of so many dimensions fits'),
  )
}

function requestMemory(rows: number, columns: number): Memory {
  checkFits(rows, columns)
  try {
    return allocateShareable(pagesFor(rows, columns))
  } catch (cause) {
    throw outOfMemory(rows, columns, cause)
  }
}

/** The error for a matrix that fits in 4 GiB but not in this machine. */
export function outOfMemory(rows: number, columns: number, cause: unknown): WordloomError {
  return new WordloomError(
    'too-large',
    `this machine cannot give the ${gibibytes(placesOf(rows, columns).end)} GiB that ${plain(rows)} words × ${plain(columns)} dimensions need; load fewer words with a limit`,
    { cause },
  )
}

function plain(n: number): string {
  return n.toLocaleString('en')
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1)
}
