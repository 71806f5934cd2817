/** A worker, as Node and pages have it alike. */
export interface OpenWorker {
  post(message: unknown, transfer: ArrayBuffer[]): void
  /** Whether somebody waits for an answer: nothing else of a worker keeps the process alive. */
  keepAlive(isAsked: boolean): void
  /** Ends it, whatever it is at. */
  end(): Promise<void>
}

export interface WorkerSettings {
  /** As sentences call it: 'a thread that searches'. */
  readonly name: string
  /** For its objects, in megabytes: all that is left once the engine has looked for garbage. Only Node keeps to it. */
  readonly heap?: number
}

export interface WorkerListener {
  take(message: unknown): void
  /** It answers no more. */
  fail(error: Error): void
}
