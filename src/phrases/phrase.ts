import type { PhraseScoring } from './score.js'

/** Words that belong together. */
export interface Phrase {
  /** Two words with connector words between them; a word may be a phrase of an earlier pass (new_york, times). */
  readonly words: readonly string[]
  /** How often they stood together in the text. */
  readonly count: number
  readonly score: number
}

/** The phrases of one reading; the next one saw them as words. */
export interface PhrasePass {
  readonly threshold: number
  /** The best first. */
  readonly phrases: readonly Phrase[]
}

/** What a Phrases is made of. */
export interface PhrasesParts {
  readonly scoring: PhraseScoring
  readonly minCount: number
  /** Stands between the words of a phrase. */
  readonly separator: string
  readonly connectors: readonly string[]
  readonly passes: readonly PhrasePass[]
}
