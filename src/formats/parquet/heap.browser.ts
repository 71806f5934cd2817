/** Engines give a page 1 GB of objects and more. */
const USUAL_LIMIT = 2 ** 30

/** How many bytes of objects the engine keeps at most, as far as it tells. */
export function heapLimit(): number {
  const { memory } = performance as unknown as { memory?: { jsHeapSizeLimit: number } } // Chromium
  return memory?.jsHeapSizeLimit ?? USUAL_LIMIT
}
