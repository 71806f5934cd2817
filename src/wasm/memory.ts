import { WordloomError } from '../errors.js'
import { allocateShared, canShareMemory } from './shared-memory.js'
import { type Limits, type Memory, webAssembly } from './web-assembly.js'

export const PAGE_BYTES = 65536
/** What 32-bit addresses reach: 4 GiB. */
export const MOST_PAGES = 65536

/** Throws `too-large` if the system gives none: the engine sets addresses aside beyond what it uses. */
export function allocateMemory(pages: number): Memory {
  return allocated(pages, false)
}

/** Memory that threads can have in common where the engine allows it, and memory of this thread's own elsewhere. */
export function allocateShareable(pages: number): Memory {
  return allocated(pages, canShareMemory())
}

/** Throws what the engine throws. */
export function newMemory(limits: Limits): Memory {
  const wasm = webAssembly()
  return wasm ? new wasm.Memory(limits) : new PlainMemory(limits)
}

/**
 * Zeros in memory of the shared kind, also in a page that may not share it with its workers: engines allow that, so that one
 * thread can train there. Throws what the engine throws.
 */
export function sharedKind(bytes: number): Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES)
  return newMemory({ initial: pages, maximum: pages, shared: true })
}

export function isShared({ buffer }: Memory): boolean {
  return !(buffer instanceof ArrayBuffer)
}

function allocated(pages: number, shared: boolean): Memory {
  try {
    return newMemory({ initial: pages, maximum: MOST_PAGES, shared })
  } catch (cause) {
    throw new WordloomError(
      'too-large',
      {
        action: 'set memory aside',
        found: 'the system does not give the address space that WebAssembly reserves, about 10 GiB',
        cure: 'lift its limit (ulimit -v unlimited)',
      },
      { cause },
    )
  }
}

/** Memory of an engine without WebAssembly, for the twins of the kernels. A thread that it is posted to has the buffer alone. */
class PlainMemory implements Memory {
  buffer: ArrayBuffer

  constructor({ initial, shared }: Limits) {
    this.buffer = bytesOf(initial, shared)
  }

  grow(pages: number): number {
    const before = this.buffer.byteLength / PAGE_BYTES
    const larger = bytesOf(before + pages, isShared(this))
    new Uint8Array(larger).set(new Uint8Array(this.buffer))
    this.buffer = larger
    return before
  }
}

function bytesOf(pages: number, shared = false): ArrayBuffer {
  const bytes = pages * PAGE_BYTES
  return (shared ? allocateShared(bytes) : new ArrayBuffer(bytes)) as ArrayBuffer
}
