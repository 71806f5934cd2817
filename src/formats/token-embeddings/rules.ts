/** An entry of a tokenizer.json, which may be anything. */
export type Entry = Readonly<Record<string, unknown>>

/** A rule of a tokenizer.json that is not known here, by its type. */
export class UnknownRule extends Error {
  constructor(part: string, entry: Entry) {
    super(`its ${part} is ${JSON.stringify(entry.type ?? null).slice(0, 60)}`)
  }
}

export function entryOf(value: unknown): Entry | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : undefined
}

/** Entries of a sequence, in order. */
export function entriesOf(value: unknown): Entry[] {
  return Array.isArray(value) ? value.map(entryOf).filter(entry => entry !== undefined) : []
}
