import { WordloomError } from '../../errors.js'
import { canShareMemory } from '../../wasm/index.js'
import type { Control } from './control.js'
import { type Report, takeReport, taskOfCopies } from './copies.js'
import type { ThreadTask } from './task.js'

/**
 * Runs a task on a thread of its own. Where the page may share memory, what it does is seen through `control`;
 * elsewhere it works on copies and reports.
 */
export async function startThread(task: ThreadTask, control: Control): Promise<void> {
  const worker = newWorker()
  try {
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Report>) => {
        takeReport(data, task, control)
        if (data.done || control.stopped) resolve()
      }
      worker.onerror = event => reject(event.message ? failure(task, event) : notLoaded(event))
      worker.onmessageerror = event => reject(failure(task, event))
      worker.postMessage(canShareMemory() ? task : taskOfCopies(task))
    })
  } finally {
    worker.terminate()
  }
}

function newWorker(): Worker {
  try {
    // Written so, bundlers find the worker's file.
    return new Worker(new URL('./worker.browser.js', import.meta.url), { type: 'module' })
  } catch (error) {
    throw notLoaded(error)
  }
}

function failure(task: ThreadTask, event: MessageEvent | ErrorEvent): WordloomError {
  const reason = event instanceof ErrorEvent ? event.message : 'a message could not be read'
  return new WordloomError('internal', `training thread ${task.thread + 1} failed: ${reason}`, {
    cause: event,
  })
}

/** Browsers do not say why: another origin, a missing file, or an answer without the headers of the page. */
function notLoaded(cause: unknown): WordloomError {
  return new WordloomError(
    'no-input',
    `${new URL('./', import.meta.url)}: the script of the training threads cannot be loaded; serve it from the origin of the page, and with the same headers`,
    { cause },
  )
}
