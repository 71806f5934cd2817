import { plainSimd } from './text-wasm.generated.js'
import { allocateMemory, compileIfValid, instantiate, type Memory } from './web-assembly.js'

interface Global {
  readonly value: number
}

/** What kernels/text.ts exports. Places are bytes in the kernel's memory, which moves to a new buffer as it grows. */
export interface TextKernelExports {
  readonly text: Global
  readonly TEXT_BYTES: Global
  readonly word: Global
  readonly ids: Global
  /** How many numbers lie at `ids`. */
  readonly idCount: Global
  readonly tokens: Global
  readonly sentences: Global
  /** How many distinct words there are. */
  readonly size: Global
  /** size + 1 records of 16 bytes: where the word's bytes start in the arena (u32), 4 other bytes, its count (u64). */
  readonly records: Global
  readonly arena: Global
  /** To be called first, with three random numbers. */
  start(first: bigint, second: bigint, third: bigint): void
  /** From now on words that have no number get none. */
  freeze(): void
  /** Takes what it can of the text at `from` … `end`; gives the first byte it did not take. */
  scan(words: boolean, from: number, end: number): number
  /** Where a piece that must be scanned elsewhere ends, 0 where that is not to be seen. */
  piece(words: boolean, from: number, end: number): number
  /** Takes a token that lies at `word`. */
  wordToken(length: number): void
  /** Gives a word that lies at `word` the next number. */
  learnWord(length: number): void
  endSentence(): void
  clearIds(): void
}

/** A kernel that reads one text, and its memory. */
export interface TextKernel {
  readonly exports: TextKernelExports
  readonly memory: Memory
}

let compiled: object | undefined

/** A new kernel with an empty table; compiled at the first call. */
export function textKernel(): TextKernel {
  compiled ??= compileIfValid(plainSimd)
  if (compiled === undefined) throw new Error('this engine has no WebAssembly SIMD')
  const memory = allocateMemory(INITIAL_PAGES)
  const exports = instantiate<TextKernelExports>(compiled, memory)
  const [first, second, third] = crypto.getRandomValues(new BigUint64Array(3))
  exports.start(first!, second!, third!)
  return { exports, memory }
}

/** The buffers of the kernel; it grows the rest itself. */
const INITIAL_PAGES = 8
