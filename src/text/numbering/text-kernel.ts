import { allocateMemory, instantiate, type Memory, moduleOf, useModule } from '../../wasm/index.js'
import { plainSimd } from './text-wasm.generated.js'

interface Global {
  readonly value: number
}

/** What kernels/text.ts exports. Places are bytes in the kernel's memory, which moves to a new buffer as it grows. */
export interface TextKernelExports {
  readonly text: Global
  readonly TEXT_BYTES: Global
  readonly word: Global
  readonly ids: Global
  /** 65,536 kinds (u8) and lower cases (u16): see src/text/scanning/letters.ts. */
  readonly kinds: Global
  readonly lowerCases: Global
  /** How many numbers lie at `ids`. */
  readonly idCount: Global
  readonly tokens: Global
  readonly sentences: Global
  /** How many distinct words there are. */
  readonly size: Global
  /** One more than there are words: see RECORD. */
  readonly records: Global
  readonly arena: Global
  /** To be called first, with three random numbers. */
  start(first: bigint, second: bigint, third: bigint): void
  /** From now on words that have no number get none. */
  freeze(): void
  /** Kinds and lower cases are written. */
  knowLetters(): void
  /** Takes what it can of the text at `from` … `end`; gives the first byte it did not take. */
  scan(words: boolean, from: number, end: number): number
  /** Where a piece that must be scanned elsewhere ends, 0 if that is not to be seen. */
  piece(words: boolean, from: number, end: number): number
  /** Takes a token that lies at `word`, soon: `settle` before numbers and counts are read. */
  wordToken(length: number): void
  /** Gives a word that lies at `word` the next number. */
  learnWord(length: number): void
  endSentence(): void
  settle(): void
  clearIds(): void
}

/** A record of a word: where it starts in the arena (u32, at `start`), and how often it came (u64, at `count`). */
export const RECORD = { bytes: 32, start: 16, count: 24 } as const

/** A kernel that reads one text, and its memory. */
export interface TextKernel {
  readonly exports: TextKernelExports
  readonly memory: Memory
}

/** The kernel's module; undefined if nothing may be compiled. Threads that are posted it share its code as it gets faster. */
export function textModule(): object | undefined {
  return moduleOf(plainSimd)
}

/** From now on kernels are made of a module that another thread compiled. */
export function useTextModule(module: object): void {
  useModule(plainSimd.name, module)
}

/** A new kernel with an empty table. Its module must be there. */
export function textKernel(): TextKernel {
  const memory = allocateMemory(INITIAL_PAGES)
  const exports = instantiate<TextKernelExports>(textModule()!, memory)
  const [first, second, third] = crypto.getRandomValues(new BigUint64Array(3))
  exports.start(first!, second!, third!)
  return { exports, memory }
}

/** The buffers of the kernel; it grows the rest itself. */
const INITIAL_PAGES = 12
