import {
  Int8Matrix,
  type PostedKernel,
  type Ranked,
  type ScoredRows,
  SearchMatrix,
  scanRows,
  takeKernel,
} from '../scan/index.js'
import type { Memory } from '../wasm/index.js'

/** The task of a thread that scans rows. */
export interface ScanTask {
  readonly kind: 'float32' | 'int8'
  /** Shared, filled and measured. */
  readonly memory: Memory
  readonly rows: number
  readonly columns: number
  /** The kernel of the thread that started this one. */
  readonly kernel: PostedKernel
  /** Its place for queries and scores, from 1. */
  readonly slot: number
}

export interface ScanRequest {
  readonly queries: readonly Float32Array[]
  readonly count: number
  readonly limit: number
  /** The counter that all threads of this request take stretches of rows from; shared. */
  readonly next: Int32Array
}

export type ScanAnswer = Ranked[]

/** On the thread: gives each request what this thread found in its share of the rows. */
export function scanService(task: ScanTask): (request: ScanRequest) => ScanAnswer {
  const rows = rowsOf(task)
  return ({ queries, count, limit, next }) => scanRows(rows, queries, count, limit, next)
}

function rowsOf({ kind, memory, rows, columns, kernel, slot }: ScanTask): ScoredRows {
  const options = { slot, measured: rows, build: takeKernel(kernel) }
  return kind === 'int8'
    ? new Int8Matrix(memory, rows, columns, options)
    : new SearchMatrix(memory, rows, columns, options)
}
