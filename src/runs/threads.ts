import { WordloomError } from '../errors.js'
import { type Script, Thread } from '../threads/index.js'
import type { Control } from './control.js'

/** How the threads of a kind of run are started and listened to. */
export interface ThreadKind<Task, Posted, Report> {
  readonly script: Script
  /** Of the heap of each thread, in megabytes. */
  readonly heap: number
  /** What a thread is called in messages. */
  readonly nameOf: (task: Task) => string
  /** What its thread is sent: the task, or where no memory can be shared, the task with copies. */
  readonly posted: (task: Task) => Posted
  /** Takes what a thread tells now and then, and answers at the end. */
  readonly take: (report: Report, task: Task) => void
}

/**
 * Runs every task on a thread of its own. Resolves when all are done; if one throws or dies, or the signal
 * is aborted, the others are stopped and the promise is rejected once all have ended.
 */
export async function runOnThreads<Task, Posted, Report>(
  tasks: readonly Task[],
  kind: ThreadKind<Task, Posted, Report>,
  control: Control,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = () => control.stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const endings = await Promise.allSettled(
    tasks.map(task =>
      runOn(task, kind, control).catch(error => {
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
async function runOn<Task, Posted, Report>(
  task: Task,
  { script, heap, nameOf, posted, take }: ThreadKind<Task, Posted, Report>,
  control: Control,
): Promise<void> {
  const thread = new Thread<Posted, undefined, Report, Report>(script, posted(task), {
    name: nameOf(task),
    heap,
  })
  try {
    await new Promise<void>((resolve, reject) => {
      const onReport = (report: Report) => {
        take(report, task)
        if (control.stopped) resolve()
      }
      thread.ask(undefined, { onReport }).then(onReport).then(resolve, reject)
    })
  } finally {
    await thread.end()
  }
}
