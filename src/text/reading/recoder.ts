import { option, say, WordloomError } from '../../errors.js'
import { checkGiven } from '../../options/index.js'
import { canonicalName, encodingOption, type TextEncodingName } from './encoding.js'
import { Utf8Check } from './utf8-check.js'

/** Text as it comes, chunk by chunk, out as bytes of UTF-8. */
export interface Recoder {
  /** Characters that could not be decoded, and are U+FFFD now. */
  readonly replaced?: number
  /** Throws `bad-data`, naming the place. */
  write(bytes: Uint8Array): Uint8Array
  /** The text is over: what is left of it. Throws `bad-data` if it ends within a character. */
  end(): Uint8Array
}

const NOTHING = new Uint8Array(0)
const REPLACEMENT = '\ufffd'

/** For a text of this name. Throws `usage` if there is no such encoding. */
export function recoderFor(encoding: TextEncodingName, name: string): Recoder {
  checkGiven({ encoding: encodingOption }, { encoding }, 'read a text')
  const canonical = canonicalName(encoding)!
  if (canonical === 'bytes') return { write: bytes => bytes, end: () => NOTHING }
  if (canonical === 'strict') return strict(name)
  if (canonical === 'utf16') return new Utf16(name)
  if (canonical === 'windows-1252') return { write: fromWindows1252, end: () => NOTHING }
  return new Decoded(canonical)
}

/** By the decoder of the engine, in which what is badly encoded is replaced and counted. */
class Decoded implements Recoder {
  replaced = 0
  readonly #decoder: InstanceType<typeof TextDecoder>
  readonly #encoder = new TextEncoder()

  constructor(label: string) {
    this.#decoder = new TextDecoder(label)
  }

  write(bytes: Uint8Array): Uint8Array {
    return this.#take(this.#decoder.decode(bytes, { stream: true }))
  }

  end(): Uint8Array {
    return this.#take(this.#decoder.decode())
  }

  #take(text: string): Uint8Array {
    for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) this.replaced++
    return this.#encoder.encode(text)
  }
}

function strict(name: string): Recoder {
  const check = new Utf8Check()
  const refuse = (at: number) => {
    if (at >= 0)
      throw new WordloomError('bad-data', {
        place: { file: name, byte: at },
        found: 'this byte is not UTF-8',
        cure: say`mend or convert the text, or give ${option('encoding', 'bytes')} to keep such bytes as they are`,
      })
  }
  return {
    write(bytes) {
      refuse(check.write(bytes))
      return bytes
    },
    end() {
      refuse(check.end())
      return NOTHING
    },
  }
}

class Utf16 implements Recoder {
  readonly #name: string
  readonly #encoder = new TextEncoder()
  #decoder: InstanceType<typeof TextDecoder> | undefined
  #bytes = 0

  constructor(name: string) {
    this.#name = name
  }

  write(bytes: Uint8Array): Uint8Array {
    const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff
    this.#decoder ??= new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le', { fatal: true })
    this.#bytes += bytes.length
    return this.#decode(bytes, true)
  }

  end(): Uint8Array {
    return this.#decoder ? this.#decode(NOTHING, false) : NOTHING
  }

  #decode(bytes: Uint8Array, stream: boolean): Uint8Array {
    try {
      return this.#encoder.encode(this.#decoder!.decode(bytes, { stream }))
    } catch (cause) {
      throw new WordloomError(
        'bad-data',
        {
          place: { file: this.#name, byte: this.#bytes },
          found: 'there is half a character before this byte, so this is not UTF-16',
          cure: say`read it with ${option('encoding', 'bytes')} if it is UTF-8`,
        },
        { cause },
      )
    }
  }
}

/** What the bytes from 0x80 to 0x9f are; the others are the characters of their number. */
const SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Not by TextDecoder: some versions of Node take the signs of Windows for control characters. */
function fromWindows1252(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(3 * bytes.length)
  let length = 0
  for (const byte of bytes) {
    const point = byte >= 0x80 && byte < 0xa0 ? SIGNS.charCodeAt(byte - 0x80) : byte
    if (point < 0x80) text[length++] = point
    else {
      if (point < 0x800) text[length++] = 0xc0 | (point >> 6)
      else {
        text[length++] = 0xe0 | (point >> 12)
        text[length++] = 0x80 | ((point >> 6) & 0x3f)
      }
      text[length++] = 0x80 | (point & 0x3f)
    }
  }
  return text.subarray(0, length)
}

/** A text that comes in chunks, as UTF-8; tells at its end if some of it could not be decoded. */
export async function* recoded(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
  name: string,
  onWarning: (sentence: string) => void,
): AsyncGenerator<Uint8Array> {
  const recoder = recoderFor(encoding, name)
  for await (const chunk of chunks) yield recoder.write(chunk)
  yield recoder.end()
  tellReplaced(recoder, encoding, name, onWarning)
}

/** What could not be decoded is no word of anybody. */
export function tellReplaced(
  { replaced = 0 }: Recoder,
  encoding: TextEncodingName,
  name: string,
  onWarning: (sentence: string) => void,
): void {
  if (replaced === 0) return
  const those = replaced === 1 ? '1 character is' : `${replaced.toLocaleString('en')} characters are`
  onWarning(`${name}: ${those} not ${encoding} and became U+FFFD; check the encoding if they are many`)
}
