import { startThread } from '#platform/training/run/start-thread'
import { WordloomError } from '../../errors.js'
import type { Control } from './control.js'
import type { ThreadTask } from './task.js'

/**
 * Runs every task on a thread of its own. Resolves when all are done; where one throws or dies, or the signal
 * is aborted, the others are stopped and the promise is rejected once all have ended.
 */
export async function runThreads(
  tasks: readonly ThreadTask[],
  control: Control,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = () => control.stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const endings = await Promise.allSettled(
    tasks.map(task =>
      startThread(task, control).catch(error => {
        stop()
        throw error
      }),
    ),
  )
  signal?.removeEventListener('abort', stop)
  const failed = endings.find(ending => ending.status === 'rejected')
  if (failed) throw failed.reason
  if (signal?.aborted)
    throw new WordloomError('aborted', 'training was stopped before its end; nothing was saved')
}
