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
