import { availableParallelism, totalmem } from 'node:os'

/** How many threads can run at once. */
export function processors(): number {
  return availableParallelism()
}

/** In bytes: what there is, or as much of it as this container may have. */
export function totalMemory(): number {
  const allowed = process.constrainedMemory?.() || Number.POSITIVE_INFINITY // 0 where nothing is said
  return Math.min(totalmem(), allowed)
}

/** What this process takes now, in bytes. */
export function usedMemory(): number {
  return process.memoryUsage.rss()
}

/** As a sentence names it. */
export function engineName(): string {
  return `Node ${process.versions.node}`
}

/**
 * Has the engine look for memory that nobody uses any more. Left alone it looks when its own heap grows, and what
 * reading a text leaves behind lies outside of that: tables, buffers, threads that are over; and it keeps room for
 * as many objects as there were before. The inspector is the one door to this that every Node has without flags;
 * where Node was built without it, nothing happens.
 */
export async function freeMemory(): Promise<void> {
  const { Session } = await import('node:inspector').catch(() => ({ Session: undefined }))
  if (Session === undefined) return
  const session = new Session()
  session.connect()
  await new Promise<void>(resolve => session.post('HeapProfiler.collectGarbage', () => resolve()))
  session.disconnect()
}
