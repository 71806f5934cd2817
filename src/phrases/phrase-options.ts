import { option, say, WordloomError } from '../errors.js'
import {
  type Complete,
  choice,
  completed,
  integer,
  mustBe,
  numbers,
  type OptionTable,
  text,
  UNBOUNDED,
  words,
} from '../options/index.js'
import { type CorpusProgress, type Tokenizer, type TokenizerName, tokenizers } from '../text/index.js'
import { type PhraseScoring, phraseScorings, usualThresholds } from './score.js'

/** How phrases are learned. */
export interface PhraseOptions {
  /** `word2phrase` (default) or `npmi`. */
  readonly scoring?: PhraseScoring | undefined
  /** Pairs that score higher are phrases: 100 for word2phrase, 0.5 for npmi; or one for each pass. */
  readonly threshold?: number | readonly number[] | undefined
  /** Pairs seen fewer times are none; with word2phrase also the discount, so that there it takes one time more. Default 5. */
  readonly minCount?: number | undefined
  /** Words that phrases may have inside, but not at an end; `englishConnectors` are some. Default none. */
  readonly connectors?: readonly string[] | undefined
  /** How often phrases are learned over what was joined before: 2 gives phrases of up to four words. Default 1. */
  readonly passes?: number | undefined
  /** Stands between the words of a phrase. Default '_'. */
  readonly separator?: string | undefined
  /** Default 'words'. */
  readonly tokenizer?: Tokenizer | undefined
  /** Threads that number words. Default 1. */
  readonly threads?: number | undefined
  /** Bytes of memory for the counts of pairs; with less, the text is read more often. Default 1 GiB. */
  readonly pairMemory?: number | undefined
  /** Bytes of memory for the text as numbers of words; the rest goes to a temporary file. Default 1 GiB. */
  readonly idMemory?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: CorpusProgress) => void) | undefined
}

/** With more, a table of pairs would be longer than the 31 bits of its indexes reach. */
const MOST_PAIR_MEMORY = 2 ** 34 - 1

/** Every option of finding phrases: types, defaults, ranges, flags and help. */
export const phraseOptionTable = {
  scoring: choice('word2phrase', phraseScorings, 'measure of how strongly two words attract each other'),
  threshold: numbers(
    undefined,
    { kind: 'number', min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
    1,
    'score above which a pair is a phrase, for all passes or for each',
    { otherwise: `${usualThresholds.word2phrase}, and ${usualThresholds.npmi} for npmi` },
  ),
  minCount: integer(5, 1, UNBOUNDED, 'number of times that a pair must be seen to be a phrase'),
  connectors: words([], 'words that may stand inside a phrase, but not at an end'),
  passes: integer(undefined, 1, 10, 'rounds of finding phrases, each in what was joined before', {
    otherwise: '1, or one for each threshold',
  }),
  separator: text('_', 'text between the words of a phrase'),
  tokenizer: choice('words', Object.keys(tokenizers) as TokenizerName[], 'how lines become words'),
  threads: integer(1, 1, 256, 'threads that number words'),
  pairMemory: integer(
    2 ** 30,
    2 ** 20,
    MOST_PAIR_MEMORY,
    'bytes of memory for the counts of pairs; with less, the text is read more often',
    { otherwise: '1 GiB' },
  ),
  idMemory: integer(
    2 ** 30,
    0,
    Number.MAX_SAFE_INTEGER,
    'bytes of memory for the text as numbers of words, 4 a word; the rest goes to a temporary file',
    { otherwise: '1 GiB' },
  ),
} as const satisfies OptionTable<Exclude<keyof PhraseOptions, 'signal' | 'onProgress'>>

/** The options with their defaults, a threshold for each pass. */
export interface CompletePhraseOptions
  extends Omit<Complete<typeof phraseOptionTable>, 'threshold' | 'passes' | 'tokenizer'>,
    Pick<PhraseOptions, 'signal' | 'onProgress'> {
  readonly thresholds: readonly number[]
  readonly tokenizer: Tokenizer
}

const ACTION = 'find phrases'

/** Throws `usage`, naming the option and what it must be. */
export function completePhraseOptions(given: PhraseOptions): CompletePhraseOptions {
  const { threshold, tokenizer, signal, onProgress, ...others } = given
  const custom = typeof tokenizer === 'function' ? tokenizer : undefined
  const named = typeof tokenizer === 'function' ? undefined : tokenizer
  const { passes, ...options } = completed(
    phraseOptionTable,
    { ...others, threshold: listOf(threshold), tokenizer: named },
    ACTION,
  )
  if (/\s/.test(options.separator))
    throw mustBe('separator', options.separator, 'text without white space', ACTION)
  const thresholds = thresholdsOf(options.threshold ?? [usualThresholds[options.scoring]], passes)
  return { ...options, thresholds, tokenizer: custom ?? options.tokenizer, signal, onProgress }
}

/** A value that is no threshold stays as it is, so that the error shows it as it was given. */
function listOf(threshold: PhraseOptions['threshold']): readonly number[] | undefined {
  return Number.isFinite(threshold) ? [threshold as number] : (threshold as readonly number[] | undefined)
}

function thresholdsOf(given: readonly number[], passes = given.length): readonly number[] {
  if (given.length === passes) return given
  if (given.length === 1) return Array.from({ length: passes }, () => given[0]!)
  throw new WordloomError('usage', {
    action: ACTION,
    found: say`${option('threshold')} has ${given.length} numbers, and ${option('passes')} is ${passes}`,
    expected: `one number, or ${passes}, one for each pass`,
  })
}
