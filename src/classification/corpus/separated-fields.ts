import { WordloomError } from '../../errors.js'

/** A row of fields, and the line on which it begins, from 1. */
export interface FieldRow {
  readonly line: number
  readonly fields: readonly string[]
}

export interface FieldSyntax {
  readonly separator: string
  /** Fields may be in double quotes, with separators, line breaks and doubled quotes in them (RFC 4180). */
  readonly quoted: boolean
  readonly file: string
}

/** A quoted field may have as many characters: a quote that nobody closes would take the rest of the file. */
const LONGEST_FIELD = 1 << 24

/** Cuts a text that comes in pieces into rows of fields. Blank lines are no rows. */
export class FieldCutter {
  readonly #syntax: FieldSyntax
  #rest = ''
  #line = 1

  constructor(syntax: FieldSyntax) {
    this.#syntax = syntax
  }

  write(piece: string): FieldRow[] {
    this.#rest += piece
    return this.#rows(false)
  }

  end(): FieldRow[] {
    return this.#rows(true)
  }

  #rows(isEnd: boolean): FieldRow[] {
    const rows: FieldRow[] = []
    let at = 0
    while (at < this.#rest.length) {
      const row = this.#syntax.quoted ? this.#quotedRow(at, isEnd) : this.#plainRow(at, isEnd)
      if (!row) break
      if (row.fields.length > 1 || row.fields[0] !== '') rows.push({ line: this.#line, fields: row.fields })
      this.#line += row.lines
      at = row.end
    }
    this.#rest = this.#rest.slice(at)
    if (this.#rest.length > LONGEST_FIELD) throw this.#unclosed()
    return rows
  }

  #plainRow(start: number, isEnd: boolean): CutRow | undefined {
    const newline = this.#rest.indexOf('\n', start)
    if (newline < 0 && !isEnd) return undefined
    const end = newline < 0 ? this.#rest.length : newline
    const line = this.#rest.slice(start, end - Number(this.#rest[end - 1] === '\r' && end > start))
    return { fields: line.split(this.#syntax.separator), lines: 1, end: end + 1 }
  }

  /** Undefined if the row is not whole yet. */
  #quotedRow(start: number, isEnd: boolean): CutRow | undefined {
    const text = this.#rest
    const fields: string[] = []
    let lines = 1
    for (let at = start; ; ) {
      const field = text[at] === '"' ? this.#quotedField(at, isEnd) : undefined
      if (text[at] === '"' && !field) return undefined
      lines += field?.lines ?? 0
      // what follows a closing quote up to the next separator belongs to the field, as Python's csv has it
      const from = field?.end ?? at
      const end = endOfField(text, from, this.#syntax.separator)
      if (end === text.length && !isEnd) return undefined
      const isLast = text[end] !== this.#syntax.separator
      fields.push(
        (field?.text ?? '') + text.slice(from, end - Number(isLast && text[end - 1] === '\r' && end > from)),
      )
      if (isLast) return { fields, lines, end: end + 1 }
      at = end + 1
    }
  }

  #quotedField(start: number, isEnd: boolean): { text: string; lines: number; end: number } | undefined {
    const text = this.#rest
    let end = text.indexOf('"', start + 1)
    while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
    if (end < 0 && isEnd) throw this.#unclosed()
    // a quote at the end of a piece may be the first of two
    if (end < 0 || (end === text.length - 1 && !isEnd)) return undefined
    const inside = text.slice(start + 1, end)
    return {
      text: inside.replaceAll('""', '"'),
      lines: inside.split('\n').length - 1,
      end: end + 1,
    }
  }

  #unclosed(): WordloomError {
    return new WordloomError('bad-data', {
      place: { file: this.#syntax.file, line: this.#line },
      found: this.#syntax.quoted
        ? 'a quoted field that begins here or below does not end'
        : 'the line is over 16 MB long',
      expected: this.#syntax.quoted ? 'a double quote at its end, and doubled ones in it' : 'rows of fields',
    })
  }
}

interface CutRow {
  readonly fields: string[]
  readonly lines: number
  /** Where the next one begins. */
  readonly end: number
}

function endOfField(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
  return at
}
