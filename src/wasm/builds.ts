import { decodeHexadecimal } from './hexadecimal.js'
import { type Memory, webAssembly } from './web-assembly.js'

/** A kernel as scripts/build-kernels.mjs compiled it. */
export interface Build {
  /** That of its file in dist/kernels, without the extension. */
  readonly name: string
  /** In hexadecimal. */
  readonly code: string
  /** Where the code says that its memory is its own, if it is to be one that threads share: the other kind is a byte away. */
  readonly sharedAt?: number
}

/** Bytes of a module without contents. */
const SMALLEST = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)

/** Flags of a memory with a maximum that threads share. */
const SHARED = 3

const modules = new Map<string, object | undefined>()
let allowed: boolean | undefined

/**
 * The module of a build, compiled when it is first asked for; it can be posted to threads. Undefined if this engine
 * lacks an instruction that the build uses, or may not compile: then the twin of the kernel does the work.
 */
export function moduleOf(build: Build): object | undefined {
  const { name } = build
  if (!modules.has(name)) modules.set(name, mayCompile() ? compiled(build) : undefined)
  return modules.get(name)
}

/** From now on kernels are made of a module that was compiled elsewhere. */
export function useModule(name: string, module: object): void {
  modules.set(name, module)
}

/**
 * Whether WebAssembly may be compiled while a program runs: not under a Content-Security-Policy without
 * 'wasm-unsafe-eval', nor in workerd, nor in V8 with --jitless.
 */
export function mayCompile(): boolean {
  allowed ??= attempted()
  return allowed
}

export function instantiate<Exports>(module: object, memory: Memory): Exports {
  return new (webAssembly()!.Instance)(module, { env: { memory } }).exports as Exports
}

/** Names of what a module exports; undefined if it is no module. */
export function exportsOf(module: object): readonly string[] | undefined {
  try {
    return webAssembly()
      ?.Module.exports(module)
      .map(({ name }) => name)
  } catch {
    return undefined
  }
}

function compiled({ code, sharedAt }: Build): object | undefined {
  const bytes = decodeHexadecimal(code)
  if (sharedAt !== undefined) bytes[sharedAt] = SHARED
  const wasm = webAssembly()!
  return wasm.validate(bytes) ? new wasm.Module(bytes) : undefined
}

/** No engine tells it but by an error. */
function attempted(): boolean {
  try {
    return Boolean(new (webAssembly()!.Module)(SMALLEST))
  } catch {
    return false
  }
}
