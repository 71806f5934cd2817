/** Whether threads can share memory: always in Node, and in pages that are cross-origin isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined'
}

/** Zeros for all threads, or for one thread alone if nothing can be shared. */
export function allocateShared(bytes: number): ArrayBufferLike {
  return canShareMemory() ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
}

/** What keeps threads from sharing memory, as a clause, and what to do about it. */
export function noSharing(): { readonly found: string; readonly cure: string } {
  const { process } = globalThis as { process?: { versions?: { node?: string } } }
  if (process?.versions?.node !== undefined)
    return {
      found: 'Node was started without memory that threads share (--no-harmony-sharedarraybuffer)',
      cure: 'start Node without that option',
    }
  return {
    found: 'this page may not share memory',
    cure: 'serve the page and its scripts with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"',
  }
}
