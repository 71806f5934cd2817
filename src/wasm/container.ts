/** What Node tells of a process. Not imported, since workers of a page load this file, too. */
interface NodeProcess {
  readonly constrainedMemory?: () => number
  readonly memoryUsage?: { readonly rss?: () => number }
}

/** Bytes that the container of this process may have; infinite if there is no limit, and in a page. */
export function containerMemory(): number {
  return nodeProcess()?.constrainedMemory?.() || Number.POSITIVE_INFINITY // 0 if there is no limit
}

/** Bytes that this process takes now; a page does not know. */
export function usedMemory(): number {
  return nodeProcess()?.memoryUsage?.rss?.() ?? 0
}

function nodeProcess(): NodeProcess | undefined {
  return (globalThis as { process?: NodeProcess }).process
}
