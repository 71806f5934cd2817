import { Worker } from 'node:worker_threads'
import { WordloomError } from '../../errors.js'
import type { Control } from './control.js'
import type { ThreadTask } from './task.js'

/**
 * For objects of a thread, which makes few: all that is large lies in shared memory, and about six megabytes are
 * alive. Left alone, the engine lets tens of megabytes gather before it looks, more of them the longer it runs.
 */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 24 }

/** Runs a task on a thread of its own; what it does is seen through `control`, whose memory it shares. */
export function startThread(task: ThreadTask, _control: Control): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.node.js', import.meta.url), {
      workerData: task,
      resourceLimits: HEAP,
    })
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
