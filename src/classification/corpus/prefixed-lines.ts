import { lineParser } from './line-parser.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/** What parts words for fastText: no other blanks of Unicode do. */
const BLANKS = /[ \t\v\f\r\0]+/

/** fastText's lines: words that begin with the prefix are labels, wherever they stand. */
export function prefixedLines({ file, labelPrefix }: ParserSettings): TextParser {
  return lineParser(file, line => {
    if (!line.includes(labelPrefix)) return { text: line, labels: [] }
    const words = line.split(BLANKS)
    const isLabel = (word: string) => word.startsWith(labelPrefix)
    return {
      text: words
        .filter(word => !isLabel(word))
        .join(' ')
        .trim(),
      labels: [...new Set(words.filter(isLabel).map(word => word.slice(labelPrefix.length)))].filter(Boolean),
    }
  })
}
