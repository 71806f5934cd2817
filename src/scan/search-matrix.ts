import { type Matrix, paddedStride, row } from '../math/index.js'
import type { Memory } from '../wasm/index.js'
import { FarRows } from './far-rows.js'
import { groupQueries, type QueryGroup } from './query-groups.js'
import { runnableBuild, type SearchBuild, type SearchKernel, searchKernel } from './search-kernel.js'
import { type Places, placesOf, QUERIES_AT_ONCE, ROWS_AT_ONCE, requestMemory } from './search-memory.js'

export interface SearchOptions {
  /** Which build of the kernel may be used; the fastest one that runs here if not given. */
  build?: SearchBuild
  /** Which place for queries and scores is this thread's: 0 is the owner's, threads have 1 … MOST_THREADS. */
  slot?: number
  /** Rows whose norms are in the memory already. */
  measured?: number
}

/** Rows that can be scored against queries, here and, if the memory is shared, on other threads. */
export interface ScoredRows {
  readonly memory: Memory
  readonly rows: number
  readonly columns: number
  readonly rowBytes: number
  /** Takes at most 36 queries, and keeps them until it is given others; in these groups they can be scored. */
  place(queries: readonly Float32Array[]): readonly QueryGroup[]
  /**
   * query · row / |row| for each query of a group and each row in [from, to), at most 4096: the cosine, if the query
   * has length 1. Gives one view a query, good until the next call.
   */
  scorePlaced(group: QueryGroup, from: number, to: number): Float32Array[]
  /** The first place from `start` on whose score is above `bar`, in one of the views that `score` gave; its length if there is none. */
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
  /** Queries that go together if there are many: products that are not fused want registers of their own. */
  readonly #together: 4 | 6
  readonly #places: Places
  readonly #queries: Float32Array
  readonly #views: ScoreViews
  readonly #norms: Float32Array
  readonly #far: FarRows
  #measured: number

  /** A matrix of zeros. Throws `too-large`, before anything is allocated, if it cannot fit in 4 GiB. */
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
    this.#views = new ScoreViews(memory, places.scores, QUERIES_AT_ONCE)
    this.#norms = floats(places.norms, places.end)
    this.#far = new FarRows(this.matrix, this.#norms)
    this.#places = places
    this.#kernel = searchKernel(memory, build)
    this.#together = runnableBuild(memory, build) === 'relaxed' ? 6 : 4
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

  /** The length of row i; 0 if it is all zeros or not finite, so that the row has no direction. */
  norm(i: number): number {
    this.measure(i + 1)
    return this.#norms[i]! || this.#far.norm(i)
  }

  /** Row i with length 1 (all zeros if it has no direction). */
  direction(i: number): Float32Array {
    const length = this.norm(i)
    return row(this.matrix, i).map(x => (length > 0 ? x / length : 0))
  }

  /** Places 1 to 6 queries and scores them, as `scorePlaced` does. */
  score(queries: readonly Float32Array[], from: number, to: number): Float32Array[] {
    if (queries.length === 0 || queries.length > QUERIES_AT_ONCE)
      throw new Error(`the kernel scores 1 to ${QUERIES_AT_ONCE} queries at once, not ${queries.length}`)
    const [group] = groupQueries(queries.length, QUERIES_AT_ONCE)
    return this.scorePlaced(this.#placeGroup(queries, group!), from, to)
  }

  place(queries: readonly Float32Array[]): readonly QueryGroup[] {
    return groupQueries(queries.length, this.#together).map(group => this.#placeGroup(queries, group))
  }

  scorePlaced({ count, places, before }: QueryGroup, from: number, to: number): Float32Array[] {
    const rowCount = to - from
    if (rowCount > ROWS_AT_ONCE)
      throw new Error(`the kernel scores ${ROWS_AT_ONCE} rows at once, not ${rowCount}`)
    this.measure(to)
    const { stride } = this.matrix
    const { rows, norms, queries, scores } = this.#places
    this.#kernel.scoreRows(
      rows + from * stride * 4,
      stride,
      rowCount,
      norms + from * 4,
      queries + before * stride * 4,
      places,
      scores,
      ROWS_AT_ONCE,
    )
    const views = this.#views.of(count, rowCount)
    this.#scoreFar(views, { places, before }, from, to)
    return views
  }

  firstAbove(scores: Float32Array, start: number, bar: number): number {
    return firstAbove(this.#kernel, scores, start, bar)
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

  /** Scores the rows that the kernel cannot. */
  #scoreFar(
    views: readonly Float32Array[],
    { places, before }: Pick<QueryGroup, 'places' | 'before'>,
    from: number,
    to: number,
  ): void {
    this.#far.look(to)
    const start = before * this.matrix.stride
    for (const i of this.#far.within(from, to))
      for (const [q, scores] of views.entries())
        scores[i - from] = this.#far.score(i, this.#queries, column => start + placeOf(column, q, places))
  }

  /** Writes four numbers of the first query, four of the second, and so on, column by column. */
  #placeGroup(queries: readonly Float32Array[], group: QueryGroup): QueryGroup {
    const { columns, stride } = this.matrix
    const { first, count, places, before } = group
    const target = this.#queries.subarray(before * stride, (before + places) * stride)
    target.fill(0) // by itself: Firefox takes what fill gives, in code that runs often, for all of #queries
    for (let q = 0; q < count; q++) {
      const query = queries[first + q]!
      if (query.length !== columns)
        throw new Error(`a query has ${query.length} numbers, rows have ${columns}`)
      for (let i = 0; i < columns; i++) target[placeOf(i, q, places)] = query[i]!
    }
    return group
  }
}

/** Where a column of query `q` stands among `places` queries. */
function placeOf(column: number, q: number, places: number): number {
  return (column >> 2) * 4 * places + 4 * q + (column & 3)
}

/** What the kernel wrote for each query, as views that are made anew only if their length changes. */
export class ScoreViews {
  readonly #scores: Float32Array
  #views: Float32Array[] = []
  #length = 0

  /** Over room for the scores of `queries` queries. */
  constructor(memory: Memory, scores: number, queries: number) {
    this.#scores = new Float32Array(memory.buffer, scores, queries * ROWS_AT_ONCE)
  }

  of(count: number, length: number): Float32Array[] {
    if (length !== this.#length) this.#views = []
    this.#length = length
    for (let q = this.#views.length; q < count; q++)
      this.#views.push(this.#scores.subarray(q * ROWS_AT_ONCE, q * ROWS_AT_ONCE + length))
    return this.#views.slice(0, count)
  }
}

/** ScoredRows.firstAbove, for scores in the memory of the kernel. */
export function firstAbove(kernel: SearchKernel, scores: Float32Array, start: number, bar: number): number {
  if (start < scores.length && scores[start]! > bar) return start // while few are known, most are above
  return start + kernel.firstAbove(scores.byteOffset + 4 * start, scores.length - start, bar)
}
