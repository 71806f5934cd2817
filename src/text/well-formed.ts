import { WordloomError } from '../errors.js'

const LONE_SURROGATE = /\p{Surrogate}/u

/** In every engine that runs Wordloom, but not yet in TypeScript's library of ES2023. */
type WellFormedness = string & { isWellFormed(): boolean }

/** Whether every surrogate of a text has its other half. */
export function isWellFormed(text: string): boolean {
  return (text as WellFormedness).isWellFormed()
}

/**
 * The text itself. Throws `bad-data` if it holds half of a surrogate pair: UTF-8 has no such character, so
 * different words would silently become one.
 */
export function wellFormed(text: string): string {
  if (isWellFormed(text)) return text
  const at = text.search(LONE_SURROGATE)
  const unit = text.charCodeAt(at).toString(16).toUpperCase()
  throw new WordloomError('bad-data', {
    found: `the text ${JSON.stringify(text.slice(0, 40))} has a lone surrogate (U+${unit}) at index ${at}`,
    expected: 'well-formed Unicode',
    cure: 'repair it first, for example with toWellFormed()',
  })
}
