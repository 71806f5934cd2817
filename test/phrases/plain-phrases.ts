import { MOST_CONNECTORS, type PhraseScoring } from 'wordloom/phrases'

export interface PlainOptions {
  readonly scoring: PhraseScoring
  readonly connectors: readonly string[]
  readonly minCount: number
  readonly threshold: number
  readonly passes: number
}

/** Sentences with their phrases joined: maps of strings, everything in memory, each pass over the text before. */
export function plainPhrases(text: readonly (readonly string[])[], options: PlainOptions): string[][] {
  let joined = text.map(sentence => [...sentence])
  for (let pass = 0; pass < options.passes; pass++) joined = onePass(joined, options)
  return joined
}

function onePass(text: readonly string[][], options: PlainOptions): string[][] {
  const { connectors, minCount } = options
  const counts = new Map<string, number>()
  for (const word of text.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  const tokens = text.flat().length
  const isRare = (word: string) => counts.get(word)! < minCount
  const pairs = new Map<string, number>()
  for (const sentence of text)
    for (let i = 0; i < sentence.length; i++) {
      const end = pairEnd(sentence, i, connectors)
      if (end < 0 || isRare(sentence[i]!) || isRare(sentence[end]!)) continue
      const pair = sentence.slice(i, end + 1).join(' ')
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
    }
  const isPhrase = (words: readonly string[]) => {
    const ab = pairs.get(words.join(' ')) ?? 0
    if (ab === 0) return false
    const [a, b] = [counts.get(words[0]!)!, counts.get(words.at(-1)!)!]
    return scoreOf(a, b, ab, tokens, options) > options.threshold
  }
  return text.map(sentence => {
    const joined: string[] = []
    for (let i = 0; i < sentence.length; i++) {
      const end = pairEnd(sentence, i, connectors)
      const words = sentence.slice(i, end + 1)
      if (end > 0 && isPhrase(words)) {
        joined.push(words.join('_'))
        i = end
      } else joined.push(sentence[i]!)
    }
    return joined
  })
}

/** Where the pair that begins at i ends: at the next word that is no connector; −1 where there is none. */
function pairEnd(sentence: readonly string[], i: number, connectors: readonly string[]): number {
  if (connectors.includes(sentence[i]!)) return -1
  let end = i + 1
  while (end < sentence.length && connectors.includes(sentence[end]!)) end++
  return end < sentence.length && end - i - 1 <= MOST_CONNECTORS ? end : -1
}

function scoreOf(a: number, b: number, ab: number, tokens: number, options: PlainOptions): number {
  if (options.scoring === 'word2phrase') return ((ab - options.minCount) / a / b) * tokens
  if (ab < options.minCount) return Number.NEGATIVE_INFINITY
  if (ab === tokens) return 1
  return Math.log((ab / a / b) * tokens) / -Math.log(ab / tokens)
}
