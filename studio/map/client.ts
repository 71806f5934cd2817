import type { FromWorker, Progress, Question, Questions } from './protocol.js'

/** A call that was given up is no failure. */
export class GivenUp extends Error {}

export interface CallOptions {
  onProgress?(progress: Progress): void
  readonly signal?: AbortSignal
}

interface Waiting {
  take(answer: unknown): void
  fail(error: Error): void
  onProgress?: CallOptions['onProgress']
}

/** The worker that holds the vectors, as the page asks it. */
export class MapClient {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0

  /** Throws a sentence where the page may not start workers, as when it was opened from a folder. */
  constructor() {
    try {
      this.#worker = new Worker('map-worker.js')
    } catch {
      throw new Error(
        'The map computes beside the page, which browsers refuse to pages opened from a folder: serve this folder, or start wordloom studio.',
      )
    }
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#receive(data))
    this.#worker.addEventListener('error', event => this.#failAll(event.message || 'it could not be loaded'))
  }

  ask<Name extends Question>(
    question: Name,
    ask: Questions[Name]['ask'],
    { onProgress, signal }: CallOptions = {},
  ): Promise<Questions[Name]['answer']> {
    const call = this.#calls++
    signal?.addEventListener('abort', () => this.#worker.postMessage({ stop: call }))
    this.#worker.postMessage({ call, question, ask })
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, {
        take: answer => resolve(answer as Questions[Name]['answer']),
        fail: reject,
        onProgress,
      })
    })
  }

  close(): void {
    this.#worker.terminate()
  }

  #receive(message: FromWorker): void {
    const waiting = this.#waiting.get(message.call)
    if (!waiting) return
    if ('progress' in message) {
      waiting.onProgress?.(message.progress)
      return
    }
    this.#waiting.delete(message.call)
    if ('answer' in message) waiting.take(message.answer)
    else waiting.fail(message.isStopped ? new GivenUp() : new Error(message.failure))
  }

  #failAll(reason: string): void {
    for (const { fail } of this.#waiting.values()) fail(new Error(`The map's worker failed: ${reason}`))
    this.#waiting.clear()
  }
}
