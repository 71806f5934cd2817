import { threadScript } from '#platform/training/run/thread-script'
import { WordloomError } from '../../errors.js'
import { Thread } from '../../threads/index.js'
import { canShareMemory } from '../../wasm/index.js'
import type { Control } from './control.js'
import { type Report, type TaskOfCopies, takeReport, taskOfCopies } from './copies.js'
import type { ThreadTask } from './task.js'

/** In megabytes: about six are alive. Without a limit the engine lets garbage grow to tens, and further with time. */
const HEAP = 24

/**
 * Runs every task on a thread of its own. Resolves when all are done; if one throws or dies, or the signal
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
      runOn(task, control).catch(error => {
        stop()
        throw error
      }),
    ),
  )
  signal?.removeEventListener('abort', stop)
  const failed = endings.find(ending => ending.status === 'rejected')
  if (failed) throw failed.reason
  if (signal?.aborted)
    throw new WordloomError('aborted', {
      found: 'training was stopped before its end, and nothing was saved',
    })
}

/**
 * The thread shares the memory of `control`, which shows its progress. In a page that may not share memory, the
 * thread works on copies and reports, and cannot be told to stop: it is left behind.
 */
async function runOn(task: ThreadTask, control: Control): Promise<void> {
  const thread = new Thread<ThreadTask | TaskOfCopies, undefined, Report, Report>(
    threadScript,
    canShareMemory() ? task : taskOfCopies(task),
    { name: `training thread ${task.thread + 1}`, heap: HEAP },
  )
  try {
    await new Promise<void>((resolve, reject) => {
      const onReport = (report: Report) => {
        takeReport(report, task, control)
        if (control.stopped) resolve()
      }
      thread.ask(undefined, { onReport }).then(onReport).then(resolve, reject)
    })
  } finally {
    await thread.end()
  }
}
