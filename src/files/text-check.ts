import { type Fault, option, say, WordloomError } from '../errors.js'
import { isUtf16 } from './byte-order.js'

/** How much of a file is looked at to tell text from anything else. */
export const INSPECTED_BYTES = 1 << 16

/** What text is packed with and only other programs can unpack, by its first bytes. */
const PACKED: readonly { readonly begins: readonly number[]; readonly fault: Fault }[] = [
  {
    begins: [0x42, 0x5a, 0x68], // BZh
    fault: { found: 'this is compressed with bzip2', cure: 'unpack it first (bzip2 -d)' },
  },
  {
    begins: [0xfd, 0x37, 0x7a, 0x58],
    fault: { found: 'this is compressed with xz', cure: 'unpack it first (xz -d)' },
  },
  {
    begins: [0x50, 0x4b, 0x03, 0x04],
    fault: { found: 'this is a zip archive', cure: 'unpack it first' },
  },
]
/** What follows BZh and a digit: the digits of π. */
const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]

/** Looks at the beginning of a text as it goes by. */
export class TextCheck {
  readonly #file: string
  #bytes = 0

  constructor(file: string) {
    this.#file = file
  }

  /**
   * Throws `bad-data` for UTF-16, for what only other programs can unpack, and if there is a NUL in the first 64 KB:
   * that is no text. The first chunk must have four bytes or more, or a line break, unless there are fewer.
   */
  look(chunk: Uint8Array): void {
    if (this.#bytes === 0) this.#lookAtHead(chunk)
    const rest = INSPECTED_BYTES - this.#bytes
    const nul = rest > 0 ? chunk.subarray(0, rest).indexOf(0) : -1
    if (nul >= 0)
      throw new WordloomError('bad-data', {
        place: { file: this.#file, byte: this.#bytes + nul },
        found: 'this byte is NUL, so this is not a text file',
        cure: 'extract or convert its text first',
      })
    this.#bytes += chunk.length
  }

  #lookAtHead(head: Uint8Array): void {
    const fault = packedFault(head)
    if (fault) throw new WordloomError('bad-data', { ...fault, place: { file: this.#file } })
    if (isUtf16(head))
      throw new WordloomError('bad-data', {
        place: { file: this.#file },
        found: 'this is UTF-16',
        expected: 'UTF-8',
        cure: say`read it with ${option('encoding', 'utf16')}, or convert it first (iconv -f UTF-16 -t UTF-8)`,
      })
  }
}

function packedFault(head: Uint8Array): Fault | undefined {
  const begins = (bytes: readonly number[], from = 0) =>
    bytes.every((byte, i) => from + i >= head.length || head[from + i] === byte)
  if (head.length < 4) return undefined
  const kind = PACKED.find(({ begins: bytes }) => begins(bytes))
  const isText = kind === PACKED[0] && !(head[3]! >= 0x31 && head[3]! <= 0x39 && begins(BZIP2_BLOCK, 4))
  return isText ? undefined : kind?.fault
}
