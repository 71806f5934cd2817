import type { HuffmanTree } from '../equations/index.js'
import { keepProbability, keepThreshold, noiseWeights } from '../equations/inner.js'
import { WordloomError } from '../errors.js'
import { keyOf, type Matrix, Purpose, paddedStride, Random, row } from '../math/index.js'
import {
  architectures,
  type BagForm,
  type OutputLayer,
  objectives,
  type WordRows,
} from '../reference/index.js'
import type { Vocabulary } from '../text/index.js'
import { allocateShared, canShareMemory, HOW_TO_SHARE } from '../wasm/index.js'
import { aligned, gigabytes, type Layout, scratchSizes } from './layout.js'
import { writeNoiseRuns } from './noise-runs.js'
import type { TrainingOptions } from './options.js'
import { type Parts, rowOf } from './parts.js'
import { leastReach } from './reach.js'
import { expectedKept, type Plan } from './schedule.js'
import { SETTINGS_BYTES, Settings } from './settings.js'
import type { SubwordTable } from './subword-table.js'

const PAGE = 65536
/** Of a part's pairs: words with more are in texts that have little else. */
const LARGEST_SHARE = 0.5

/** What all threads of a run share. */
export interface SharedMemories {
  /** What the kernels reach. */
  readonly memory: WebAssembly.Memory
  /** The rows of both matrices, where they are too many for that. */
  readonly outside: ArrayBufferLike | undefined
}

/** Where the rows are. */
export function rowsOf({ memory, outside }: SharedMemories): ArrayBufferLike {
  return outside ?? memory.buffer
}

/** What is to be trained, and how: what the first contents of the memories follow from. */
export interface Contents {
  readonly vocabulary: Vocabulary
  readonly parts: Parts
  readonly plan: Plan
  readonly options: TrainingOptions
  readonly tree?: HuffmanTree | undefined
  /** Of the text at hand, where the vocabulary counts more. */
  readonly textCounts?: Float64Array | undefined
  readonly subwords?: SubwordTable | undefined
}

/** Allocates the memories and writes initial vectors, noise and sub-sampling tables. */
export function allocate(layout: Layout, contents: Contents): SharedMemories {
  const { vocabulary, parts, plan, options, tree, subwords } = contents
  const memory = allocateBytes(layout.bytes)
  const outside = layout.rowsOutside ? allocateRows(layout.outsideBytes) : undefined
  keepTable(layout, memory).set(keepThresholds(vocabulary, options.subsampling))
  initializeInputVectors(inputVectors(layout, rowsOf({ memory, outside })), parts, options.seed)
  writeNoise(layout, memory, contents)
  if (plan.schedule === 'blocks') placesTable(layout, memory).set(parts.places)
  const tables = treeTables(layout, memory)
  if (tree && tables) {
    tables.starts.set(tree.starts)
    tables.paths.set(tree.paths)
  }
  const pointers = wordPointers(layout, memory)
  if (subwords && pointers) {
    pointers.starts.set(subwords.starts)
    pointers.rows.set(subwords.rows.map(row => layout.inputVectors + row * layout.rowBytes))
  }
  for (const pointer of layout.threads) writeSettings(new Settings(memory, pointer), layout, contents)
  return { memory, outside }
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
    throw notGiven(bytes, cause)
  }
}

function allocateRows(bytes: number): ArrayBufferLike {
  try {
    return allocateShared(bytes)
  } catch (cause) {
    throw notGiven(bytes, cause)
  }
}

function notGiven(bytes: number, cause: unknown): WordloomError {
  const message = `this machine cannot give the ${gigabytes(bytes)} that training needs; keep fewer words (maxWords, or a higher minCount) or lower dimensions`
  return new WordloomError('too-large', message, { cause })
}

/** By word id, the largest draw that keeps a token. */
export function keepThresholds(vocabulary: Vocabulary, subsampling: number): Uint32Array {
  return Uint32Array.from(vocabulary.counts, count =>
    keepThreshold(keepProbability(count, vocabulary.tokens, subsampling)),
  )
}

export function inputVectors(layout: Layout, rows: ArrayBufferLike): Matrix {
  return matrixAt(layout.inputVectors, layout.inputRows, layout, rows)
}

export function outputVectors(layout: Layout, rows: ArrayBufferLike): Matrix {
  return matrixAt(layout.outputVectors, layout.words, layout, rows)
}

/** The bytes of both matrices. */
export function matrixBytes(layout: Layout, memory: WebAssembly.Memory): Uint8Array {
  return new Uint8Array(memory.buffer, layout.inputVectors, layout.noise - layout.inputVectors)
}

export function keepTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.keep, layout.words)
}

/** Marks by row; undefined where no word is frozen. */
export function frozenTable({ frozen, words }: Layout, memory: WebAssembly.Memory): Uint8Array | undefined {
  return frozen === 0 ? undefined : new Uint8Array(memory.buffer, frozen, words)
}

export function placesTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.places, layout.words)
}

