import { option, say, WordloomError } from '../../errors.js'
import type { TextEncodingName } from '../../text/index.js'
import { IncomingText } from '../../text/inner.js'

/** Bytes of a text as strings. Throws `bad-data` for what is not encoded as it should be. */
export class DecodedText {
  readonly #name: string
  readonly #incoming: IncomingText
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  constructor(name: string, encoding: TextEncodingName) {
    this.#name = name
    this.#incoming = new IncomingText(name, encoding, undefined)
  }

  take(chunk: Uint8Array): string {
    return this.#decoded(this.#incoming.take(chunk), true)
  }

  end(): string {
    return this.#decoded(this.#incoming.end(), true) + this.#decoded(undefined, false)
  }

  #decoded(bytes: Uint8Array | undefined, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream })
    } catch {
      throw new WordloomError('bad-data', {
        place: { file: this.#name },
        found: 'it is not UTF-8',
        expected: 'texts and labels in UTF-8',
        cure: say`convert it, or set ${option('encoding')} to windows-1252 if it is that`,
      })
    }
  }
}
