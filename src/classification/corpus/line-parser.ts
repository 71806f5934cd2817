import { WordloomError } from '../../errors.js'
import type { LabelledLine } from './labelled-line.js'
import { LineCutter, type TextParser } from './text-parser.js'

/** A line may have as many characters. */
const LONGEST_LINE = 1 << 26

/** A parser of texts of which each line stands for itself. `parse` gives nothing for a line that says nothing. */
export function lineParser(
  file: string,
  parse: (line: string, number: number) => LabelledLine | undefined,
): TextParser {
  const cutter = new LineCutter(LONGEST_LINE, line => tooLong(file, line))
  let number = 0
  const parsed = (lines: readonly string[]) =>
    lines.flatMap(line => {
      number++
      return parse(line, number) ?? []
    })
  return { write: piece => parsed(cutter.write(piece)), end: () => parsed(cutter.end()) }
}

function tooLong(file: string, line: number): WordloomError {
  return new WordloomError('bad-data', {
    place: { file, line },
    found: `the line is over ${(LONGEST_LINE / 1024).toLocaleString('en')} KB long`,
    expected: 'a text with its labels on each line',
  })
}
