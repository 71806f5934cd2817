import { option, say, WordloomError } from '../../errors.js'
import { Utf8Check } from './utf8-check.js'

/**
 * How the bytes of a text are meant: `bytes` is UTF-8 in which anything badly encoded stays the bytes it is,
 * `strict` is UTF-8 or an error, `utf16` is little-endian unless a byte order mark says otherwise.
 */
export const encodings = ['bytes', 'strict', 'utf16'] as const

export type TextEncodingName = (typeof encodings)[number]

/** Text as it comes, chunk by chunk, out as bytes of UTF-8. */
export interface Recoder {
  /** Throws `bad-data`, naming the place. */
  write(bytes: Uint8Array): Uint8Array
  /** The text is over: what is left of it. Throws `bad-data` if it ends within a character. */
  end(): Uint8Array
}

const NOTHING = new Uint8Array(0)

/** For a text of this name. Throws `usage` if there is no such encoding. */
export function recoderFor(encoding: TextEncodingName, name: string): Recoder {
  if (encoding === 'bytes') return { write: bytes => bytes, end: () => NOTHING }
  if (encoding === 'strict') return strict(name)
  if (encoding === 'utf16') return new Utf16(name)
  throw new WordloomError('usage', {
    action: 'read a text',
    found: say`${option('encoding')} is ${JSON.stringify(encoding)}`,
    expected: `one of ${encodings.join(', ')}`,
  })
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
