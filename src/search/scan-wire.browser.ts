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

export function openWire(task: ScanTask, { answer, fail }: ScanListener): ScanWire {
  // Written so, bundlers find the worker's file.
  const worker = new Worker(new URL('./scan-worker.browser.js', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) => answer(data)
  worker.onerror = event => fail(event.message ? failure(event.message, event) : notLoaded(event))
  worker.onmessageerror = event => fail(failure('a message could not be read', event))
  worker.postMessage(task)
  return {
    post: request => worker.postMessage(request),
    close: async () => worker.terminate(),
  }
}

/** How many threads can run at once, as far as the browser tells. */
export function processors(): number {
  return navigator.hardwareConcurrency || 1
}

function failure(reason: string, cause: unknown): WordloomError {
  return new WordloomError('internal', `a thread that searches failed: ${reason}`, { cause })
}

/** Browsers do not say why: another origin, a missing file, or an answer without the headers of the page. */
function notLoaded(cause: unknown): WordloomError {
  return new WordloomError(
    'no-input',
    `${new URL('./', import.meta.url)}: the script of the threads that search cannot be loaded; serve it from the origin of the page, and with the same headers`,
    { cause },
  )
}
