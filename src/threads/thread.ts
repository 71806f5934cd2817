import { openWorker } from '#platform/threads/worker'
import { WordloomError } from '../errors.js'
import { failed } from './failures.js'
import type { Failure, FromWorker, ToWorker } from './messages.js'
import type { OpenWorker, WorkerSettings } from './open-worker.js'
import type { Script } from './script.js'

export interface AskOptions<Report> {
  /** Buffers of the request, which are handed over instead of being copied. */
  readonly transfer?: ArrayBuffer[]
  readonly onReport?: ((report: Report) => void) | undefined
  /** Tells the service that its answer is not wanted any more; it decides when it ends. */
  readonly signal?: AbortSignal | undefined
}

interface Question<Answer, Report> {
  resolve(answer: Answer): void
  reject(error: unknown): void
  readonly onReport: AskOptions<Report>['onReport']
}

/**
 * A worker that is asked. What its service throws rejects the one call: a WordloomError as it is, anything else as
 * `internal`, with the cause. A worker that dies or is ended rejects whatever it is asked, then and later.
 */
export class Thread<Task, Request, Answer, Report = never> {
  readonly #name: string
  readonly #worker: OpenWorker
  readonly #open = new Map<number, Question<Answer, Report>>()
  #calls = 0
  #ending: unknown // why it answers no more

  /** Starts it. Throws `too-large` if the system has no thread for it, `no-input` if a page may not start it. */
  constructor(script: Script, task: Task, settings: WorkerSettings) {
    this.#name = settings.name
    this.#worker = openWorker(script, task, settings, {
      take: message => this.#take(message as FromWorker<Answer, Report>),
      fail: error => void this.end(error),
    })
  }

  /** Calls without an answer yet. */
  get busy(): number {
    return this.#open.size
  }

  async ask(request: Request, { transfer = [], onReport, signal }: AskOptions<Report> = {}): Promise<Answer> {
    if (this.#ending !== undefined) throw this.#ending
    if (signal?.aborted)
      throw new WordloomError('aborted', {
        found: `${this.#name} was not asked, because its signal had stopped it`,
      })
    const call = this.#calls++
    const giveUp = () => this.#post({ unwanted: call })
    try {
      this.#post({ call, request }, transfer)
      signal?.addEventListener('abort', giveUp)
      return await this.#answerTo(call, onReport)
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  /** Ends it, whatever it is at; calls without an answer are rejected for the reason given. */
  end(reason: unknown = new WordloomError('aborted', { found: `${this.#name} was ended` })): Promise<void> {
    this.#close(reason)
    return this.#worker.end()
  }

  #post(message: ToWorker<Request>, transfer: ArrayBuffer[] = []): void {
    this.#worker.post(message, transfer)
  }

  #answerTo(call: number, onReport: AskOptions<Report>['onReport']): Promise<Answer> {
    if (this.#open.size === 0) this.#worker.keepAlive(true)
    return new Promise((resolve, reject) => this.#open.set(call, { resolve, reject, onReport }))
  }

  #take(message: FromWorker<Answer, Report>): void {
    const question = this.#open.get(message.call)
    if (question === undefined) return
    if ('report' in message) this.#report(question, message.report)
    else {
      this.#open.delete(message.call)
      if (this.#open.size === 0) this.#worker.keepAlive(false)
      if ('answer' in message) question.resolve(message.answer)
      else question.reject(errorOf(message.failure, this.#name))
    }
  }

  /** What the listener throws is the end of its call. */
  #report({ onReport, reject }: Question<Answer, Report>, report: Report): void {
    try {
      onReport?.(report)
    } catch (error) {
      reject(error)
    }
  }

  #close(error: unknown): void {
    this.#ending ??= error
    if (this.#open.size > 0) this.#worker.keepAlive(false)
    for (const { reject } of this.#open.values()) reject(this.#ending)
    this.#open.clear()
  }
}

function errorOf({ code, fault, name, message, stack }: Failure, thread: string): WordloomError {
  if (code !== undefined && fault !== undefined) return new WordloomError(code, fault)
  const cause = Object.assign(new Error(message), { name, stack })
  return failed(thread, `${name}: ${message}`, cause)
}
