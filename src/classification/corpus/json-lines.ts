import { option, say, WordloomError, type Words } from '../../errors.js'
import { LABELS, labelsIn } from './field-labels.js'
import type { LabelledLine } from './labelled-line.js'
import { lineParser } from './line-parser.js'
import type { ParserSettings, TextParser } from './text-parser.js'

/** JSON Lines: an object on each line, with a text and a label or a list of them. */
export function jsonLines(settings: ParserSettings): TextParser {
  const { file, textColumn = 'text', needsLabels } = settings
  return lineParser(file, (line, number) => {
    if (line.trim() === '') return undefined
    const value = objectIn(line, file, number)
    const text = value[textColumn]
    if (typeof text !== 'string')
      throw fault(file, number, {
        found: text === undefined ? `it has no "${textColumn}"` : `its "${textColumn}" is no text`,
        cure: say`name the field of the text with ${option('textColumn')}`,
      })
    const name = labelFieldOf(value, settings)
    if (name === undefined && needsLabels && settings.labelColumn !== undefined)
      throw fault(file, number, { found: `it has no "${settings.labelColumn}"` })
    const labels = labelsIn(name && value[name], settings.labelSeparator)
    if (!labels)
      throw fault(file, number, {
        found: `its "${name}" is neither a label nor a list of them`,
        cure: LABELS,
      })
    return { text, labels } satisfies LabelledLine
  })
}

function labelFieldOf(value: object, { labelColumn }: ParserSettings): string | undefined {
  return [labelColumn ?? ['label', 'labels']].flat().find(name => Object.hasOwn(value, name))
}

function objectIn(line: string, file: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {}
  if (number === 1 && line.trimStart().startsWith('['))
    throw fault(file, number, {
      found: 'this is a JSON array',
      cure: `put each object on a line of its own, as jq -c '.[]' ${file} does`,
    })
  throw fault(file, number, { found: 'it is no JSON object' })
}

function fault(
  file: string,
  line: number,
  { found, cure }: { readonly found: Words; readonly cure?: Words },
): WordloomError {
  return new WordloomError('bad-data', {
    place: { file, line },
    found,
    expected: 'an object such as {"text": "…", "label": "a"}, or with "labels", an array',
    cure,
  })
}
