import { noiseWeights } from '../equations/noise.js'
import { keepProbability, keepThreshold } from '../equations/subsampling.js'
import { WordloomError } from '../errors.js'
import { aliasTable } from '../math/alias-table.js'
import { type Matrix, paddedStride, row } from '../math/matrix.js'
import { keyOf, Purpose, Random } from '../math/random.js'
import { SETTINGS_BYTES, Settings } from '../math/settings.js'
import { canShareMemory, HOW_TO_SHARE } from '../math/shared-memory.js'
import type { Vocabulary } from '../text/index.js'
import { LONGEST_BLOCK } from './blocks.js'
import { SHARDS } from './chunks.js'
import { noiseRunsBytes, writeNoiseRuns } from './noise-runs.js'
import type { TrainingOptions } from './options.js'
import { type Parts, rowOf } from './parts.js'
import { expectedKept, type Plan } from './schedule.js'

const PAGE = 65536
const WASM32_LIMIT = 2 ** 32
/** Pairs that kernels/blocks.ts sorts at a time, and groups of inputs that a part can have. */
const PIECE = 1 << 17
const GROUPS = 2048
/** Of a part's pairs: words with more are in texts that have little else. */
const LARGEST_SHARE = 0.5

/** Where everything lies in the one memory that all threads and kernels share, in bytes. */
export interface Layout {
  readonly words: number
  readonly dimensions: number
  readonly rowBytes: number
  readonly inputVectors: number
  readonly outputVectors: number
  /** Of the noise distribution: alias tables part by part; for windows, see noise-runs.ts. */
  readonly noise: number
  /** Sub-sampling thresholds. */
  readonly keep: number
  /** By word: part and place in it. */
  readonly places: number
  /** Pairs of one chunk. */
  readonly pairs: number
  readonly pairCapacity: number
  /** For each shard of a chunk and each bucket, a count or a place among the pairs. */
  readonly cursors: number
  /** One settings record a thread, each followed by the thread's scratch. */
  readonly threads: readonly number[]
  readonly bytes: number
}

/** What decides how large the memory is. */
export interface LayoutRequest {
  readonly words: number
  readonly options: TrainingOptions
  readonly threads: number
  readonly plan: Plan
  readonly pairCapacity: number
}

/** Lays the memory out without allocating it. Page 0 stays free: it belongs to the kernels' own constants. */
export function layOut({ words, options, threads, plan, pairCapacity }: LayoutRequest): Layout {
  let end = PAGE
  const reserve = (bytes: number): number => {
    const start = end
    end = start + Math.ceil(bytes / 64) * 64 // cache lines: no two threads write to the same one
    return start
  }
  const rowBytes = paddedStride(options.dimensions) * 4
  const blocks = plan.schedule === 'blocks'
  return {
    words,
    dimensions: options.dimensions,
    rowBytes,
    inputVectors: reserve(words * rowBytes),
    outputVectors: reserve(words * rowBytes),
    noise: reserve(blocks ? words * 8 : noiseRunsBytes(words)),
    keep: reserve(words * 4),
    places: reserve(blocks ? words * 4 : 0),
    pairs: reserve(pairCapacity * 4),
    pairCapacity,
    cursors: reserve(blocks ? SHARDS * plan.parts ** 2 * 4 : 0),
    threads: Array.from({ length: threads }, () => reserve(SETTINGS_BYTES + scratchBytes(options, blocks))),
    bytes: end,
  }
}

/** Throws `too-large`, with the numbers, where the layout cannot be had on a machine of so many bytes. */
export function checkFits(layout: Layout, totalMemory: number): void {
  const limit = Math.min(WASM32_LIMIT, totalMemory)
  if (layout.bytes <= limit) return
  const fitting = Math.floor((layout.words * limit) / layout.bytes)
  throw new WordloomError(
    'too-large',
    `${layout.words.toLocaleString('en')} words × ${layout.dimensions} dimensions × 2 matrices need ${gigabytes(layout.bytes)}, ` +
      `and ${limit === WASM32_LIMIT ? 'training has at most' : 'this machine has'} ${gigabytes(limit)}; ` +
      `keep about ${fitting.toLocaleString('en')} words (maxWords, or a higher minCount) or lower dimensions`,
  )
}

/** Allocates the memory and writes initial vectors, noise and sub-sampling tables. */
export function allocate(
  layout: Layout,
  vocabulary: Vocabulary,
  parts: Parts,
  plan: Plan,
  options: TrainingOptions,
): WebAssembly.Memory {
  const memory = allocateBytes(layout.bytes)
  keepTable(layout, memory).set(keepThresholds(vocabulary, options.subsampling))
  initializeInputVectors(inputVectors(layout, memory), parts, options.seed)
  if (plan.schedule === 'blocks') {
    writeNoise(noiseTable(layout, memory), vocabulary, parts, options)
    placesTable(layout, memory).set(parts.places)
  } else writeNoiseRuns(layout, memory, vocabulary.counts, options.noiseExponent)
  for (const pointer of layout.threads) writeSettings(new Settings(memory, pointer), layout, plan, options)
  return memory
}

/**
 * Memory of zeros as the kernels want it. It is of the shared kind also in a page that may not share it with its
 * workers: engines allow that, so that one thread can train there.
 */
export function allocateBytes(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE)
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  } catch (cause) {
    if (!canShareMemory())
      throw new WordloomError('usage', `this page may not share memory; ${HOW_TO_SHARE}`, { cause })
    const message = `this machine cannot give the ${gigabytes(bytes)} that training needs; keep fewer words (maxWords, or a higher minCount) or lower dimensions`
    throw new WordloomError('too-large', message, { cause })
  }
}

