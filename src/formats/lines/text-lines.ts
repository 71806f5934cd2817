import type { Fault, WordloomError } from '../../errors.js'
import { type ByteReader, CutOff } from '../../tensors/index.js'

/** Longer lines are not of word vectors: a million numbers take less. */
const LONGEST_LINE = 1 << 24

/** A line within the reader's bytes, without its end and the blanks before it. */
export interface Line {
  start: number
  end: number
}

/** Takes line after line, counting them; blank lines may only stand at the end. */
export class Lines {
  number = 0
  readonly reader: ByteReader

  constructor(reader: ByteReader) {
    this.reader = reader
  }

  /** `bad-data` at the line last taken and a byte of it. */
  error(fault: Fault, line?: Line, at = 0): WordloomError {
    const part = line && `column ${at - line.start + 1}`
    return this.reader.error({ ...fault, place: { line: this.number, part } })
  }

  async next(): Promise<Line | undefined> {
    for (let blank = 0; ; blank++) {
      const newline = await this.#newline()
      if (newline === undefined) return undefined
      const { reader } = this
      const line = trimmed(reader.bytes, reader.position, newline)
      reader.position = newline + 1
      this.number++
      if (line.end === line.start) continue
      if (blank === 0) return line
      this.number--
      throw this.error({ found: 'the line is blank', expected: 'a word and its numbers' })
    }
  }

  /** Where the next line ends; undefined at the end of the file. */
  async #newline(): Promise<number | undefined> {
    const { reader } = this
    let newline = reader.bytes.indexOf(0x0a, reader.position)
    while (newline < 0 && !reader.ended) {
      const looked = reader.available
      if (looked > LONGEST_LINE)
        throw reader.error({
          place: { line: this.number + 1 },
          found: 'the line is over 16 MB long, so these are not word vectors',
          expected: 'a word and its numbers',
        })
      await reader.fill(Math.max(1, looked * 2))
      newline = reader.bytes.indexOf(0x0a, reader.position + looked)
    }
    if (newline >= 0) return newline
    if (reader.available === 0) return undefined
    this.number++
    throw new CutOff({
      place: { file: reader.name, line: this.number, byte: reader.offset + reader.available },
      found: 'the file ends here without a line break, so that its last number may be cut off',
      cure: 'fetch or make it again, or add a line break if it is whole',
    })
  }
}

/** bytes[start…end) without the blanks at its end. */
export function trimmed(bytes: Uint8Array, start: number, end: number): Line {
  while (end > start && (isSeparator(bytes[end - 1]!) || bytes[end - 1] === 0x0d)) end--
  return { start, end }
}

/** What parts the fields of a line; other blanks may stand in words. */
export function isSeparator(byte: number): boolean {
  return byte === 0x20 || byte === 0x09
}
