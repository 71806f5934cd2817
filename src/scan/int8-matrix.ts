import { addScaled, dot, encodeInt8, INT8_MOST, row } from '../math/index.js'
import { allocateShareable, type Memory, PAGE_BYTES } from '../wasm/index.js'
import { groupQueries, QUERIES_PLACED, type QueryGroup } from './query-groups.js'
import { type SearchKernel, searchKernel } from './search-kernel.js'
import {
  firstAbove,
  type ScoredRows,
  ScoreViews,
  type SearchMatrix,
  type SearchOptions,
} from './search-matrix.js'
import { MOST_THREADS, outOfMemory, ROWS_AT_ONCE } from './search-memory.js'

/** The kernel takes this many queries in one pass over the rows. */
const QUERIES_AT_ONCE = 4
/** Rows are padded to what the kernel takes in one step. */
const STEP = 16
/** Twelve bits and a sign: a query loses sixteen times less than the rows do. */
const QUERY_MOST = 2047

/**
 * The directions of a search matrix, less their mean m, in 8 bits a number, which are read four times as fast: [queries
 * and scores of each thread | rows int8 | factors float32 | shifts float32 | m float32]. The cosine of q and x is
 * (q − m)·(x − m) + m·(x − m), which is the row's shift, + q·m, and only the first product is of rounded numbers: so
 * scores are within about 0.001 of cosines, and much nearer if all rows lie near their mean. For the best ten one takes
 * more and scores those again.
 */
export class Int8Matrix implements ScoredRows {
  readonly memory: Memory
  readonly rows: number
  readonly columns: number
  readonly rowBytes: number
  readonly #kernel: SearchKernel
  readonly #start: number
  readonly #factors: number
  readonly #queriesAt: number
  readonly #scoresAt: number
  readonly #queries: Int16Array
  readonly #views: ScoreViews
  /** By placed query: what a whole number of it stands for. */
  readonly #scales = new Float64Array(QUERIES_PLACED)
  /** NaN for a row without a direction, whose score is 0. */
  readonly #rowShifts: Float32Array
  /** By placed query: its product with the mean; NaN for zeros, by which all scores are 0. */
  readonly #shifts = new Float64Array(QUERIES_PLACED)
  readonly #mean: Float32Array

