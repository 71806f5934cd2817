import { constants } from 'node:os'
import { WordloomError } from '../../errors.js'

/** Which signal ended the work: the cause of an `aborted` error, from which its exit code follows. */
export class Interruption extends Error {
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(signal)
    this.exitCode = 128 + constants.signals[signal]
  }
}

/**
 * Runs work that can be stopped: the first Ctrl-C (or SIGTERM) aborts the signal and lets the work end in
 * order, the second ends the process at once. `stopped` says how it ended, unless the work says it better.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  stopped?: string,
): Promise<T> {
  const controller = new AbortController()
  const onInterrupt = (name: 'SIGINT' | 'SIGTERM') => {
    const interruption = new Interruption(name)
    if (controller.signal.aborted) process.exit(interruption.exitCode)
    controller.abort(interruption)
  }
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (!(error instanceof WordloomError && error.code === 'aborted')) throw error
    throw new WordloomError('aborted', stopped === undefined ? error.fault : { found: stopped }, {
      cause: controller.signal.reason,
    })
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt)
  }
}

/** A terminal that is closed ends nothing while the work runs: `onHangUp` is called, and the work goes on. */
export async function throughHangUps<T>(onHangUp: () => void, work: () => Promise<T>): Promise<T> {
  process.on('SIGHUP', onHangUp)
  try {
    return await work()
  } finally {
    process.off('SIGHUP', onHangUp)
  }
}
