import { hasByteOrderMark } from '../../files/index.js'
import { canonicalName, type TextEncodingName } from './encoding.js'
import { type Recoder, recoderFor, tellReplaced } from './recoder.js'
import { TextLook } from './text-look.js'

/** A text that comes in chunks, as UTF-8; tells what of it is hardly text in this encoding, as `train` does. */
export async function* incoming(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
  name: string,
  onWarning: (sentence: string) => void,
): AsyncGenerator<Uint8Array> {
  const text = new IncomingText(name, encoding, onWarning)
  for await (const chunk of chunks) yield text.take(chunk)
  yield text.end()
}

/** A text as it comes, chunk by chunk: as UTF-8, without a byte order mark at the beginning, and looked at. */
export class IncomingText {
  /** It began with a byte order mark. */
  isMarked = false
  readonly #name: string
  readonly #encoding: TextEncodingName
  readonly #onWarning: ((sentence: string) => void) | undefined
  readonly #recoder: Recoder
  #look: TextLook | undefined
  #isNew = true

  /** `isObserved` leaves judging it to somebody else. */
  constructor(
    name: string,
    encoding: TextEncodingName,
    onWarning: ((sentence: string) => void) | undefined,
    isObserved = false,
  ) {
    this.#name = name
    this.#encoding = encoding
    this.#onWarning = onWarning
    this.#recoder = recoderFor(encoding, name)
    if (onWarning && !isObserved)
      this.#look = new TextLook(name, canonicalName(encoding) === 'bytes', onWarning)
  }

  /** Throws `bad-data`, naming the place, if the chunk is not encoded as it should be. */
  take(chunk: Uint8Array): Uint8Array {
    const text = this.#recoder.write(chunk)
    this.isMarked = this.#isNew && hasByteOrderMark(text)
    this.#isNew &&= text.length === 0
    this.#look?.add(text)
    return this.isMarked ? text.subarray(3) : text
  }

  /** What is left of it. */
  end(): Uint8Array {
    const rest = this.#recoder.end()
    this.#look?.end()
    if (this.#onWarning) tellReplaced(this.#recoder, this.#encoding, this.#name, this.#onWarning)
    return rest
  }
}