/** By word id, the largest draw that keeps a token. */
export function keepThresholds(vocabulary: Vocabulary, subsampling: number): Uint32Array {
  return Uint32Array.from(vocabulary.counts, count =>
    keepThreshold(keepProbability(count, vocabulary.tokens, subsampling)),
  )
}

export function inputVectors(layout: Layout, memory: WebAssembly.Memory): Matrix {
  return matrixAt(layout.inputVectors, layout, memory)
}

export function outputVectors(layout: Layout, memory: WebAssembly.Memory): Matrix {
  return matrixAt(layout.outputVectors, layout, memory)
}

/** The bytes of both matrices. */
export function matrixBytes(layout: Layout, memory: WebAssembly.Memory): Uint8Array {
  return new Uint8Array(memory.buffer, layout.inputVectors, layout.noise - layout.inputVectors)
}

export function noiseTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.noise, layout.words * 2)
}

export function keepTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.keep, layout.words)
}

export function placesTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.places, layout.words)
}

export function pairsTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.pairs, layout.pairCapacity)
}

function matrixAt(pointer: number, { words, dimensions }: Layout, memory: WebAssembly.Memory): Matrix {
  const stride = paddedStride(dimensions)
  return {
    data: new Float32Array(memory.buffer, pointer, words * stride),
    rows: words,
    columns: dimensions,
    stride,
  }
}

/** Puts rows that lie part by part into the order of the vocabulary, in place: cycle by cycle of the permutation. */
export function restoreOrder(matrix: Matrix, parts: Parts): void {
  const done = new Uint8Array(matrix.rows)
  const first = new Float32Array(matrix.columns)
  for (let start = 0; start < matrix.rows; start++) {
    if (done[start]) continue
    first.set(row(matrix, start))
    let id = start
    for (let from = rowOf(parts, id); from !== start; from = rowOf(parts, id)) {
      row(matrix, id).set(row(matrix, from))
      done[id] = 1
      id = from
    }
    row(matrix, id).set(first)
    done[id] = 1
  }
}

/** Uniform in ±½/dimensions, one stream of draws a word; output vectors start at zero. */
function initializeInputVectors(matrix: Matrix, parts: Parts, seed: number): void {
  const key = keyOf(seed, Purpose.inputVectors)
  for (let id = 0; id < matrix.rows; id++) {
    const random = new Random(key, id)
    const vector = row(matrix, rowOf(parts, id))
    for (let i = 0; i < vector.length; i++) vector[i] = (random.uniform() - 0.5) / matrix.columns
  }
}

/**
 * One alias table a part, over the part's words, beside each other in the order of the rows. A pair redraws its
 * own outside word, so a word that is the outside word of a share s of the part's pairs would be drawn 1 − s
 * times as often as it should; unlike in the whole vocabulary that share is not small, and weights make up for it.
 */
function writeNoise(
  table: Uint32Array,
  vocabulary: Vocabulary,
  parts: Parts,
  options: TrainingOptions,
): void {
  const weights = inRows(noiseWeights(vocabulary.counts, options.noiseExponent), parts)
  const pairs = inRows(expectedKept(vocabulary, options.subsampling), parts)
  for (let part = 0; part < parts.count; part++) {
    const [first, end] = [parts.starts[part]!, parts.starts[part + 1]!]
    const total = pairs.subarray(first, end).reduce((sum, count) => sum + count, 0)
    if (parts.count > 1)
      for (let row = first; row < end; row++)
        weights[row]! /= 1 - Math.min(LARGEST_SHARE, pairs[row]! / total)
    aliasTable(weights.subarray(first, end), table.subarray(2 * first, 2 * end))
  }
}

/** Numbers by word id as numbers by row. */
function inRows(byWord: Float64Array, parts: Parts): Float64Array {
  const byRow = new Float64Array(byWord.length)
  byWord.forEach((number, id) => {
    byRow[rowOf(parts, id)] = number
  })
  return byRow
}

/** Sizes of a thread's scratch arrays in bytes, in the order in which they lie behind its settings. */
function scratchSizes({ window, negativeSamples, dimensions }: TrainingOptions, blocks: boolean) {
  const rows = Math.max(6, negativeSamples + 3) // the outside word's, and as many as make it a multiple of three
  const ids = LONGEST_BLOCK * 4
  const rowBytes = paddedStride(dimensions) * 4
  return {
    ids,
    keptIds: ids,
    keptReach: ids,
    keptPlace: ids,
    centers: 2 * window * 4,
    rows: rows * 8,
    signs: rows * 8 + 16,
    errors: rows * 8 + 16, // whole vectors are written
    moved: 2 * rowBytes,
    nullRow: rowBytes,
    sorted: blocks ? PIECE * 4 : 0,
    groups: blocks ? (GROUPS + 1) * 4 : 0,
    negatives: negativeSamples * 4,
  }
}

function scratchBytes(options: TrainingOptions, blocks: boolean): number {
  return Object.values(scratchSizes(options, blocks)).reduce((sum, bytes) => sum + aligned(bytes), 0)
}

function writeSettings(settings: Settings, layout: Layout, plan: Plan, options: TrainingOptions): void {
  settings.set({
    rowBytes: layout.rowBytes,
    parts: plan.parts,
    places: layout.places,
    keep: layout.keep,
    window: options.window,
    negativeSamples: options.negativeSamples,
  })
  let end = settings.pointer + SETTINGS_BYTES
  for (const [field, bytes] of Object.entries(scratchSizes(options, plan.schedule === 'blocks'))) {
    settings.set({ [field]: end })
    end += aligned(bytes)
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}
