/**
 * Letters to insert, leave out or change to make one word the other (Levenshtein 1966), in units of UTF-16. By no library:
 * workers of a page load this file, which no import map reaches.
 */
export function distance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    let before = row[0]!
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      row[j] = a[i - 1] === b[j - 1] ? before : 1 + Math.min(before, above, row[j - 1]!)
      before = above
    }
  }
  return row[b.length]!
}

/** The words, the nearest ones first. */
export function byNearness(word: string, words: readonly string[]): string[] {
  return words.toSorted((one, other) => distance(word, one) - distance(word, other))
}

/** Of so many letters one may be wrong. */
const LETTERS_A_SLIP = 5
/** Fewer letters are no beginning of a word. */
const LEAST_BEGINNING = 3

/**
 * The one of these words that is meant by another: the same but for signs and case (skipgram, latin-1), the only one
 * with these initials (hs, ova) or that begins so, or one with few slips. Undefined if there is none.
 */
export function meantBy(word: unknown, words: readonly string[]): string | undefined {
  if (typeof word !== 'string' || word === '') return undefined
  const bare = bareOf(word)
  const same = words.find(known => bareOf(known) === bare)
  if (same !== undefined) return same
  const initialed = words.filter(known => bare.length > 1 && initialsOf(known) === bare)
  if (initialed.length === 1) return initialed[0]
  const begun = bare.length < LEAST_BEGINNING ? [] : words.filter(known => bareOf(known).startsWith(bare))
  if (begun.length > 0) return begun.length === 1 ? begun[0] : undefined
  const near = byNearness(word, words)[0]
  return near !== undefined && distance(bare, bareOf(near)) * LETTERS_A_SLIP <= bare.length ? near : undefined
}

/** one-vs-all: ova */
function initialsOf(word: string): string {
  return word
    .split('-')
    .map(part => part.charAt(0))
    .join('')
    .toLowerCase()
}

function bareOf(word: string): string {
  return word.replace(/[-_ ]/g, '').toLowerCase()
}
