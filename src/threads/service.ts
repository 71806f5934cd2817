import { WordloomError } from '../errors.js'
import type { Failure, FromWorker, ToWorker } from './messages.js'

/**
 * What a worker does: it is made once from a task, and then answers requests, one after the other unless it gives
 * promises. A service and all that it imports use relative paths only: import maps of a page do not reach workers.
 */
export type Service<Task, Request, Answer, Report = never> = (
  task: Task,
) => (request: Request, call: Call<Report>) => Answer | Promise<Answer>

/** One request, as the service sees it. */
export interface Call<Report> {
  /** Tells the asking thread how far the work is. */
  tell(report: Report): void
  /** These buffers are part of the answer, and go with it instead of being copied. */
  handOver(...buffers: ArrayBuffer[]): void
  /** Throws `aborted` if no answer is wanted any more, which a service hears when it gives way. */
  stopIfUnwanted(): void
}

type Post = (message: FromWorker<unknown, unknown>, transfer: ArrayBuffer[]) => void

/** On the worker: takes each message for a service, and posts what comes of it. */
export function answering<Task, Request, Answer, Report>(
  service: Service<Task, Request, Answer, Report>,
  task: Task,
  post: Post,
): (message: ToWorker<Request>) => void {
  const answer = started(service, task)
  const pending = new Map<number, OpenCall<Report>>()
  return message => {
    if ('unwanted' in message) {
      pending.get(message.unwanted)?.giveUp()
      return
    }
    const call = new OpenCall<Report>(message.call, post)
    try {
      const given = answer(message.request, call)
      if (!(given instanceof Promise)) return call.close(given)
      pending.set(message.call, call)
      given
        .then(answer => call.close(answer))
        .catch(error => call.fail(error))
        .finally(() => pending.delete(message.call))
    } catch (error) {
      call.fail(error)
    }
  }
}

/** A service that cannot be made fails in the same way for every request. */
function started<Task, Request, Answer, Report>(
  service: Service<Task, Request, Answer, Report>,
  task: Task,
): ReturnType<typeof service> {
  try {
    return service(task)
  } catch (error) {
    return () => {
      throw error
    }
  }
}

class OpenCall<Report> implements Call<Report> {
  readonly #call: number
  readonly #post: Post
  readonly #buffers: ArrayBuffer[] = []
  #isUnwanted = false

  constructor(call: number, post: Post) {
    this.#call = call
    this.#post = post
  }

  tell(report: Report): void {
    this.#post({ call: this.#call, report }, [])
  }

  handOver(...buffers: ArrayBuffer[]): void {
    this.#buffers.push(...buffers)
  }

  stopIfUnwanted(): void {
    if (this.#isUnwanted)
      throw new WordloomError('aborted', {
        found: 'the work was stopped before its end, as its signal asked',
      })
  }

  giveUp(): void {
    this.#isUnwanted = true
  }

  close(answer: unknown): void {
    this.#post({ call: this.#call, answer }, this.#buffers)
  }

  fail(error: unknown): void {
    this.#post({ call: this.#call, failure: failureOf(error) }, [])
  }
}

function failureOf(error: unknown): Failure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const { code, fault } = error instanceof WordloomError ? error : {}
  return { code, fault, name, message, stack }
}
