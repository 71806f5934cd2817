import { Worker } from 'node:worker_threads'
import { WordloomError } from '../errors.js'
import type { NumberingAnswer, NumberingRequest, NumberingTask } from './numbering-service.js'

/** The way to a thread that numbers pieces of a text. */
export interface NumberingWire {
  post(request: NumberingRequest, transfer: ArrayBuffer[]): void
  /** Ends the thread, whatever it is at. */
  close(): Promise<void>
}

export interface NumberingListener {
  answer(answer: NumberingAnswer): void
  fail(error: unknown): void
}

/** For short-lived objects of the thread, which makes few; as for the threads of training. */
const YOUNG_MEGABYTES = 4

export function openWire(task: NumberingTask, { answer, fail }: NumberingListener): NumberingWire {
  const worker = new Worker(new URL('./numbering-worker.node.js', import.meta.url), {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  const internal = (what: string, cause?: unknown) =>
    fail(new WordloomError('internal', `a thread that reads the text ${what}`, { cause }))
  worker.on('message', answer)
  worker.once('error', error => internal(`failed: ${error}`, error))
  worker.once('exit', code => internal(`ended early with exit code ${code}`))
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    close: async () => void (await worker.terminate()),
  }
}
