import { option, say, sizeOf, WordloomError } from '../../errors.js'
import { paddedStride } from '../../math/index.js'
import { LINES_TOGETHER, type Objective, type OutputSize } from '../../reference/index.js'
import { Chosen, Lines, Model, Slice as SliceRecord, Sums } from '../../training/inner.threads.js'
import { MOST_PAGES, PAGE_BYTES } from '../../wasm/index.js'
import type { Lists } from './labelled-corpus.js'
import type { Slice } from './slices.js'

export const ACTION = 'train a classifier'

/** What to do if there is too much to hold. */
export const FEWER_ROWS = say`lower ${option('dimensions')}, ${option('wordNgrams')} or ${option('maxNgram')}, raise ${option('minCount')}, or give fewer ${option('buckets')}`

/** A slice with the places of its two matrices. */
export interface PlacedSlice extends Slice {
  readonly rowBytes: number
  readonly inputVectors: number
  readonly outputVectors: number
}

/** Where everything lies in the memory that all threads and kernels share, in bytes. */
export interface LineLayout {
  readonly inputRows: number
  readonly labels: number
  /** Labels filled up to a multiple of four, as the kernels take them. */
  readonly outputRows: number
  readonly dimensions: number
  readonly slices: readonly PlacedSlice[]
  /** Output rows that a line can meet, filled up in the same way. */
  readonly entries: number
  readonly noise: number
  readonly pathStarts: number
  readonly paths: number
  /** What each slice adds to the scores of a batch, for this batch and for the one before. */
  readonly scores: number
  /** Rows and labels that a batch can have. */
  readonly batchRows: number
  readonly batchLabels: number
  /** The records of each thread, followed by its arrays. */
  readonly threads: readonly number[]
  readonly bytes: number
}

/** What the layout follows from. */
export interface LayoutRequest {
  readonly inputRows: number
  readonly labels: number
  readonly dimensions: number
  readonly objective: Objective
  readonly size: OutputSize
  readonly noiseBytes: number
  readonly bags: Lists
  readonly marks: Lists
  readonly slices: readonly Slice[]
  readonly threads: number
}

/** Throws `too-large` if it is more than the kernels reach. */
export function layOutLines(request: LayoutRequest): LineLayout {
  const { inputRows, labels, dimensions, objective, size } = request
  const place = new Places()
  const outputRows = paddedStride(labels)
  const slices = request.slices.map(slice => {
    const rowBytes = 4 * paddedStride(slice.columns)
    const inputVectors = place.take(inputRows * rowBytes)
    return { ...slice, rowBytes, inputVectors, outputVectors: place.take(outputRows * rowBytes) }
  })
  const entries = paddedStride(Math.max(1, objective.mostRows(size), meetsAll(objective) ? labels : 0))
  const measures = { entries, batchRows: longest(request.bags), batchLabels: longest(request.marks), slices }
  const layout = {
    inputRows,
    labels,
    outputRows,
    dimensions,
    ...measures,
    noise: place.take(request.noiseBytes),
    pathStarts: place.take(size.tree ? size.tree.starts.byteLength : 0),
    paths: place.take(size.tree ? size.tree.paths.byteLength : 0),
    scores: place.take(2 * scoreBytes({ entries, slices })),
    threads: Array.from({ length: request.threads }, () => place.take(threadBytes(measures))),
    bytes: place.bytes,
  }
  return fitting({ ...layout, bytes: place.bytes })
}

/** Whether a line meets the output rows of all labels. */
function meetsAll({ takesBatches, meetsAllLabels }: Objective): boolean {
  return (takesBatches ?? false) || (meetsAllLabels ?? false)
}

/** Of the scores of one batch, all slices. */
export function scoreBytes({ entries, slices }: Pick<LineLayout, 'entries' | 'slices'>): number {
  return 4 * LINES_TOGETHER * entries * slices.length
}

type Measures = Pick<LineLayout, 'entries' | 'batchRows' | 'batchLabels' | 'slices'>

/** Bytes of each array of a thread, by the field of its record; `slices` has those of each slice. */
export function arraySizes({ entries, batchRows, batchLabels, slices }: Measures) {
  const each = 4 * LINES_TOGETHER
  return {
    lines: {
      ends: each,
      numbers: 4 * batchRows,
      rows: 4 * batchRows + 16,
      labelEnds: each,
      labels: 4 * batchLabels,
      places: each,
      rates: each,
      met: each,
      outputs: each * entries,
      signs: each * entries,
      errors: each * entries,
    },
    chosen: { rows: 8 * entries + 48, signs: 8 * entries + 48, errors: 8 * entries + 48 },
    slices: slices.map(({ rowBytes }) => ({
      slice: { hidden: LINES_TOGETHER * rowBytes, changes: LINES_TOGETHER * rowBytes },
      model: { nullRow: rowBytes, sink: 2 * rowBytes },
    })),
  }
}

/** Of the records of a thread: lines, chosen rows, sums, a model that counts rows, then a model and a record for each slice. */
export function recordBytes(slices: number): number {
  const each = aligned(Model.bytes) + aligned(SliceRecord.bytes)
  return (
    aligned(Lines.bytes) + aligned(Chosen.bytes) + aligned(Sums.bytes) + aligned(Model.bytes) + slices * each
  )
}

function threadBytes(measures: Measures): number {
  const { lines, chosen, slices } = arraySizes(measures)
  const sizes = [lines, chosen, ...slices.flatMap(({ slice, model }) => [slice, model])]
  const arrays = sizes.flatMap(size => Object.values<number>(size)).map(aligned)
  return recordBytes(measures.slices.length) + arrays.reduce((sum, bytes) => sum + bytes, 0)
}

/** Numbers of the longest list, as many times as a batch has lists. */
function longest({ ends }: Lists): number {
  let most = 1
  for (let i = 0; i < ends.length; i++) most = Math.max(most, ends[i]! - (i === 0 ? 0 : ends[i - 1]!))
  return LINES_TOGETHER * most
}

class Places {
  bytes = PAGE_BYTES // the first page has the constants of the kernels

  take(bytes: number): number {
    const at = this.bytes
    this.bytes += aligned(bytes)
    return at
  }
}

/** Rows begin at multiples of 16. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}

function fitting(layout: LineLayout): LineLayout {
  const most = MOST_PAGES * PAGE_BYTES
  if (layout.bytes <= most) return layout
  const { inputRows, labels, dimensions } = layout
  const rows = `${inputRows.toLocaleString('en')} words and n-grams and ${labels.toLocaleString('en')} labels × ${dimensions} dimensions`
  throw new WordloomError('too-large', {
    action: ACTION,
    found: `${rows} need ${sizeOf(layout.bytes)}, and WebAssembly reaches ${sizeOf(most)}`,
    cure: FEWER_ROWS,
  })
}
