import { tell } from './terminal.js'

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const
type Interrupt = keyof typeof exitCodes

/**
 * Runs work that can be stopped: the first Ctrl-C (or SIGTERM) aborts the signal and lets the work end in
 * order, the second ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const onInterrupt = (name: Interrupt) => {
    if (controller.signal.aborted) process.exit(exitCodes[name])
    controller.abort(name)
    if (name === 'SIGINT' && process.stderr.isTTY) tell('\nstopping; press Ctrl-C again to leave at once')
  }
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt)
  }
}
