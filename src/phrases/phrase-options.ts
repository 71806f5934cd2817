import { option, say, WordloomError } from '../errors.js'
import {
  type Complete,
  checkNames,
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
import {
  type CorpusProgress,
  encodingOption,
  type TextEncodingName,
  type Tokenizer,
  type TokenizerName,
  tokenizers,
} from '../text/index.js'
import { type PhraseScoring, phraseScorings, usualThresholds } from './score.js'

/** How phrases are learned. */
export interface PhraseOptions {
  /**
   * Measure of how strongly two words attract each other. One of word2phrase, npmi; default 'word2phrase'.
   */
  readonly scoring?: PhraseScoring | undefined
  /**
   * Score above which a pair is a phrase, for all passes or for each. 1 or more numbers; default 100, and 0.5
   * for npmi.
   */
  readonly threshold?: number | readonly number[] | undefined
  /**
   * Number of times that a pair must be seen to be a phrase. A whole number from 1 up; default 5.
   *
   * With word2phrase it is also the discount, so that a pair takes one time more.
   */
  readonly minCount?: number | undefined
  /**
   * Words that may stand inside a phrase, but not at an end. An array of words; default none.
   *
   * `englishConnectors` are some.
   */
  readonly connectors?: readonly string[] | undefined
  /**
   * Rounds of finding phrases, each in what was joined before. A whole number from 1 to 10; default 1, or one
   * for each threshold.
   *
   * 2 gives phrases of up to four words.
   */
  readonly passes?: number | undefined
  /** Text between the words of a phrase; default '_'. */
  readonly separator?: string | undefined
  /**
   * How lines become words. One of words, whitespace; default 'words'.
   *
   * Or a function that cuts a line into words.
   */
  readonly tokenizer?: Tokenizer | undefined
  /** Threads that number words. A whole number from 1 to 256; default 1. */
  readonly threads?: number | undefined
  /**
   * Bytes of memory for the counts of pairs; with less, the text is read more often. A whole number from
   * 1,048,576 to 17,179,869,183; default 1 GiB.
   */
  readonly pairMemory?: number | undefined
  /**
   * Bytes of memory for the text as numbers of words, 4 a word; the rest goes to a temporary file. A whole
   * number from 0 up; default 1 GiB.
   */
  readonly idMemory?: number | undefined
  /**
   * Encoding of the text: bytes: UTF-8, keeping badly encoded bytes as they are; strict: UTF-8, refusing
   * badly encoded text; utf16: little-endian unless a byte order mark says otherwise; or any label of the
   * Encoding Standard, such as latin1, windows-1251, gbk, big5, shift_jis or euc-kr; default 'bytes'.
   */
  readonly encoding?: TextEncodingName | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: CorpusProgress) => void) | undefined
  /** Called with a sentence for each part of the text that was passed over. */
  readonly onWarning?: ((sentence: string) => void) | undefined
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
  encoding: encodingOption,
} as const satisfies OptionTable<Exclude<keyof PhraseOptions, 'signal' | 'onProgress' | 'onWarning'>>

/** The options with their defaults, a threshold for each pass. */
export interface CompletePhraseOptions
  extends Omit<Complete<typeof phraseOptionTable>, 'threshold' | 'passes' | 'tokenizer'>,
    Pick<PhraseOptions, 'signal' | 'onProgress' | 'onWarning'> {
  readonly thresholds: readonly number[]
  readonly tokenizer: Tokenizer
}

const ACTION = 'find phrases'

/** Throws `usage`, naming the option and what it must be. */
export function completePhraseOptions(given: PhraseOptions): CompletePhraseOptions {
  checkNames(phraseOptionTable, given, ['signal', 'onProgress', 'onWarning'], ACTION)
  const { threshold, tokenizer, signal, onProgress, onWarning, ...others } = given
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
  return { ...options, thresholds, tokenizer: custom ?? options.tokenizer, signal, onProgress, onWarning }
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
