import { WordloomError } from '../errors.js'
import { hasByteOrderMark } from './byte-order.js'

const NEWLINE = 0x0a
const RETURN = 0x0d

/** What the lines are read from, for errors. */
export interface Lined {
  readonly file: string
  /** Bytes that a line may have. */
  readonly longest: number
  /** What stands on a line: a noun phrase. */
  readonly expected: string
}

/**
 * Gives `take` each line of a list, without its break (LF or CR LF) and without a byte order mark at the beginning,
 * and its number, from 1. A line is good during the call only. The last one needs no break; if it is empty, it is
 * none. Throws `bad-data` for a line that is too long.
 */
export async function eachLine(
  chunks: AsyncIterable<Uint8Array>,
  { file, longest, expected }: Lined,
  take: (line: Uint8Array, number: number) => void,
): Promise<void> {
  const begun = new BegunLine()
  let number = 0
  const end = (rest: Uint8Array) => {
    const line = begun.end(rest)
    number++
    if (line.length > longest) throw tooLong(file, number, longest, expected)
    take(withoutEnds(line, number), number)
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      end(chunk.subarray(from, to))
      from = to + 1
    }
    if (from < chunk.length) begun.add(chunk.subarray(from))
    if (begun.length > longest) throw tooLong(file, number + 1, longest, expected)
  }
  if (begun.length > 0) end(new Uint8Array(0))
}

/** The part of a line that the chunks before have. */
class BegunLine {
  length = 0
  #bytes = new Uint8Array(1 << 10)

  add(part: Uint8Array): void {
    const length = this.length + part.length
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(2 * length)
      larger.set(this.#bytes.subarray(0, this.length))
      this.#bytes = larger
    }
    this.#bytes.set(part, this.length)
    this.length = length
  }

  /** The whole line. */
  end(rest: Uint8Array): Uint8Array {
    if (this.length === 0) return rest
    this.add(rest)
    const line = this.#bytes.subarray(0, this.length)
    this.length = 0
    return line
  }
}

function withoutEnds(line: Uint8Array, number: number): Uint8Array {
  const start = number === 1 && hasByteOrderMark(line) ? 3 : 0
  return line.subarray(start, line.length - Number(line.at(-1) === RETURN))
}

function tooLong(file: string, line: number, longest: number, expected: string): WordloomError {
  return new WordloomError('bad-data', {
    place: { file, line },
    found: `the line is over ${(longest / 1024).toLocaleString('en')} KB long`,
    expected,
  })
}
