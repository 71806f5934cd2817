import { option, say, WordloomError } from '../errors.js'
import type { CorpusProgress, Tokenizer } from '../text/index.js'
import { PairTable } from './pair-table.js'
import { type PhraseScoring, phraseScorings, usualThresholds } from './score.js'

/** How phrases are learned. */
export interface PhraseOptions {
  /** `word2phrase` (default) or `npmi`. */
  readonly scoring?: PhraseScoring
  /** Pairs that score higher are phrases: 100 for word2phrase, 0.5 for npmi; or one for each pass. */
  readonly threshold?: number | readonly number[]
  /** Pairs seen fewer times are none; with word2phrase also the discount, so that there it takes one time more. Default 5. */
  readonly minCount?: number
  /** Words that phrases may have inside, but not at an end; `englishConnectors` are some. Default none. */
  readonly connectors?: readonly string[]
  /** How often phrases are learned over what was joined before: 2 gives phrases of up to four words. Default 1. */
  readonly passes?: number
  /** Stands between the words of a phrase. Default '_'. */
  readonly separator?: string
  /** Default 'words'. */
  readonly tokenizer?: Tokenizer
  /** Threads that number words. Default 1. */
  readonly threads?: number
  /** Bytes of memory for the text as numbers of words; the rest goes to a temporary file. Default 1 GiB. */
  readonly idMemory?: number
  /** Bytes of memory for the counts of pairs; with less, the text is read more often. Default 1 GiB. */
  readonly pairMemory?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CorpusProgress) => void
}

/** The options with their defaults, a threshold for each pass. */
export interface CompletePhraseOptions {
  readonly scoring: PhraseScoring
  readonly thresholds: readonly number[]
  readonly minCount: number
  readonly connectors: readonly string[]
  readonly separator: string
  readonly pairMemory: number
}

const LEAST_PAIR_MEMORY = 1 << 20

/** Throws `usage`, naming the option and what it must be. */
export function completePhraseOptions(given: PhraseOptions): CompletePhraseOptions {
  const { scoring = 'word2phrase', minCount = 5, connectors = [], separator = '_' } = given
  const { pairMemory = 2 ** 30 } = given
  if (!phraseScorings.includes(scoring)) throw mustBe('scoring', scoring, phraseScorings.join(' or '))
  if (!Number.isSafeInteger(minCount) || minCount < 1)
    throw mustBe('minCount', minCount, 'a whole number from 1')
  if (!Array.isArray(connectors) || connectors.some(word => typeof word !== 'string'))
    throw mustBe('connectors', connectors, 'an array of words')
  if (typeof separator !== 'string' || /\s/.test(separator))
    throw mustBe('separator', separator, 'text without white space')
  if (!(pairMemory >= LEAST_PAIR_MEMORY && PairTable.pairsWithin(pairMemory) < 2 ** 28))
    throw mustBe('pairMemory', pairMemory, 'a number of bytes from 1,048,576 to 8,589,934,592')
  return { scoring, thresholds: thresholdsOf(given), minCount, connectors, separator, pairMemory }
}

function thresholdsOf({ scoring = 'word2phrase', threshold, passes }: PhraseOptions): readonly number[] {
  const given = threshold ?? usualThresholds[scoring]
  const list = Array.isArray(given) ? (given as readonly number[]) : undefined
  for (const value of list ?? [given])
    if (!Number.isFinite(value)) throw mustBe('threshold', value, 'a number')
  const count = passes ?? list?.length ?? 1
  if (!Number.isSafeInteger(count) || count < 1 || count > 10)
    throw mustBe('passes', count, 'a whole number from 1 to 10')
  if (list && list.length !== count)
    throw mustBe('threshold', `${list.length} numbers`, `one number, or ${count}, one for each pass`)
  return list ?? Array.from({ length: count }, () => given as number)
}

function mustBe(name: string, found: unknown, expected: string): WordloomError {
  const shown = typeof found === 'string' ? `"${found}"` : String(found)
  return new WordloomError('usage', {
    action: 'find phrases',
    found: say`${option(name)} is ${shown}`,
    expected: expected,
  })
}
