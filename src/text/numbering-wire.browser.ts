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

export function openWire(task: NumberingTask, { answer, fail }: NumberingListener): NumberingWire {
  // Written so, bundlers find the worker's file.
  const worker = new Worker(new URL('./numbering-worker.browser.js', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<NumberingAnswer>) => answer(data)
  worker.onerror = event => fail(event.message ? failure(event.message, event) : notLoaded(event))
  worker.onmessageerror = event => fail(failure('a message could not be read', event))
  worker.postMessage(task)
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    close: async () => worker.terminate(),
  }
}

function failure(reason: string, cause: unknown): WordloomError {
  return new WordloomError('internal', `a thread that reads the text failed: ${reason}`, { cause })
}

/** Browsers do not say why: another origin, a missing file, or an answer without the headers of the page. */
function notLoaded(cause: unknown): WordloomError {
  return new WordloomError(
    'no-input',
    `${new URL('./', import.meta.url)}: the script of the threads that read text cannot be loaded; serve it from the origin of the page, and with the same headers`,
    { cause },
  )
}
