import { exitCodes } from './failure.js'

/**
 * Runs work that can be stopped: the first Ctrl-C (or SIGTERM) aborts the signal and lets the work end in
 * order, the second ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.aborted)
    controller.abort()
  }
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt)
  }
}
