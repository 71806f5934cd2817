/** How strongly two words attract each other. */
export const phraseScorings = ['word2phrase', 'npmi'] as const
export type PhraseScoring = (typeof phraseScorings)[number]

/** How often something was seen. */
export interface PairCounts {
  readonly first: number
  readonly second: number
  readonly together: number
  /** Of the text: all its tokens. */
  readonly tokens: number
  /** Pairs seen fewer times are no phrases; also the discount δ of word2phrase. */
  readonly minCount: number
}

/**
 * The score of a pair; it is a phrase if that is above the threshold.
 *
 * `word2phrase`: (together − δ) · tokens / (first · second) (Mikolov et al. 2013b, eq. 6, times the size of the text,
 * as word2phrase.c has it), from 0 up. `npmi`: ln(p(ab) / (p(a) p(b))) / −ln p(ab) (Bouma 2009), −1 … 1.
 */
export const scores: Readonly<Record<PhraseScoring, (counts: PairCounts) => number>> = {
  word2phrase: ({ first, second, together, tokens, minCount }) =>
    ((together - minCount) / first / second) * tokens,
  npmi: ({ first, second, together, tokens, minCount }) => {
    if (together < minCount) return Number.NEGATIVE_INFINITY
    if (together === tokens) return 1
    return Math.log((together / first / second) * tokens) / -Math.log(together / tokens)
  },
}

/** Thresholds that other programs begin with: word2phrase's 100, and half of the way to "always together". */
export const usualThresholds: Readonly<Record<PhraseScoring, number>> = { word2phrase: 100, npmi: 0.5 }
