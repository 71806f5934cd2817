import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { WordloomError } from '../errors.js'
import type { ScanAnswer, ScanRequest, ScanTask } from './scan-service.js'

/** The way to a thread that scans rows. */
export interface ScanWire {
  post(request: ScanRequest): void
  /** Ends the thread, whatever it is at. */
  close(): Promise<void>
}

export interface ScanListener {
  answer(answer: ScanAnswer): void
  fail(error: unknown): void
}

/** For short-lived objects of the thread, which makes few. */
const YOUNG_MEGABYTES = 4

/** A thread that does not keep the process alive while it waits. */
export function openWire(task: ScanTask, { answer, fail }: ScanListener): ScanWire {
  const worker = new Worker(new URL('./scan-worker.node.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  const internal = (what: string, cause?: unknown) =>
    fail(new WordloomError('internal', `a thread that searches ${what}`, { cause }))
  let waiting = 0
  worker.on('message', found => {
    if (--waiting === 0) worker.unref()
    answer(found)
  })
  worker.once('error', error => internal(`failed: ${error}`, error))
  worker.once('exit', code => internal(`ended early with exit code ${code}`))
  worker.unref()
  return {
    post: request => {
      if (waiting++ === 0) worker.ref()
      worker.postMessage(request)
    },
    close: async () => void (await worker.terminate()),
  }
}

/** How many threads can run at once. */
export function processors(): number {
  return availableParallelism()
}
