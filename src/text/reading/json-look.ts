/** A first key is within so many bytes. */
const LOOKED_AT = 1024
/** An object with a key, or the first of an array. */
const BEGINS = /^\s*(?:\[\s*)?\{\s*"(?:[^"\\]|\\.)*"\s*:/

/** Whether a text begins as JSON does: with an object, or an array of them. */
export class JsonLook {
  readonly #decoder = new TextDecoder()
  #head = ''

  add(text: Uint8Array): void {
    if (this.#head.length < LOOKED_AT)
      this.#head += this.#decoder.decode(text.subarray(0, LOOKED_AT), { stream: true })
  }

  get isJson(): boolean {
    return BEGINS.test(this.#head)
  }
}
