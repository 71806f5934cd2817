import type { ByteReader } from '../../tensors/index.js'
import { LONGEST_WORD } from '../selection/collected-vectors.js'
import { startOf } from './header.js'

/** Takes line after line as it stands, blanks and all; the last one may lack its end. */
export class WordLines {
  number = 0
  readonly reader: ByteReader

  constructor(reader: ByteReader) {
    this.reader = reader
  }

  /** The next line, good until the next call; undefined at the end. Throws `bad-data` for lines over 64 KB. */
  async next(): Promise<Uint8Array | undefined> {
    const { reader } = this
    if (this.number === 0 && (await reader.fill(3))) reader.position += startOf(reader.bytes)
    let newline = reader.bytes.indexOf(0x0a, reader.position)
    if (newline < 0 && !reader.ended) {
      await reader.fill(LONGEST_WORD + 1)
      newline = reader.bytes.indexOf(0x0a, reader.position)
    }
    this.number++
    const end = newline < 0 ? reader.bytes.length : newline
    if (end - reader.position > LONGEST_WORD)
      throw reader.error({
        place: { line: this.number },
        found: 'the line is over 64 KB long',
        expected: 'a word',
      })
    if (newline < 0 && reader.available === 0) return undefined
    const line = reader.bytes.subarray(reader.position, end)
    reader.position = newline < 0 ? end : end + 1
    return line.at(-1) === 0x0d ? line.subarray(0, -1) : line
  }
}
