import { instantiate, type Memory, moduleOf } from '../wasm/index.js'
import { plainSimd, relaxedSimd } from './training-wasm.generated.js'

/**
 * Which build of the kernels: `plain` gives the same bytes on every machine; `relaxed` fuses multiplication
 * and addition if the processor can, which is faster, and its bytes depend on the kind of processor.
 */
export type Simd = 'plain' | 'relaxed'

/** The exports of kernels/training.ts. Arguments are pointers to the records of one thread: records.generated.ts. */
export interface TrainingKernels {
  /** Trains a block of ids, window by window. */
  trainWindows(model: number, block: number, scratch: number, sums: number): void
  /** Adds the pairs of a block of ids to the bucket counts. */
  countPairs(model: number, block: number, buckets: number, scratch: number): void
  /** Writes the pairs of a block of ids into their buckets. */
  writePairs(model: number, block: number, buckets: number, scratch: number): void
  /** Trains the pairs of one bucket: one part's center words against another part's outside words. */
  trainBlock(model: number, pairs: number, scratch: number, sums: number): void
  /** Lists the output rows that each line of a batch meets. */
  chooseLines(model: number, lines: number, chosen: number): void
  /** What one slice of the columns adds to the scores of a batch of lines. */
  scoreLines(model: number, lines: number, slice: number): void
  /** Adds up the scores of all slices, and makes errors of them. */
  judgeLines(model: number, lines: number, sums: number): void
  /** Moves the rows of one slice by the errors. */
  moveLines(model: number, lines: number, slice: number): void
  /** The draw of src/math/random.ts, so that a test can compare the two. */
  draw(key: number, position: bigint): number
  /** Replaces `count` floats at `pointer`, a multiple of four, by their sigmoids. */
  sigmoids(pointer: number, count: number): void
  /** 1 if multiplication and addition are fused, so that relaxed SIMD gives the bytes of all such machines. */
  fuses(): number
}

/** The fastest build that this engine can run (Node 20 has no relaxed SIMD), or `none`: the reference. */
export function fastestSimd(): Simd | 'none' {
  return moduleOf(relaxedSimd) ? 'relaxed' : plainOrNone()
}

/** The build that gives the same bytes on every machine, if there is one that may be used here. */
export function plainOrNone(): 'plain' | 'none' {
  return moduleOf(plainSimd) ? 'plain' : 'none'
}

/** The module can be posted to threads. It must be there: see `fastestSimd`. */
export function trainingModule(simd: Simd): object {
  return moduleOf(simd === 'relaxed' ? relaxedSimd : plainSimd)!
}

/**
 * How this engine and processor round in the given build; part of what decides the bytes of a result. Nothing in the
 * memory changes: a memory of its own would reserve gigabytes of addresses.
 */
export function roundingOf(module: object, memory: Memory): 'twice' | 'once' {
  return instantiate<TrainingKernels>(module, memory).fuses() ? 'once' : 'twice'
}
