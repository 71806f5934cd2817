import { WordloomError } from '../errors.js'
import { canShareMemory } from './shared-memory.js'

/** WebAssembly as far as we use it, typed here so that no caller needs the DOM's types. */
export interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

interface WebAssemblyNamespace {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { exports: unknown }
  Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => Memory
}

export const PAGE_BYTES = 65536
/** What 32-bit addresses reach: 4 GiB. */
export const MOST_PAGES = 65536

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace }

/** Throws `too-large` if the system gives none: the engine sets addresses aside beyond what it uses. */
export function allocateMemory(pages: number): Memory {
  return allocated(pages, false)
}

/** Memory that threads can have in common where the engine allows it, and memory of this thread's own elsewhere. */
export function allocateShareable(pages: number): Memory {
  return allocated(pages, canShareMemory())
}

function allocated(pages: number, shared: boolean): Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared })
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

export function isShared({ buffer }: Memory): boolean {
  return !(buffer instanceof ArrayBuffer)
}

/** The module in base64 compiled, or undefined if this engine lacks an instruction it uses. */
export function compileIfValid(base64: string): object | undefined {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined
}

export function instantiate<Exports>(module: object, memory: Memory): Exports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports
}
