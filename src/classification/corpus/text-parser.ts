import type { WordloomError } from '../../errors.js'
import type { LabelledLine } from './labelled-line.js'

/** Makes lines of a text that comes in pieces cut anywhere. Throws `bad-data` for what is no such line. */
export interface TextParser {
  write(piece: string): LabelledLine[]
  /** The text is over. */
  end(): LabelledLine[]
}

/** Where a parser reads, for its errors. */
export interface TextPlace {
  readonly file: string
}

/** How a parser is to read. */
export interface ParserSettings extends TextPlace {
  readonly labelPrefix: string
  readonly textColumn: string | undefined
  readonly labelColumn: string | undefined
  readonly labelSeparator: string | undefined
  readonly withoutHeader: boolean
  readonly quoted: boolean
  /** Whether a text of which no labels are known is an error. */
  readonly needsLabels: boolean
  readonly onWarning: (sentence: string) => void
}

/** Cuts a text into lines, which end in LF or CR LF; the last one needs no end. */
export class LineCutter {
  #begun = ''
  readonly #longest: number
  readonly #tooLong: (line: number) => WordloomError
  #lines = 0

  constructor(longest: number, tooLong: (line: number) => WordloomError) {
    this.#longest = longest
    this.#tooLong = tooLong
  }

  write(piece: string): string[] {
    if (!piece.includes('\n')) {
      this.#begun += piece
      this.#check(this.#begun)
      return []
    }
    const lines = (this.#begun + piece).split('\n')
    this.#begun = lines.pop()!
    for (const line of lines) {
      this.#check(line)
      this.#lines++
    }
    return lines.map(withoutReturn)
  }

  end(): string[] {
    const rest = this.#begun
    this.#begun = ''
    return rest === '' ? [] : [withoutReturn(rest)]
  }

  #check(line: string): void {
    if (line.length > this.#longest) throw this.#tooLong(this.#lines + 1)
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
