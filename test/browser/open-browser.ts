/** A browser that runs: what it complains of, when it has ended, and how to end it. */
export interface OpenBrowser {
  said(): string
  readonly ended: Promise<void>
  close(): Promise<void>
}
