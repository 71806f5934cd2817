import { separatedColumns } from './separated-columns.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/**
 * Columns of a .csv. Where the comma stands in numbers, spreadsheets put semicolons or tabs between fields: they do so here if
 * the first line has some, and no comma outside quotes.
 */
export function commaOrSemicolon(settings: ParserSettings): TextParser {
  let head = ''
  let columns: TextParser | undefined
  const begin = () => {
    columns = separatedColumns({ ...settings, quoted: true }, separatorIn(head.trimStart(), settings))
    return columns.write(head)
  }
  return {
    write(piece) {
      if (columns) return columns.write(piece)
      head += piece
      return /\S[^\n]*\n/.test(piece) || (piece.includes('\n') && head.trim() !== '') ? begin() : []
    },
    end() {
      const begun = columns ? [] : begin()
      return [...begun, ...columns!.end()]
    },
  }
}

/** A text alone on its line, of which labels are wanted, may have any of these signs. */
function separatorIn(head: string, { withoutHeader, needsLabels }: ParserSettings): string {
  if (withoutHeader && !needsLabels) return ','
  const unquoted = head.split('\n', 1)[0]!.replace(/"[^"]*"/g, '')
  return [',', ';', '\t'].find(sign => unquoted.includes(sign)) ?? ','
}