  /** Takes a quarter of the matrix's memory. Throws `too-large` if the machine has not that much. */
  static of(search: SearchMatrix, options: SearchOptions = {}): Int8Matrix {
    const { rows, columns } = search
    search.measure(rows)
    const int8 = new Int8Matrix(requestMemory(rows, columns), rows, columns, options)
    const numbers = new Int8Array(int8.memory.buffer, int8.#start, rows * int8.rowBytes)
    const factors = new Float32Array(int8.memory.buffer, int8.#factors, rows)
    int8.#mean.set(meanDirection(search))
    const deviation = new Float32Array(columns)
    for (let i = 0; i < rows; i++) {
      const [at, norm, numbersOfRow] = [i * int8.rowBytes, search.norm(i), row(search.matrix, i)]
      const factor = norm > 0 ? 1 / norm : 0
      for (let j = 0; j < columns; j++) deviation[j] = numbersOfRow[j]! * factor - int8.#mean[j]!
      factors[i] = encodeInt8(deviation, numbers.subarray(at, at + columns))
      int8.#rowShifts[i] = norm > 0 ? dot(int8.#mean, deviation) : Number.NaN
    }
    return int8
  }

  /** For a memory that `of` has filled. */
  constructor(memory: Memory, rows: number, columns: number, { build, slot = 0 }: SearchOptions = {}) {
    const places = placesOf(rows, columns, slot)
    this.memory = memory
    this.rows = rows
    this.columns = columns
    this.rowBytes = strideOf(columns)
    this.#start = places.rows
    this.#factors = places.factors
    this.#queriesAt = places.queries
    this.#scoresAt = places.scores
    this.#queries = new Int16Array(memory.buffer, places.queries, QUERIES_PLACED * this.rowBytes)
    this.#rowShifts = new Float32Array(memory.buffer, places.shifts, rows)
    this.#mean = new Float32Array(memory.buffer, places.mean, columns)
    this.#views = new ScoreViews(memory, places.scores, QUERIES_AT_ONCE)
    this.#kernel = searchKernel(memory, build)
  }

  place(queries: readonly Float32Array[]): readonly QueryGroup[] {
    const groups = groupQueries(queries.length, QUERIES_AT_ONCE)
    for (const { first, count, places, before } of groups) {
      const target = this.#queries.subarray(before * this.rowBytes, (before + places) * this.rowBytes)
      target.fill(0) // by itself, as in SearchMatrix
      for (let q = 0; q < count; q++) {
        this.#scales[first + q] = this.#place(queries[first + q]!, target, q, places)
        this.#shifts[first + q] = shiftOf(queries[first + q]!, this.#mean)
      }
    }
    return groups
  }

  /** As SearchMatrix does, nearly. */
  scorePlaced({ first, count, places, before }: QueryGroup, from: number, to: number): Float32Array[] {
    this.#kernel.scoreInt8Rows(
      this.#start + from * this.rowBytes,
      this.rowBytes,
      to - from,
      this.#factors + from * 4,
      this.#queriesAt + before * this.rowBytes * 2,
      places,
      this.#scoresAt,
      ROWS_AT_ONCE,
    )
    const views = this.#views.of(count, to - from)
    for (const [q, scores] of views.entries()) {
      const [scale, shift] = [this.#scales[first + q]!, this.#shifts[first + q]!]
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]! * scale + (this.#rowShifts[from + i]! + shift)
        scores[i] = Number.isNaN(score) ? 0 : score
      }
    }
    return views
  }

  firstAbove(scores: Float32Array, start: number, bar: number): number {
    return firstAbove(this.#kernel, scores, start, bar)
  }

  /** Writes query q of `places` less the mean, eight numbers of each in turn; gives what a whole number of it stands for. */
  #place(query: Float32Array, target: Int16Array, q: number, places: number): number {
    // The sum of all products must stay below 2³¹.
    const limit = Math.min(QUERY_MOST, Math.floor((2 ** 31 - 1) / (INT8_MOST * this.rowBytes)))
    const mean = this.#mean
    let most = 0
    for (let i = 0; i < query.length; i++) most = Math.max(most, Math.abs(query[i]! - mean[i]!))
    if (!(most > 0)) return 0
    for (let i = 0; i < query.length; i++)
      target[((i >> 3) * places + q) * 8 + (i & 7)] = Math.round(((query[i]! - mean[i]!) / most) * limit)
    return most / limit
  }
}

function meanDirection(search: SearchMatrix): Float64Array {
  const mean = new Float64Array(search.columns)
  for (let i = 0; i < search.rows; i++) {
    const norm = search.norm(i)
    if (norm > 0) addScaled(mean, 1 / (norm * search.rows), row(search.matrix, i))
  }
  return mean
}

function shiftOf(query: Float32Array, mean: Float32Array): number {
  return query.every(x => x === 0) ? Number.NaN : dot(query, mean)
}

function strideOf(columns: number): number {
  return Math.ceil(columns / STEP) * STEP
}

function placesOf(rows: number, columns: number, slot = 0) {
  const queryBytes = QUERIES_PLACED * strideOf(columns) * 2
  const slotBytes = queryBytes + QUERIES_AT_ONCE * ROWS_AT_ONCE * 4
  const queries = slot * slotBytes
  const start = (1 + MOST_THREADS) * slotBytes
  const factors = start + rows * strideOf(columns)
  const shifts = factors + rows * 4
  const mean = shifts + rows * 4
  return {
    queries,
    scores: queries + queryBytes,
    rows: start,
    factors,
    shifts,
    mean,
    end: mean + columns * 4,
  }
}

function requestMemory(rows: number, columns: number): Memory {
  const { end } = placesOf(rows, columns)
  try {
    return allocateShareable(Math.ceil(end / PAGE_BYTES))
  } catch (cause) {
    throw outOfMemory(rows, columns, cause)
  }
}
