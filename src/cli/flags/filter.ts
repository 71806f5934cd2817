import { option, say, WordloomError } from '../../errors.js'
import type { Filter, FilterValue } from '../../retrieval/index.js'

/** `field=value` or `field=a,b`; a value that reads as a number, true, false or null is asked for both ways. */
export function filterOf(texts: readonly string[] | undefined): Filter | undefined {
  if (texts === undefined) return undefined
  const entries = texts.map(text => {
    const at = text.indexOf('=')
    if (at < 1)
      throw new WordloomError('usage', {
        found: say`${option('filter')} is "${text}"`,
        expected: 'a field and a value, such as lang=en',
      })
    return [
      text.slice(0, at),
      {
        in: text
          .slice(at + 1)
          .split(',')
          .flatMap(readings),
      },
    ] as const
  })
  return Object.fromEntries(entries)
}

function readings(text: string): FilterValue[] {
  if (['true', 'false', 'null'].includes(text)) return [text, JSON.parse(text) as FilterValue]
  const number = Number(text)
  return text.trim() !== '' && Number.isFinite(number) ? [text, number] : [text]
}
