import { commaOrSemicolon } from './comma-or-semicolon.js'
import { jsonLines } from './json-lines.js'
import type { LabelledFormat } from './options.js'
import { prefixedLines } from './prefixed-lines.js'
import { separatedColumns } from './separated-columns.js'
import type { ParserSettings, TextParser } from './text-parser.js'

const parsers: Readonly<Record<LabelledFormat, (settings: ParserSettings) => TextParser>> = {
  prefix: prefixedLines,
  tsv: settings => separatedColumns(settings, '\t'),
  csv: commaOrSemicolon,
  jsonl: jsonLines,
}

const extensions: Readonly<Record<string, LabelledFormat>> = {
  tsv: 'tsv',
  tab: 'tsv',
  csv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
}

/** A parser of the format, or of that which the name of the text says, or its first line with something on it. */
export function parserFor(format: LabelledFormat | undefined, settings: ParserSettings): TextParser {
  const known = format ?? formatByName(settings.file)
  return known ? parsers[known](settings) : new LookingParser(settings)
}

function formatByName(file: string): LabelledFormat | undefined {
  const extension = /\.(\w+)(?:\.(?:gz|zst))?$/.exec(file)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(extensions, extension) ? extensions[extension] : undefined
}

/** Looks at the first line before it knows how to read. */
class LookingParser implements TextParser {
  readonly #settings: ParserSettings
  #head = ''
  #parser: TextParser | undefined

  constructor(settings: ParserSettings) {
    this.#settings = settings
  }

  write(piece: string) {
    if (this.#parser) return this.#parser.write(piece)
    this.#head += piece
    const line = /^\s*([^\s][^\n]*)\n/.exec(this.#head)?.[1]
    if (line === undefined && this.#head.length < MOST_LOOKED_AT) return []
    return this.#begin(line ?? this.#head)
  }

  end() {
    const begun = this.#parser ? [] : this.#begin(this.#head.trim())
    return [...begun, ...this.#parser!.end()]
  }

  #begin(line: string) {
    this.#parser = parsers[formatByLine(line.trim(), this.#settings)](this.#settings)
    return this.#parser.write(this.#head)
  }
}

/** In characters: a longer line is no header. */
const MOST_LOOKED_AT = 1 << 20

function formatByLine(line: string, settings: ParserSettings): LabelledFormat {
  const { textColumn, labelColumn, withoutHeader } = settings
  const hasColumns = textColumn !== undefined || labelColumn !== undefined || withoutHeader
  if (line.startsWith('{') && (hasColumns || isObjectWith(line, 'text'))) return 'jsonl'
  if (hasColumns) return line.includes('\t') ? 'tsv' : 'csv'
  if (isHeader(line.split('\t'))) return 'tsv'
  return isHeader(line.split(',')) || isHeader(line.split(';')) ? 'csv' : 'prefix'
}

function isObjectWith(line: string, name: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(line), name)
  } catch {
    return false
  }
}

function isHeader(fields: readonly string[]): boolean {
  const names = fields.map(field =>
    field
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase(),
  )
  return names.includes('text') && (names.includes('label') || names.includes('labels'))
}
