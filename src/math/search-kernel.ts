import { measureRows, scoreRows } from './search-twin.js'
import { plainSimd, relaxedSimd } from './search-wasm.generated.js'
import { compileIfValid, instantiate, type Memory } from './web-assembly.js'

/**
 * What kernels/search.ts exports; all arguments but counts and strides (in floats) are byte addresses
 * (those past 2³¹ reach WebAssembly as the same 32 bits).
 */
export interface SearchKernel {
  measureRows(rows: number, stride: number, count: number, norms: number): void
  scoreRows(
    rows: number,
    stride: number,
    count: number,
    norms: number,
    queries: number,
    queryCount: number,
    scores: number,
    scoreStride: number,
  ): void
}

/**
 * Which build scores rows: `relaxed` SIMD fuses multiplications with additions (fastest), `plain` SIMD gives
 * the same bits on every machine, `typescript` gives those same bits, slowly, where there is no SIMD.
 */
export type SearchBuild = 'relaxed' | 'plain' | 'typescript'

const modules = new Map<SearchBuild, object | undefined>()

/** The fastest build that this engine runs, or the first one not faster than `fastest`. */
export function searchKernel(memory: Memory, fastest: SearchBuild = 'relaxed'): SearchKernel {
  const module =
    (fastest === 'relaxed' ? moduleOf('relaxed', relaxedSimd) : undefined) ??
    (fastest !== 'typescript' ? moduleOf('plain', plainSimd) : undefined)
  if (module) return instantiate<SearchKernel>(module, memory)
  const floats = new Float32Array(memory.buffer)
  return {
    measureRows: (...places) => measureRows(floats, ...places),
    scoreRows: (...places) => scoreRows(floats, ...places),
  }
}

/** Compiled at first use: nothing runs on import. */
function moduleOf(build: SearchBuild, base64: string): object | undefined {
  if (!modules.has(build)) modules.set(build, compileIfValid(base64))
  return modules.get(build)
}
