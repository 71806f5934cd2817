/** Calls whose end nobody waits for, such as onProgress. What one of them throws, now or in its promise, is kept. */
export class UnawaitedCalls {
  #thrown: { readonly error: unknown } | undefined

  /** What the first call threw that threw something. */
  get thrown(): { readonly error: unknown } | undefined {
    return this.#thrown
  }

  /** Never throws. */
  make(call: () => unknown): void {
    const keep = (error: unknown) => {
      this.#thrown ??= { error }
    }
    try {
      Promise.resolve(call()).catch(keep)
    } catch (error) {
      keep(error)
    }
  }

  /** Throws what a call threw, this one or one before. */
  makeOrThrow(call: () => unknown): void {
    this.make(call)
    this.check()
  }

  /** Throws what a call threw. */
  check(): void {
    if (this.#thrown) throw this.#thrown.error
  }
}
