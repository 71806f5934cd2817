import type { Vocabulary } from '../../text/index.js'

/** Signs that may part the labels of a field. */
const signs = [';', '|', ',', '/'] as const
/** Of the first loss: a last one above this is hardly lower. */
const HARDLY_LOWER = 0.98

/** What in the labels looks like a mistake, a sentence each. Names come without the prefix. */
export function doubtsOfLabels(labels: Vocabulary, labelPrefix: string): string[] {
  const names = Array.from({ length: labels.size }, (_, id) => plainName(labels.word(id), labelPrefix))
  if (names.length === 1) return [`all lines have the label ${names[0]}, so that there is nothing to learn`]
  const known = new Set(names)
  return signs.flatMap(sign => {
    const joined = names.filter(name => isJoined(name.split(sign), known))
    if (joined.length === 0) return []
    const found =
      joined.length === 1
        ? `the label "${joined[0]}" is`
        : `${joined.length.toLocaleString('en')} labels, such as "${joined[0]}", are`
    return [`${found} made of other labels; if ${sign} parts labels, name it as the label separator`]
  })
}

/** Of losses by epoch. */
export function doubtsOfLosses(losses: readonly number[]): string[] {
  const [first = 0, last = 0] = [losses[0], losses.at(-1)]
  if (losses.length < 2 || last <= HARDLY_LOWER * first) return []
  return [
    `next to nothing was learned: the loss was ${first.toFixed(3)} a line in the first epoch, and ${last.toFixed(3)} in the last; ` +
      'give more lines, more epochs or a higher learning rate',
  ]
}

function isJoined(parts: readonly string[], known: ReadonlySet<string>): boolean {
  return parts.length > 1 && parts.every(part => known.has(part.trim()))
}

function plainName(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}
