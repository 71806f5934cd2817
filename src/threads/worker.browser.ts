import { failed, notLoaded, noWorkers } from './failures.js'
import type { OpenWorker, WorkerListener, WorkerSettings } from './open-worker.js'
import type { PageScript, Script } from './script.js'

/** The task is its first message. Throws `no-input` if the browser refuses to start it. */
export function openWorker(
  script: Script,
  task: unknown,
  { name }: WorkerSettings,
  { take, fail }: WorkerListener,
): OpenWorker {
  const page = script as PageScript
  const worker = newWorker(page, name)
  worker.onmessage = ({ data }) => take(data)
  worker.onerror = event =>
    fail(event.message ? failed(name, event.message, event) : refused(page, name, event))
  worker.onmessageerror = event => fail(failed(name, 'a message could not be read', event))
  worker.postMessage(task)
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    keepAlive: () => {},
    end: async () => worker.terminate(),
  }
}

/** Whether work can be given to other threads: no engine for servers at the edge of a network has them. */
export function hasWorkers(): boolean {
  return typeof Worker !== 'undefined'
}

/** How many threads can run at once, as the browser reports it. */
export function processors(): number {
  return hasWorkers() ? navigator.hardwareConcurrency || 1 : 1
}

function newWorker(script: PageScript, name: string): Worker {
  try {
    return script.start()
  } catch (error) {
    if (error instanceof ReferenceError) throw noWorkers(name) // Worker is not defined
    throw refused(script, name, error)
  }
}

/** Browsers do not say why: another origin, a missing file, or an answer without the headers of the page. */
function refused({ beside }: PageScript, name: string, cause: unknown): Error {
  const remedy = 'serve it from the origin of the page and with the same headers'
  return notLoaded(name, new URL('./', beside ?? location.href), remedy, cause)
}
