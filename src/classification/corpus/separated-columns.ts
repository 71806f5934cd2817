import { option, say, WordloomError } from '../../errors.js'
import { labelsIn } from './field-labels.js'
import type { LabelledLine } from './labelled-line.js'
import { FieldCutter, type FieldRow } from './separated-fields.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/** Which fields of a row are read, from 0. */
interface Columns {
  readonly count: number
  readonly text: number
  readonly label: number | undefined
}

/** Rows of fields, of which one is a text and one has its label or labels. The first row names them, if there is a header. */
export function separatedColumns(settings: ParserSettings, separator: string): TextParser {
  const { file, withoutHeader, labelSeparator } = settings
  const cutter = new FieldCutter({ separator, file, quoted: settings.quoted })
  let columns: Columns | undefined
  const taken = (rows: readonly FieldRow[]): LabelledLine[] =>
    rows.flatMap(row => {
      if (columns === undefined) {
        columns = withoutHeader ? numberedColumns(row, settings) : namedColumns(row, settings)
        if (!withoutHeader) return []
      }
      if (row.fields.length !== columns.count) throw otherCount(row, columns.count, settings)
      const field = columns.label === undefined ? undefined : row.fields[columns.label]
      return [{ text: row.fields[columns.text]!, labels: labelsIn(field, labelSeparator)! }]
    })
  return { write: piece => taken(cutter.write(piece)), end: () => taken(cutter.end()) }
}

function namedColumns({ fields, line }: FieldRow, settings: ParserSettings): Columns {
  const names = fields.map(name => name.trim())
  const { file, textColumn = 'text', labelColumn, needsLabels, onWarning } = settings
  const text = placeOf([textColumn], names)
  const wanted = labelColumn === undefined ? ['label', 'labels'] : [labelColumn]
  const label = placeOf(wanted, names)
  const missing = (name: string, by: string) =>
    new WordloomError('bad-data', {
      place: { file, line },
      found: `there is no column "${name}"; the columns are ${listed(names)}`,
      cure: say`name it with ${option(by)}, or set ${option('withoutHeader')} if this line is none`,
    })
  if (text < 0) throw missing(textColumn, 'textColumn')
  if (label < 0 && (needsLabels || labelColumn !== undefined)) throw missing(wanted[0]!, 'labelColumn')
  const others = names.filter((_, i) => i !== text && i !== label)
  if (others.length > 0)
    onWarning(
      `${others.length === 1 ? 'the column' : 'the columns'} ${listed(others)} of ${file} ${others.length === 1 ? 'was' : 'were'} passed over`,
    )
  return { count: names.length, text, label: label < 0 ? undefined : label }
}

/** The first of these names, as it is spelled or in other case; -1 if there is none, or several in other case. */
function placeOf(wanted: readonly string[], names: readonly string[]): number {
  const exact = names.findIndex(name => wanted.includes(name))
  const small = wanted.map(name => name.toLowerCase())
  const alike = names.flatMap((name, i) => (small.includes(name.toLowerCase()) ? [i] : []))
  return exact < 0 && alike.length === 1 ? alike[0]! : exact
}

function numberedColumns({ fields, line }: FieldRow, settings: ParserSettings): Columns {
  const { file, needsLabels } = settings
  const count = fields.length
  const isAlone = count === 1 && !needsLabels
  const place = (name: 'textColumn' | 'labelColumn', otherwise: number): number => {
    const number = Number(settings[name] ?? otherwise)
    if (Number.isInteger(number) && number >= 1 && number <= count) return number - 1
    throw new WordloomError('bad-data', {
      place: { file, line },
      found: say`${option(name)} is ${settings[name] ?? otherwise}, and the line has ${count} ${count === 1 ? 'field' : 'fields'}`,
      expected: `the number of a column, from 1 to ${count}`,
    })
  }
  return {
    count,
    text: place('textColumn', isAlone ? 1 : 2),
    label: isAlone && settings.labelColumn === undefined ? undefined : place('labelColumn', 1),
  }
}

function otherCount(
  { fields, line }: FieldRow,
  expected: number,
  { file, quoted }: ParserSettings,
): WordloomError {
  return new WordloomError('bad-data', {
    place: { file, line },
    found: `the row has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`,
    expected: `${expected}, as the first row has`,
    cure: quoted
      ? 'put a field with separators or line breaks in it in double quotes'
      : say`if fields are in double quotes, set ${option('quoted', true)}`,
  })
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(name => `"${name}"`)
  return names.length > 8 ? `${shown.join(', ')} and ${names.length - 8} more` : shown.join(', ')
}
