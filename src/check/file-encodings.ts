/** Text with fewer bad bytes is UTF-8 with mistakes in it. */
const FEW_BAD_BYTES = 1e-4

/** Whether bytes that are not UTF-8 are mistakes in a text that is. */
export function isMostlyUtf8(notUtf8: number, bytes: number): boolean {
  return notUtf8 <= FEW_BAD_BYTES * bytes
}

/** Which files of a text are not UTF-8. */
export class FileEncodings {
  #path: string | undefined
  #begun = { bytes: 0, bad: 0 } // before this file
  readonly #others: string[] = []

  /** `bytes` and `bad` are those of all files before. */
  begin(path: string, bytes: number, bad: number): void {
    this.#end(bytes, bad)
    this.#path = path
    this.#begun = { bytes, bad }
  }

  /** The files that are not UTF-8, once all were read. */
  others(bytes: number, bad: number): readonly string[] {
    this.#end(bytes, bad)
    return this.#others
  }

  #end(bytes: number, bad: number): void {
    if (this.#path !== undefined && !isMostlyUtf8(bad - this.#begun.bad, bytes - this.#begun.bytes))
      this.#others.push(this.#path)
    this.#path = undefined
  }
}
