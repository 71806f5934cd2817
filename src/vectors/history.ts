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

/** JSON as its value, other text as it is: a file may say anything. */
export function parsedFact(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
