import type { HuffmanTree } from '../../equations/index.js'
import type { NoiseRuns } from '../../equations/inner.js'
import { option, say, sizeOf, WordloomError } from '../../errors.js'
import { type Matrix, paddedStride, row } from '../../math/index.js'
import type { DocumentLists, OutputLayer, WordRows } from '../../reference/index.js'
import { allocateShared, canShareMemory, type Memory, noSharing, sharedKind } from '../../wasm/index.js'
import { type Parts, rowOf } from '../plan/parts.js'
import type { Layout } from './layout.js'
import { noiseRuns, noiseRunsAt, writeNoiseRuns } from './noise-runs.js'
import { ThreadRecords } from './records.generated.js'

/** The shared memory as it is posted to a thread. */
export interface PostedMemory<Kernels = Memory> {
  readonly layout: Layout
  readonly parts: Parts
  /** The memory that the kernels reach. */
  readonly kernels: Kernels
  /** The rows of both matrices, if they are too many for that. */
  readonly outside: ArrayBufferLike | undefined
  /** Copies of both matrices, if patience chooses among epochs. */
  readonly best: ArrayBufferLike | undefined
}

/** All that the threads of a run share: its layout, the parts of the vocabulary, and every view of it. */
export class TrainingMemory {
  readonly layout: Layout
  readonly parts: Parts
  readonly kernels: Memory
  /** A row for each word, part by part, then those of sub-words or documents. */
  readonly input: Matrix
  /** A row for each word, part by part, or for each inner node of a tree. */
  readonly output: Matrix
  /** Both as they were after the best epoch; undefined if patience does not choose one. */
  readonly best: { readonly input: Matrix; readonly output: Matrix } | undefined
  readonly #outside: ArrayBufferLike | undefined

  private constructor({ layout, parts, kernels, outside, best }: PostedMemory) {
    this.layout = layout
    this.parts = parts
    this.kernels = kernels
    this.#outside = outside
    this.input = this.#matrix(layout.inputVectors, layout.inputRows)
    this.output = this.#matrix(layout.outputVectors, layout.words)
    this.best = best && {
      input: { ...this.input, data: new Float32Array(best, 0, this.input.data.length) },
      output: { ...this.output, data: new Float32Array(best, this.input.data.byteLength) },
    }
  }

  /** Of zeros. Throws `too-large` if the machine does not give it. */
  static allocate(layout: Layout, parts: Parts): TrainingMemory {
    const kernels = allocateBytes(layout.bytes)
    const outside = layout.rowsOutside ? allocateRows(layout.outsideBytes) : undefined
    const best = layout.bestBytes > 0 ? allocateRows(layout.bestBytes) : undefined
    return new TrainingMemory({ layout, parts, kernels, outside, best })
  }

  /** On a thread, over the memory that was posted to it. */
  static over(posted: PostedMemory): TrainingMemory {
    return new TrainingMemory(posted)
  }

