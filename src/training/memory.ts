import { totalmem } from 'node:os'
import { noiseWeights } from '../equations/noise.js'
import { keepProbability, keepThreshold } from '../equations/subsampling.js'
import { WordloomError } from '../errors.js'
import { aliasTable } from '../math/alias-table.js'
import { type Matrix, paddedStride, row } from '../math/matrix.js'
import { keyOf, Purpose, Random } from '../math/random.js'
import { SETTINGS_BYTES, Settings } from '../math/settings.js'
import type { Vocabulary } from '../text/index.js'
import { LONGEST_BLOCK } from './blocks.js'
import type { TrainingOptions } from './options.js'

const PAGE = 65536
const WASM32_LIMIT = 2 ** 32

/** Where everything lies in the one memory that all threads and kernels share, in bytes. */
export interface Layout {
  readonly words: number
  readonly dimensions: number
  readonly inputVectors: number
  readonly outputVectors: number
  /** Alias table of the noise distribution. */
  readonly noise: number
  /** Sub-sampling thresholds. */
  readonly keep: number
  /** One settings record a thread, each followed by the thread's scratch. */
  readonly threads: readonly number[]
  readonly bytes: number
}

/** Lays the memory out without allocating it. Page 0 stays free: it belongs to the kernels' own constants. */
export function layOut(words: number, options: TrainingOptions, threads: number): Layout {
  let end = PAGE
  const reserve = (bytes: number): number => {
    const start = end
    end = start + Math.ceil(bytes / 64) * 64 // cache lines: no two threads write to the same one
    return start
  }
  const matrixBytes = words * paddedStride(options.dimensions) * 4
  return {
    words,
    dimensions: options.dimensions,
    inputVectors: reserve(matrixBytes),
    outputVectors: reserve(matrixBytes),
    noise: reserve(words * 8),
    keep: reserve(words * 4),
    threads: Array.from({ length: threads }, () => reserve(SETTINGS_BYTES + scratchBytes(options))),
    bytes: end,
  }
}

/** Throws `too-large`, with the numbers, where the layout cannot be had on this machine. */
export function checkFits(layout: Layout): void {
  const limit = Math.min(WASM32_LIMIT, totalmem())
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
  options: TrainingOptions,
): WebAssembly.Memory {
  checkFits(layout)
  const pages = Math.ceil(layout.bytes / PAGE)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGE, shared: true })
  initializeInputVectors(inputVectors(layout, memory), options.seed)
  aliasTable(noiseWeights(vocabulary.counts, options.noiseExponent), noiseTable(layout, memory))
  const keep = keepTable(layout, memory)
  vocabulary.counts.forEach((count, id) => {
    keep[id] = keepThreshold(keepProbability(count, vocabulary.tokens, options.subsampling))
  })
  for (const pointer of layout.threads) writeSettings(new Settings(memory, pointer), layout, options)
  return memory
}

export function inputVectors(layout: Layout, memory: WebAssembly.Memory): Matrix {
  return matrixAt(layout.inputVectors, layout, memory)
}

export function outputVectors(layout: Layout, memory: WebAssembly.Memory): Matrix {
  return matrixAt(layout.outputVectors, layout, memory)
}

export function noiseTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.noise, layout.words * 2)
}

export function keepTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.keep, layout.words)
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

/** Uniform in ±½/dimensions, one stream of draws a row; output vectors start at zero. */
function initializeInputVectors(matrix: Matrix, seed: number): void {
  const key = keyOf(seed, Purpose.inputVectors)
  for (let id = 0; id < matrix.rows; id++) {
    const random = new Random(key, id)
    const vector = row(matrix, id)
    for (let i = 0; i < vector.length; i++) vector[i] = (random.uniform() - 0.5) / matrix.columns
  }
}

/** Sizes of a thread's scratch arrays in bytes, in the order in which they lie behind its settings. */
function scratchSizes({ window, negativeSamples, dimensions }: TrainingOptions) {
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
  }
}

function scratchBytes(options: TrainingOptions): number {
  return Object.values(scratchSizes(options)).reduce((sum, bytes) => sum + aligned(bytes), 0)
}

function writeSettings(settings: Settings, layout: Layout, options: TrainingOptions): void {
  settings.set({
    rowBytes: paddedStride(options.dimensions) * 4,
    inputVectors: layout.inputVectors,
    outputVectors: layout.outputVectors,
    words: layout.words,
    noise: layout.noise,
    keep: layout.keep,
    window: options.window,
    negativeSamples: options.negativeSamples,
  })
  let end = settings.pointer + SETTINGS_BYTES
  for (const [field, bytes] of Object.entries(scratchSizes(options))) {
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
