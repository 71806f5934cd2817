import type { Session } from 'node:inspector'
import { totalmem } from 'node:os'

/** For a search for garbage, in milliseconds. */
const LONGEST_WAIT = 1000

/** Bytes of this machine. */
export function totalMemory(): number {
  return totalmem()
}

/** Seconds that processors have worked for this process, on all of its threads. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** As a sentence names it. */
export function engineName(): string {
  return `Node ${process.versions.node}`
}

/**
 * Has the engine free memory that is not used any more. It usually does so when its own heap grows, but the leavings
 * of reading a text lie outside of that heap: tables, buffers, threads that have ended. It also keeps room for as
 * many objects as there were before. The inspector is the one way to do this that every Node has without flags; if
 * Node was built without it, or started without the right to it, nothing happens.
 */
export async function freeMemory(): Promise<void> {
  const { Session } = await import('node:inspector').catch(() => ({ Session: undefined }))
  if (Session === undefined) return
  const session = connected(new Session())
  if (session === undefined) return
  await collected(session)
  session.disconnect()
}

function connected(session: Session): Session | undefined {
  try {
    session.connect()
    return session
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ACCESS_DENIED') return undefined
    throw error
  }
}

/** Deno's inspector does not keep the process alive while it works, and other inspectors may not answer at all. */
function collected(session: Session): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, LONGEST_WAIT)
    session.post('HeapProfiler.collectGarbage', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
