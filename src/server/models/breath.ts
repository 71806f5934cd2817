import type { Who } from './fair-queue.js'

/** Those who wait for their turn, by the key that they asked with. The first key is the next. */
const waiting = new Map<Who, (() => void)[]>()

/** On workerd a request may not go on by the timer of another. */
const isAlone =
  (globalThis as { navigator?: { userAgent?: string } }).navigator?.userAgent === 'Cloudflare-Workers'

const later: (next: () => void) => void =
  typeof setImmediate === 'function' ? next => void setImmediate(next) : next => void setTimeout(next, 0)

/**
 * Lets whatever else waits for this thread have its turn: sockets, other keys, and those who drew breath before. Only one
 * goes on between two looks at the sockets, so that a thousand long answers hold up a short one no longer than one does.
 */
export function breath(who?: Who): Promise<void> {
  if (isAlone) return new Promise(later)
  return new Promise(resolve => {
    if (waiting.size === 0) later(next)
    const line = waiting.get(who)
    if (line) line.push(resolve)
    else waiting.set(who, [resolve])
  })
}

/** How many of those who asked with a key wait for their turn. */
export function waitingFor(who: Who): number {
  return waiting.get(who)?.length ?? 0
}

function next(): void {
  const [who, line] = waiting.entries().next().value!
  const resolve = line.shift()!
  waiting.delete(who)
  if (line.length > 0) waiting.set(who, line)
  if (waiting.size > 0) later(next)
  resolve()
}
