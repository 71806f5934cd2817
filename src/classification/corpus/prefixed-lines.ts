import { option, say, WordloomError } from '../../errors.js'
import type { LabelledLine } from './labelled-line.js'
import { ACTION } from './labelled-source.js'
import { lineParser } from './line-parser.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/** What parts words for fastText: no other blanks of Unicode do. */
const BLANKS = /[ \t\n\v\f\r\0]+/g
const BLANKS_AROUND = /^[ \t\n\v\f\r\0]+|[ \t\n\v\f\r\0]+$/g

/** fastText's lines: words that begin with the prefix are labels, wherever they stand. Throws `usage` for a prefix that marks none. */
export function prefixedLines({ file, labelPrefix }: ParserSettings): TextParser {
  if (labelPrefix === '' || labelPrefix.search(BLANKS) >= 0) throw noPrefix(labelPrefix)
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
  return { text: trimmed(line.slice(at)), labels: [...new Set(labels)].filter(Boolean) }
}

function labelsAnywhere(line: string, prefix: string): LabelledLine {
  const words = line.split(BLANKS)
  const isLabel = (word: string) => word.startsWith(prefix)
  const text = words.filter(word => !isLabel(word)).join(' ')
  return {
    text: trimmed(text),
    labels: [...new Set(words.filter(isLabel).map(word => word.slice(prefix.length)))].filter(Boolean),
  }
}

/** A blank of Unicode is a part of a word for fastText, and stays. */
function trimmed(text: string): string {
  return text.replace(BLANKS_AROUND, '')
}

function noPrefix(prefix: string): WordloomError {
  return new WordloomError('usage', {
    action: ACTION,
    found: say`${option('labelPrefix')} is ${JSON.stringify(prefix)}, and so begins no word`,
    expected: 'what words begin with that are labels, without blanks',
  })
}
