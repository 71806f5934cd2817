import type { LabelledLine } from './labelled-line.js'
import { lineParser } from './line-parser.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/** What parts words for fastText: no other blanks of Unicode do. */
const BLANKS = /[ \t\v\f\r\0]+/g

/** fastText's lines: words that begin with the prefix are labels, wherever they stand. */
export function prefixedLines({ file, labelPrefix }: ParserSettings): TextParser {
  return lineParser(file, line => {
    if (labelPrefix === '' || !line.includes(labelPrefix)) return { text: line, labels: [] }
    return labelsFirst(line, labelPrefix) ?? labelsAnywhere(line, labelPrefix)
  })
}

/** As most lines are: labels, then the text. Undefined for others. */
function labelsFirst(line: string, prefix: string): LabelledLine | undefined {
  const labels: string[] = []
  let at = 0
  while (line.startsWith(prefix, at)) {
    BLANKS.lastIndex = at
    const blanks = BLANKS.exec(line)
    labels.push(line.slice(at + prefix.length, blanks?.index))
    at = blanks ? BLANKS.lastIndex : line.length
  }
  if (line.includes(prefix, at)) return undefined
  return { text: line.slice(at).trim(), labels: [...new Set(labels)].filter(Boolean) }
}

function labelsAnywhere(line: string, prefix: string): LabelledLine {
  const words = line.split(BLANKS)
  const isLabel = (word: string) => word.startsWith(prefix)
  const text = words.filter(word => !isLabel(word)).join(' ')
  return {
    text: text.trim(),
    labels: [...new Set(words.filter(isLabel).map(word => word.slice(prefix.length)))].filter(Boolean),
  }
}
