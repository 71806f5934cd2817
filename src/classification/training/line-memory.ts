import { drawFromRuns } from '../../equations/inner.js'
import { sizeOf, WordloomError } from '../../errors.js'
import { type Matrix, paddedStride, row } from '../../math/index.js'
import type { OutputLayer, OutputSize } from '../../reference/index.js'
import {
  Chosen,
  Lines,
  Model,
  noiseRuns,
  Slice as SliceRecord,
  Sums,
  undivided,
  writeNoiseRuns,
} from '../../training/inner.threads.js'
import { canShareMemory, type Memory, noSharing, sharedKind } from '../../wasm/index.js'
import {
  ACTION,
  aligned,
  arraySizes,
  FEWER_ROWS,
  type LineLayout,
  recordBytes,
  scoreBytes,
} from './layout.js'

/** The memory as it is posted to a thread. */
export interface PostedLineMemory<Kernels = Memory> {
  readonly layout: LineLayout
  readonly size: OutputSize
  readonly kernels: Kernels
}

/** The records of one thread. */
export interface LineRecords {
  readonly lines: Lines
  readonly chosen: Chosen
  readonly sums: Sums
  /** Its output rows are one byte long, so that pointers to them are their numbers. */
  readonly numbering: Model
  readonly slices: readonly { readonly model: Model; readonly slice: SliceRecord }[]
}

/** Both matrices of a classifier in training, in slices of their columns, and every view of them. */
export class LineMemory {
  readonly layout: LineLayout
  readonly size: OutputSize
  readonly kernels: Memory
  /** By slice. */
  readonly input: readonly Matrix[]
  readonly output: readonly Matrix[]

  private constructor({ layout, size, kernels }: PostedLineMemory) {
    this.layout = layout
    this.size = size
    this.kernels = kernels
    const { slices, inputRows, outputRows } = layout
    const matrices = (rows: number, name: 'inputVectors' | 'outputVectors') =>
      slices.map(slice => matrixAt(kernels, slice[name], rows, slice.columns))
    this.input = matrices(inputRows, 'inputVectors')
    this.output = matrices(outputRows, 'outputVectors')
  }

  /** Of zeros, but for the noise distribution and the tree. Throws `too-large` if the machine does not give it. */
  static allocate(layout: LineLayout, size: OutputSize, noise: Float64Array): LineMemory {
    const memory = new LineMemory({ layout, size, kernels: allocated(layout) })
    writeNoiseRuns(layout, memory.kernels, undivided(layout.labels), 0, noise)
    if (size.tree) {
      memory.#u32(layout.pathStarts, size.tree.starts.length).set(size.tree.starts)
      memory.#u32(layout.paths, size.tree.paths.length).set(size.tree.paths)
    }
    return memory
  }

  /** On a thread, over the memory that was posted to it. */
  static over(posted: PostedLineMemory): LineMemory {
    return new LineMemory(posted)
  }

  posted(): PostedLineMemory {
    return { layout: this.layout, size: this.size, kernels: this.kernels }
  }

  /** Of a layout with one slice, for the reference. */
  get outputLayer(): OutputLayer {
    const noise = noiseRuns(this.layout, this.kernels, undivided(this.layout.labels), 0)
    return {
      ...this.size,
      outputRow: number => row(this.output[0]!, number),
      drawNoise: (random, evenly) => drawFromRuns(noise, random, evenly),
    }
  }

  /** The whole of a row that lies in slices. */
  readRow(slices: readonly Matrix[], i: number, into: Float32Array): void {
    for (const [n, { first }] of this.layout.slices.entries()) into.set(row(slices[n]!, i), first)
  }

  writeRow(slices: readonly Matrix[], i: number, numbers: ArrayLike<number>): void {
    for (const [n, { first, columns }] of this.layout.slices.entries()) {
      const part = row(slices[n]!, i)
      for (let j = 0; j < columns; j++) part[j] = numbers[first + j]!
    }
  }

  /** The bytes of both matrices, all slices of them. */
  get matrixBytes(): Uint8Array {
    const { slices, noise } = this.layout
    const { inputVectors } = slices[0]!
    return new Uint8Array(this.kernels.buffer, inputVectors, noise - inputVectors)
  }

  /** Where the scores of one of two batches begin; those of a slice are a part of them. */
  scoresAt(batch: number, slice = 0): number {
    const bytes = scoreBytes(this.layout)
    return this.layout.scores + (batch & 1) * bytes + (slice * bytes) / this.layout.slices.length
  }

  /** The records through which a thread and its kernels speak, filled in with what no batch changes. */
  records(thread: number, objective: number): LineRecords {
    const { layout, size } = this
    const start = layout.threads[thread]!
    const records = recordsFrom(this.kernels, start, layout.slices.length)
    this.#placeArrays(records, start + recordBytes(layout.slices.length))
    const { noise, pathStarts, paths, labels, entries } = layout
    const shared = {
      words: labels,
      objective,
      negativeSamples: size.negativeSamples,
      noise,
      pathStarts,
      paths,
    }
    records.numbering.write({ ...shared, rowBytes: 1, outputVectors: 0 })
    for (const [n, { model }] of records.slices.entries()) {
      const { rowBytes, inputVectors, outputVectors } = layout.slices[n]!
      model.write({ ...shared, rowBytes, inputVectors, outputVectors })
    }
    records.lines.write({ entries, slices: layout.slices.length })
    return records
  }

  #placeArrays({ lines, chosen, slices }: LineRecords, start: number): void {
    let end = start
    const place = (record: { write(fields: object): void }, sizes: Readonly<Record<string, number>>) => {
      for (const [field, bytes] of Object.entries(sizes)) {
        record.write({ [field]: end })
        end += aligned(bytes)
      }
    }
    const sizes = arraySizes(this.layout)
    place(lines, sizes.lines)
    place(chosen, sizes.chosen)
    for (const [n, { model, slice }] of slices.entries()) {
      place(slice, sizes.slices[n]!.slice)
      place(model, sizes.slices[n]!.model)
    }
  }

  #u32(at: number, count: number): Uint32Array {
    return new Uint32Array(this.kernels.buffer, at, count)
  }
}

function recordsFrom(memory: Memory, start: number, slices: number): LineRecords {
  let end = start
  const next = <Record>(type: { readonly bytes: number; new (memory: Memory, pointer: number): Record }) => {
    const record = new type(memory, end)
    end += aligned(type.bytes)
    return record
  }
  return {
    lines: next(Lines),
    chosen: next(Chosen),
    sums: next(Sums),
    numbering: next(Model),
    slices: Array.from({ length: slices }, () => ({ model: next(Model), slice: next(SliceRecord) })),
  }
}

function matrixAt({ buffer }: Memory, at: number, rows: number, columns: number): Matrix {
  const stride = paddedStride(columns)
  return { data: new Float32Array(buffer, at, rows * stride), rows, columns, stride }
}

function allocated({ bytes }: LineLayout): Memory {
  try {
    return sharedKind(bytes)
  } catch (cause) {
    if (!canShareMemory()) throw new WordloomError('usage', { action: ACTION, ...noSharing() }, { cause })
    const found = `this machine cannot give the ${sizeOf(bytes)} that training needs`
    throw new WordloomError('too-large', { action: ACTION, found, cure: FEWER_ROWS }, { cause })
  }
}