export function pairsTable(layout: Layout, memory: WebAssembly.Memory): Uint32Array {
  return new Uint32Array(memory.buffer, layout.pairs, layout.pairCapacity)
}

/** The paths of the tree; undefined where the objective needs none. */
function treeTables(layout: Layout, memory: WebAssembly.Memory): HuffmanTree | undefined {
  if (layout.pathEntries === 0) return undefined
  return {
    starts: new Uint32Array(memory.buffer, layout.pathStarts, layout.words + 1),
    paths: new Uint32Array(memory.buffer, layout.paths, layout.pathEntries),
  }
}

/** What an objective chooses from in this memory, with noise words as they are given. */
export function outputLayer(
  layout: Layout,
  memories: SharedMemories,
  { negativeSamples }: Pick<TrainingOptions, 'negativeSamples'>,
  drawNoise: OutputLayer['drawNoise'],
  parts?: Parts,
): OutputLayer {
  const matrix = outputVectors(layout, rowsOf(memories))
  return {
    words: layout.words,
    outputRow: number => row(matrix, parts ? rowOf(parts, number) : number),
    drawNoise,
    negativeSamples,
    tree: treeTables(layout, memories.memory),
  }
}

/** The input rows of each word, as pointers; undefined where they have one each. */
function wordPointers(layout: Layout, memory: WebAssembly.Memory): WordRows | undefined {
  if (layout.wordRowEntries === 0) return undefined
  return {
    starts: new Uint32Array(memory.buffer, layout.wordRowStarts, layout.words + 1),
    rows: new Uint32Array(memory.buffer, layout.wordRows, layout.wordRowEntries),
  }
}

/** The same as numbers. */
export function wordRowsOf(layout: Layout, memory: WebAssembly.Memory): WordRows | undefined {
  const pointers = wordPointers(layout, memory)
  const numberOf = (pointer: number) => (pointer - layout.inputVectors) / layout.rowBytes
  return pointers && { starts: pointers.starts, rows: pointers.rows.map(numberOf) }
}

function matrixAt(pointer: number, count: number, { dimensions }: Layout, buffer: ArrayBufferLike): Matrix {
  const stride = paddedStride(dimensions)
  return {
    data: new Float32Array(buffer, pointer, count * stride),
    rows: count,
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
 * One table a part, over the part's words. Two pairs that go together see no negative sample that is one of their
 * outside words, so a word that is the outside word of a share s of the part's pairs would be drawn (1 − s)² times
 * as often as it should; unlike in the whole vocabulary that share is not small, and weights make up for it.
 */
function writeNoise(layout: Layout, memory: WebAssembly.Memory, contents: Contents): void {
  const { vocabulary, parts, options, textCounts } = contents
  const weights = inRows(noiseWeights(vocabulary.counts, options.noiseExponent), parts)
  const pairs = inRows(expectedKept(vocabulary, options.subsampling, textCounts), parts)
  for (let part = 0; part < parts.count; part++) {
    const [first, end] = [parts.starts[part]!, parts.starts[part + 1]!]
    const total = pairs.subarray(first, end).reduce((sum, count) => sum + count, 0)
    if (parts.count > 1 && total > 0)
      for (let row = first; row < end; row++)
        weights[row]! /= (1 - Math.min(LARGEST_SHARE, pairs[row]! / total)) ** 2
    writeNoiseRuns(layout, memory, parts, part, weights.subarray(first, end))
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

const bagForms: readonly BagForm[] = ['mean', 'undivided', 'sum']

function writeSettings(settings: Settings, layout: Layout, contents: Contents): void {
  const { plan, options } = contents
  settings.set({
    words: layout.words,
    architecture: placeOf(options.architecture, architectures),
    objective: placeOf(options.objective, objectives),
    bagForm: bagForms.indexOf(bagFormOf(options)),
    pathStarts: layout.pathStarts,
    paths: layout.paths,
    wordRowStarts: layout.wordRowEntries > 0 ? layout.wordRowStarts : 0,
    wordRows: layout.wordRows,
    rowBytes: layout.rowBytes,
    parts: plan.parts,
    places: layout.places,
    keep: layout.keep,
    window: options.window,
    leastReach: leastReach(options),
    negativeSamples: options.negativeSamples,
  })
  let end = settings.pointer + SETTINGS_BYTES
  for (const [field, bytes] of Object.entries(scratchSizes({ ...contents, words: layout.words }))) {
    settings.set({ [field]: end })
    end += aligned(bytes)
  }
}

/** The kernel's number of an entry. */
function placeOf(name: string, table: readonly { readonly name: string }[]): number {
  return table.findIndex(entry => entry.name === name)
}

/** What becomes of the rows of a bag. */
export function bagFormOf({ bag, bagGradient }: Pick<TrainingOptions, 'bag' | 'bagGradient'>): BagForm {
  if (bag === 'sum') return 'sum'
  return bagGradient === 'exact' ? 'mean' : 'undivided'
}
