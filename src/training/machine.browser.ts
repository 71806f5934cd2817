/** Bytes of this machine; infinite if the browser does not tell. Browsers that do give a power of two, in GiB. */
export function totalMemory(): number {
  const { deviceMemory = Number.POSITIVE_INFINITY } = navigator as { deviceMemory?: number }
  return deviceMemory * 2 ** 30
}

/** A page does not know how long processors have worked for it. */
export function processorSeconds(): number {
  return Number.NaN
}

/** As a sentence names it. */
export function engineName(): string {
  return 'this browser'
}

/** A browser frees memory when it sees fit. */
export async function freeMemory(): Promise<void> {}
