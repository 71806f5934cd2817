import { type Build, instantiate, isShared, type Memory, moduleOf, useModule } from '../wasm/index.js'
import { firstAbove, measureRows, scoreInt8Rows, scoreRows } from './search-twin.js'
import { plainSimd, relaxedSimd, sharedPlainSimd, sharedRelaxedSimd } from './search-wasm.generated.js'

/** (rows, stride, count, divisors or factors of rows, queries, queryCount, scores, scoreStride) */
type ScoreRows = (
  rows: number,
  stride: number,
  count: number,
  perRow: number,
  queries: number,
  queryCount: number,
  scores: number,
  scoreStride: number,
) => void

/**
 * What kernels/search.ts exports; all arguments but counts and strides (in numbers) are byte addresses
 * (those past 2³¹ reach WebAssembly as the same 32 bits).
 */
export interface SearchKernel {
  measureRows(rows: number, stride: number, count: number, norms: number): void
  /** Rows and queries of float32; each score is divided by its row's norm. */
  scoreRows: ScoreRows
  /** Rows of int8 and queries of int16; each score is multiplied by its row's factor. */
  scoreInt8Rows: ScoreRows
  /** The place of the first score above `bar`, a float32; `count` if there is none. */
  firstAbove(scores: number, count: number, bar: number): number
}

/**
 * Which build scores rows: `relaxed` SIMD fuses multiplications with additions (fastest), `plain` SIMD gives
 * the same bits on every machine, `typescript` gives those same bits, slowly, if there is no SIMD or nothing may
 * be compiled.
 */
export type SearchBuild = 'relaxed' | 'plain' | 'typescript'

/** The fastest build that this engine runs, or the first one not faster than `fastest`. */
export function runnableBuild(memory: Memory, fastest: SearchBuild = 'relaxed'): SearchBuild {
  const { relaxed, plain } = buildsFor(memory)
  if (fastest === 'relaxed' && moduleOf(relaxed)) return 'relaxed'
  return fastest !== 'typescript' && moduleOf(plain) ? 'plain' : 'typescript'
}

/** A kernel as it is posted to a thread, which may not be allowed to compile one and has been given none itself. */
export interface PostedKernel {
  readonly build: SearchBuild
  readonly name?: string | undefined
  readonly module?: object | undefined
}

export function postedKernel(memory: Memory, fastest?: SearchBuild): PostedKernel {
  const build = runnableBuild(memory, fastest)
  if (build === 'typescript') return { build }
  const { name } = buildsFor(memory)[build]
  return { build, name, module: moduleOf(buildsFor(memory)[build]) }
}

/** On the thread: the build to search with from now on. */
export function takeKernel({ build, name, module }: PostedKernel): SearchBuild {
  if (name !== undefined && module !== undefined) useModule(name, module)
  return build
}

/** In that build. */
export function searchKernel(memory: Memory, fastest?: SearchBuild): SearchKernel {
  const build = runnableBuild(memory, fastest)
  if (build !== 'typescript') return instantiate<SearchKernel>(moduleOf(buildsFor(memory)[build])!, memory)
  const floats = new Float32Array(memory.buffer)
  return {
    measureRows: (...places) => measureRows(floats, ...places),
    scoreRows: (...places) => scoreRows(floats, ...places),
    scoreInt8Rows: (...places) => scoreInt8Rows(floats, ...places),
    firstAbove: (...places) => firstAbove(floats, ...places),
  }
}

function buildsFor(memory: Memory): Record<'relaxed' | 'plain', Build> {
  return isShared(memory)
    ? { relaxed: sharedRelaxedSimd, plain: sharedPlainSimd }
    : { relaxed: relaxedSimd, plain: plainSimd }
}
