/** WebAssembly as far as we use it, typed here so that no caller needs the DOM's types. */
interface WebAssemblyNamespace {
  validate(bytes: Uint8Array): boolean
  Module: { new (bytes: Uint8Array): object; exports(module: object): readonly { readonly name: string }[] }
  Instance: new (module: object, imports: object) => { exports: unknown }
  Memory: new (limits: Limits) => Memory
}

/** Memory of WebAssembly, or what stands for it. */
export interface Memory {
  readonly buffer: ArrayBuffer
  /** By so many pages; `buffer` is another one afterwards. */
  grow(pages: number): number
}

/** Pages of 64 KiB. */
export interface Limits {
  readonly initial: number
  readonly maximum?: number
  readonly shared?: boolean
}

/** Undefined in an engine that has none, such as V8 with --jitless. */
export function webAssembly(): WebAssemblyNamespace | undefined {
  return (globalThis as unknown as { WebAssembly?: WebAssemblyNamespace }).WebAssembly
}
