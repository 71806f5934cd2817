import type { Session } from 'node:inspector'
import { totalmem } from 'node:os'

/** For a search for garbage, in milliseconds. */
const LONGEST_WAIT = 1000

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
  await collected(session)
  session.disconnect()
}

/** Deno's inspector keeps no process alive while one waits for it, and that of others need not answer at all. */
function collected(session: Session): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, LONGEST_WAIT)
    session.post('HeapProfiler.collectGarbage', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
