import { Thread } from '#threads/index'
import type { MapRequest, Progress, Question, Questions } from './protocol.js'

/** A call that was given up is no failure. */
export class GivenUp extends Error {}

export interface CallOptions {
  onProgress?(progress: Progress): void
  readonly signal?: AbortSignal
}

/** The worker that holds the vectors, as the page asks it. */
export class MapClient {
  readonly #thread: Thread<undefined, MapRequest, unknown, Progress>

  /** Throws a sentence where the page may not start workers, as when it was opened from a folder. */
  constructor() {
    const script = { start: () => new Worker('map-worker.js'), beside: location.href }
    try {
      this.#thread = new Thread(script, undefined, { name: 'the worker of the map' })
    } catch {
      throw new Error(
        'The map computes beside the page, which browsers refuse to pages opened from a folder: serve this folder, or start wordloom studio.',
      )
    }
  }

  async ask<Name extends Question>(
    question: Name,
    ask: Questions[Name]['ask'],
    { onProgress, signal }: CallOptions = {},
  ): Promise<Questions[Name]['answer']> {
    try {
      const answer = await this.#thread.ask({ question, ask }, { onReport: onProgress, signal })
      return answer as Questions[Name]['answer']
    } catch (error) {
      throw signal?.aborted ? new GivenUp() : reasonOf(error)
    }
  }

  close(): void {
    void this.#thread.end()
  }
}

/** What the worker met: here that may well be a file that cannot be read, and no bug. */
function reasonOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error
}
