import { WordloomError } from '../../errors.js'
import { kindOf } from '../../options/index.js'
import { LABELS, labelsIn } from './field-labels.js'
import type { LabelledLine } from './labelled-line.js'
import { ACTION } from './labelled-source.js'

/** A line from an object of a program. `number` is its place, from 1. Throws `usage`. */
export function givenLine(item: unknown, number: number): LabelledLine {
  if (typeof item !== 'object' || item === null || Array.isArray(item) || ArrayBuffer.isView(item))
    throw fault(number, ArrayBuffer.isView(item) ? 'it is bytes' : `it is ${kindOf(item)}`)
  const { text, label, labels = label } = item as { text?: unknown; label?: unknown; labels?: unknown }
  if (typeof text !== 'string') throw fault(number, `its text is ${kindOf(text)}`)
  const names = labelsIn(labels, undefined)
  if (!names) throw fault(number, 'its labels are neither a label nor a list of them', LABELS)
  return { text, labels: names }
}

function fault(number: number, found: string, cure?: string): WordloomError {
  return new WordloomError('usage', {
    action: ACTION,
    place: { part: `line ${number.toLocaleString('en')}` },
    found,
    expected: '{ text, label } or { text, labels }',
    ...(cure && { cure }),
  })
}
