import { Random } from '#math/random'

/** By first word, how often each second word follows in ten sentences of two words. */
const followers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  strong: { tea: 7, coffee: 2, wind: 1 },
  hot: { tea: 3, coffee: 6, sun: 1 },
  bright: { sun: 8, wind: 1, tea: 1 },
}

/** Sentences whose second word follows the first with known probabilities; frequent first words make those unlike the counts. */
export function knownText(sentences: number): string[][] {
  const random = new Random(3, 3)
  const firsts = ['strong', 'strong', 'strong', 'hot', 'hot', 'bright']
  return Array.from({ length: sentences }, () => {
    const first = firsts[random.below(firsts.length)]!
    const seconds = Object.entries(followers[first]!).flatMap(([word, times]) => Array(times).fill(word))
    return [first, seconds[random.below(seconds.length)]!]
  })
}

/** The probability of a second word after a first. */
export function known(first: string, second: string): number {
  return (followers[first]![second] ?? 0) / 10
}

export const firstWords = Object.keys(followers)
export const secondWords = ['tea', 'coffee', 'wind', 'sun']
