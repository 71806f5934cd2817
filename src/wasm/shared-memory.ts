/** Whether threads can share memory: always in Node, and in pages that are cross-origin isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined'
}

/** Zeros for all threads, or for one thread alone if nothing can be shared. */
export function allocateShared(bytes: number): ArrayBufferLike {
  return canShareMemory() ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
}

/** What a page lacks, and how it gets it: the end of a sentence. */
export const HOW_TO_SHARE =
  'serve the page and its scripts with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"'
