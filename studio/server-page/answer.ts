/** Numbers of a vector that are shown. */
const SHOWN = 8
const LONGEST = 60_000

/** An answer as a person reads it: vectors cut short, which is said where it is done. */
export function readable(text: string): string {
  try {
    const shown = JSON.stringify(JSON.parse(text, cutShort), undefined, 2)
    return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}\n…` : shown
  } catch {
    return text.slice(0, LONGEST)
  }
}

function cutShort(_: string, value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= SHOWN || !value.every(x => typeof x === 'number')) return value
  return [...value.slice(0, SHOWN), `… ${(value.length - SHOWN).toLocaleString('en')} more numbers`]
}
