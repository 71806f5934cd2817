import { readFileSync } from 'node:fs'

/** Bytes that an engine reserves for a thread, mostly for code that it may never compile. */
export const THREAD_SPACE = 2 ** 30

const KILO = 1024

/**
 * Bytes of addresses that this process may still take: infinite without a limit (ulimit -v), and where the system does
 * not tell. An engine that is refused addresses for a new thread ends the process without a word.
 */
export function addressesLeft(): number {
  try {
    const [, most] = /^Max address space +(\d+) /m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? []
    if (most === undefined) return Number.POSITIVE_INFINITY // the word is "unlimited"
    const [, taken] = /^VmSize:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))!
    return Number(most) - Number(taken) * KILO
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