  posted(): PostedMemory {
    const best = this.best?.input.data.buffer
    return { layout: this.layout, parts: this.parts, kernels: this.kernels, outside: this.#outside, best }
  }

  /** Copies both matrices, which are those of the best epoch so far. */
  keepBest(): void {
    this.best?.input.data.set(this.input.data)
    this.best?.output.data.set(this.output.data)
  }

  /** Makes both matrices those of the best epoch again. */
  takeBest(): void {
    if (!this.best) return
    this.input.data.set(this.best.input.data)
    this.output.data.set(this.best.output.data)
  }

  /** Where a word's rows lie in both matrices. */
  row(id: number): number {
    return rowOf(this.parts, id)
  }

  /** The rows visit the kernels' memory, since they are too many for it. */
  get hasVisitors(): boolean {
    return this.#outside !== undefined
  }

  /** The numbers of some rows, in the matrix itself. */
  numbersOf(matrix: 'inputVectors' | 'outputVectors', [first, end]: readonly [number, number]): Float32Array {
    const { rowBytes } = this.layout
    const at = this.layout[matrix] + first * rowBytes
    return new Float32Array(this.#rows, at, ((end - first) * rowBytes) / 4)
  }

  /** The same number of numbers at an address that the kernels reach. */
  numbersAt(address: number, numbers: number): Float32Array {
    return new Float32Array(this.kernels.buffer, address, numbers)
  }

  /** The bytes of both matrices, if those lie in the kernels' memory. */
  get matrixBytes(): Uint8Array {
    const { inputVectors, noise } = this.layout
    return new Uint8Array(this.kernels.buffer, inputVectors, noise - inputVectors)
  }

  /** The noise distribution of a part. */
  noise(part: number): NoiseRuns {
    return noiseRuns(this.layout, this.kernels, this.parts, part)
  }

  noiseAt(part: number): number {
    return noiseRunsAt(this.layout, this.parts, part)
  }

  /** `weights` by row of the part. */
  writeNoise(part: number, weights: Float64Array): void {
    writeNoiseRuns(this.layout, this.kernels, this.parts, part, weights)
  }

  /** By word, the largest draw that keeps a token. */
  get keep(): Uint32Array {
    return this.#u32(this.layout.keep, this.layout.words)
  }

  /** Marks by row; undefined if no word is frozen. */
  get frozen(): Uint8Array | undefined {
    const { frozen, words } = this.layout
    return frozen === 0 ? undefined : new Uint8Array(this.kernels.buffer, frozen, words)
  }

  /** By word: part and place in it. */
  get places(): Uint32Array {
    return this.#u32(this.layout.places, this.layout.words)
  }

  /** Pairs of the chunk at hand. */
  get pairs(): Uint32Array {
    return this.#u32(this.layout.pairs, this.layout.pairCapacity)
  }

  /** `count` cursors, beginning with number `first`. */
  cursors(first: number, count: number): Uint32Array {
    return this.#u32(this.layout.cursors + first * 4, count)
  }

  /** The paths of the tree; undefined if the objective needs none. */
  get tree(): HuffmanTree | undefined {
    const { pathStarts, paths, pathEntries, words } = this.layout
    if (pathEntries === 0) return undefined
    return { starts: this.#u32(pathStarts, words + 1), paths: this.#u32(paths, pathEntries) }
  }

  /** The input rows of each word, as pointers; undefined if each word has one. */
  get wordPointers(): WordRows | undefined {
    const { wordRowStarts, wordRows, wordRowEntries, words } = this.layout
    if (wordRowEntries === 0) return undefined
    return { starts: this.#u32(wordRowStarts, words + 1), rows: this.#u32(wordRows, wordRowEntries) }
  }

  /** The same rows as numbers. */
  wordRows(): WordRows | undefined {
    return this.wordPointers && this.#numbered(this.wordPointers)
  }

  /** The input rows of each document, as pointers; undefined if each document has one. */
  get documentPointers(): WordRows | undefined {
    const { documentRowStarts, documentRows, listedDocuments, documentRowEntries } = this.layout
    if (listedDocuments === 0) return undefined
    return {
      starts: this.#u32(documentRowStarts, listedDocuments + 1),
      rows: this.#u32(documentRows, documentRowEntries),
    }
  }

  /** The same rows as numbers. */
  documentLists(): DocumentLists | undefined {
    const pointers = this.documentPointers
    return pointers && { ...this.#numbered(pointers), longest: this.layout.mostDocumentRows }
  }

  #numbered({ starts, rows }: WordRows): WordRows {
    const { inputVectors, rowBytes } = this.layout
    return { starts, rows: rows.map(pointer => (pointer - inputVectors) / rowBytes) }
  }

  /** The output rows that an objective chooses from, by word. */
  outputLayer(negativeSamples: number, drawNoise: OutputLayer['drawNoise']): OutputLayer {
    return {
      words: this.layout.words,
      outputRow: number => row(this.output, this.row(number)),
      drawNoise,
      negativeSamples,
      tree: this.tree,
    }
  }

  /** The records through which a thread and its kernels speak. */
  records(thread: number): ThreadRecords {
    return new ThreadRecords(this.kernels, this.layout.threads[thread]!)
  }

  get #rows(): ArrayBufferLike {
    return this.#outside ?? this.kernels.buffer
  }

  #u32(at: number, count: number): Uint32Array {
    return new Uint32Array(this.kernels.buffer, at, count)
  }

  #matrix(pointer: number, rows: number): Matrix {
    const { dimensions } = this.layout
    const stride = paddedStride(dimensions)
    const data = new Float32Array(this.#rows, pointer, rows * stride)
    return { data, rows, columns: dimensions, stride }
  }
}

/** Memory of zeros for the kernels of training. Throws `too-large` if the machine does not give it. */
function allocateBytes(bytes: number): Memory {
  try {
    return sharedKind(bytes)
  } catch (cause) {
    if (!canShareMemory()) throw new WordloomError('usage', { action: 'train', ...noSharing() }, { cause })
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
  const fault = {
    action: 'train',
    found: `this machine cannot give the ${sizeOf(bytes)} that training needs`,
    cure: say`keep fewer words (set ${option('maxWords')}, or raise ${option('minCount')}) or lower ${option('dimensions')}`,
  }
  return new WordloomError('too-large', fault, { cause })
}
