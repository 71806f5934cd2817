import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { addressesLeft, THREAD_SPACE } from './address-space.js'
import { endedEarly, failed, noAddresses, noThread, notGranted, notLoaded } from './failures.js'
import type { OpenWorker, WorkerListener, WorkerSettings } from './open-worker.js'
import type { Script } from './script.js'

/** For short-lived objects, of which our threads make few: what is large lies in memory of WebAssembly. */
const YOUNG_MEGABYTES = 4

/** Workers that may not have taken their addresses yet. */
let starting = 0

/** Throws `too-large` if the system gives no thread. */
export function openWorker(
  script: Script,
  task: unknown,
  settings: WorkerSettings,
  { take, fail }: WorkerListener,
): OpenWorker {
  const { name } = settings
  const address = script as URL
  const left = addressesLeft() - starting * THREAD_SPACE
  if (left < THREAD_SPACE) throw noAddresses(name, Math.max(0, left))
  const worker = newWorker(address, task, settings)
  noteStart(worker)
  worker.on('message', take)
  worker.on('messageerror', error => fail(failed(name, 'a message could not be read', error)))
  worker.on('error', error => fail(deathOf(name, address, error)))
  worker.once('exit', code => fail(endedEarly(name, code)))
  worker.unref()
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    keepAlive: isAsked => (isAsked ? worker.ref() : worker.unref()),
    end: async () => void (await worker.terminate()),
  }
}

/** Whether work can be given to other threads. */
export function hasWorkers(): boolean {
  return true
}

/** How many threads can run at once. */
export function processors(): number {
  return availableParallelism()
}

function noteStart(worker: Worker): void {
  let isStarting = true
  starting++
  const settle = () => {
    if (isStarting) starting--
    isStarting = false
  }
  worker.once('online', settle).once('exit', settle)
}

function newWorker(address: URL, task: unknown, { name, heap }: WorkerSettings): Worker {
  try {
    return new Worker(address, {
      workerData: task,
      // Flags of the process, such as --input-type, may not fit a script in a file.
      execArgv: [],
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
        ...(heap && { maxOldGenerationSizeMb: heap }),
      },
    })
  } catch (error) {
    throw deathOf(name, address, error as Error)
  }
}

function deathOf(name: string, address: URL, error: Error): Error {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ERR_WORKER_INIT_FAILED':
    case 'EAGAIN':
      return noThread(name, error.message, error)
    case 'ERR_ACCESS_DENIED':
      return notGranted(name, error)
    case 'ERR_MODULE_NOT_FOUND':
    case 'MODULE_NOT_FOUND':
      return notLoaded(name, address, 'put it there, or name it to the bundler so that it does', error)
    default:
      return failed(name, error, error)
  }
}
