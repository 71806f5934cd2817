import { option, say, WordloomError } from '../../errors.js'
import type { Filter, FilterValue } from '../../retrieval/index.js'

/** `field=value` or `field=a,b`; a value that reads as a number, true, false or null is asked for both ways. */
export function filterOf(texts: readonly string[] | undefined): Filter | undefined {
  if (texts === undefined) return undefined
  const entries = texts.map((text, i) => {
    const at = text.indexOf('=')
    if (at < 1)
      throw new WordloomError('usage', {
        found: say`${option('filter')} is "${text}"`,
        expected: 'a field and a value, such as lang=en',
      })
    const field = text.slice(0, at)
    const before = texts.slice(0, i).filter(other => other.startsWith(`${field}=`))
    if (before.length > 0) throw namedTwice(field, [...before, text])
    const values = text.slice(at + 1).split(',')
    return [field, { in: values.flatMap(readings) }] as const
  })
  return Object.fromEntries(entries)
}

function namedTwice(field: string, texts: readonly string[]): WordloomError {
  const values = texts.map(text => text.slice(field.length + 1))
  return new WordloomError('usage', {
    found: say`${option('filter')} names ${field} twice`,
    cure: say`for any of the values, write ${option('filter', `${field}=${values.join(',')}`)}`,
  })
}

function readings(text: string): FilterValue[] {
  if (['true', 'false', 'null'].includes(text)) return [text, JSON.parse(text) as FilterValue]
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) ? [text, number] : [text]
}
