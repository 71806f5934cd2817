/** Letters to insert, leave out or change to make one word the other. By no library: workers of a page load this file, which no import map reaches. */
export function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row[j] = Math.min(before[j]! + 1, row[j - 1]! + 1, before[j - 1]! + Number(a[i - 1] !== b[j - 1]))
    before = row
  }
  return before[b.length]!
}

/** The words, the nearest ones first. */
export function byNearness(word: string, words: readonly string[]): string[] {
  return words.toSorted((one, other) => distance(word, one) - distance(word, other))
}
