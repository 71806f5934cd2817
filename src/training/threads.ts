import { Worker } from 'node:worker_threads'
import { WordloomError } from '../errors.js'
import type { ThreadTask } from './thread.js'

/**
 * Runs every task on a thread of its own. Resolves when all are done; where one throws or dies, or the signal
 * is aborted, `stop` is called for the others and the promise is rejected once all have ended.
 */
export async function runThreads(
  tasks: readonly ThreadTask[],
  stop: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const endings = await Promise.allSettled(
    tasks.map(task =>
      runThread(task).catch(error => {
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

function runThread(task: ThreadTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task })
    worker.once('message', () => resolve())
    worker.once('error', error =>
      reject(
        new WordloomError('internal', `training thread ${task.thread + 1} failed: ${error}`, {
          cause: error,
        }),
      ),
    )
    worker.once('exit', code =>
      reject(
        new WordloomError(
          'internal',
          `training thread ${task.thread + 1} ended early with exit code ${code}`,
        ),
      ),
    )
  })
}
