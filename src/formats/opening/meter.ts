/** How far a file of vectors is read. */
export interface LoadProgress {
  readonly phase: 'reading'
  /** Read or passed over so far, as they lie on the disk or come in the stream. */
  readonly bytes: number
  /** What `bytes` will be at the end of the file, if that is known; a limit can end reading before. */
  readonly totalBytes: number | undefined
}

/** Counts bytes, and tells of them. */
export class Meter {
  /** What the call threw, in a box. */
  failure: { readonly error: unknown } | undefined
  readonly #totalBytes: number | undefined
  readonly #onProgress: (progress: LoadProgress) => void
  #bytes = 0

  constructor(totalBytes: number | undefined, onProgress: (progress: LoadProgress) => void) {
    this.#totalBytes = totalBytes
    this.#onProgress = onProgress
  }

  readonly add = (bytes: number): void => {
    // what is read by position can be read twice
    this.#bytes = Math.min(this.#bytes + bytes, this.#totalBytes ?? Number.POSITIVE_INFINITY)
    try {
      this.#onProgress({ phase: 'reading', bytes: this.#bytes, totalBytes: this.#totalBytes })
    } catch (error) {
      this.failure = { error } // readers would take it for a fault of the file
      throw error
    }
  }
}
