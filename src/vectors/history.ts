import { parsedFact } from './parsed-fact.js'

/** Of the vectors themselves, not of how they came about, or too long to be kept for each run. */
const NOT_HISTORY = ['format', 'history', 'leftOutWords']

/** The runs that made vectors, the first one first, each with what their file said of it: corpus, options, loss. */
export function historyOf(metadata: Readonly<Record<string, string>>): unknown[] {
  const before = parsedFact(metadata.history)
  const last = Object.entries(metadata).filter(([key]) => !NOT_HISTORY.includes(key))
  return [
    ...(Array.isArray(before) ? before : []),
    ...(last.length > 0 ? [Object.fromEntries(last.map(([key, value]) => [key, parsedFact(value)]))] : []),
  ]
}
