import { option, say, WordloomError } from '../../errors.js'
import {
  type Complete,
  choice,
  completed,
  integer,
  number,
  type OptionTable,
  words,
} from '../../options/index.js'
import { objectives } from '../../reference/index.js'
import { LONGEST_NGRAM } from '../../text/inner.js'
import { cleaningOptionTable } from '../cleaning.js'
import { ACTION } from './layout.js'

/** Every option of training a classifier: types, defaults, ranges, flags and help all come from it. */
export const trainClassifierOptionTable = {
  objective: choice(
    'softmax',
    objectives.map(({ name }) => name),
    'how labels are scored: softmax: one of all; one-vs-all: each on its own, for lines with several labels or none; hierarchical-softmax: along a tree, for thousands of labels; negative-sampling: against noise labels',
    { elsewhere: { fasttext: '-loss' } },
  ),
  dimensions: integer(20, 1, 8192, 'numbers in a row', {
    otherwise: '20, or as many as the vectors have to start from',
    elsewhere: { fasttext: '-dim' },
  }),
  epochs: integer(undefined, 1, 100_000, 'passes over the lines', {
    otherwise: 'as many as take 50,000 lines in all, from 5 to 50',
    elsewhere: { fasttext: '-epoch' },
  }),
  learningRate: number(0.5, 1e-9, 1000, 'size of the first steps; they fall to 0 in a straight line', {
    elsewhere: { fasttext: '-lr' },
  }),
  wordNgrams: integer(2, 1, LONGEST_NGRAM, 'words in the longest n-grams of words, 1 for none', {
    elsewhere: { fasttext: '-wordNgrams' },
  }),
  minNgram: integer(
    3,
    1,
    LONGEST_NGRAM,
    'characters of the shortest n-grams in words, with < and > at their ends',
    {
      elsewhere: { fasttext: '-minn' },
    },
  ),
  maxNgram: integer(6, 0, LONGEST_NGRAM, 'characters of the longest n-grams in words, 0 for none', {
    elsewhere: { fasttext: '-maxn' },
  }),
  buckets: integer(
    undefined,
    1,
    2 ** 30,
    'number of buckets for n-grams: those in one bucket share a row, and empty buckets take no memory',
    {
      otherwise: 'as many as the lines have n-grams, raised to a power of two, and 2,097,152 at most',
      elsewhere: { fasttext: '-bucket' },
    },
  ),
  minCount: integer(1, 1, 2 ** 31, 'words seen fewer times have no row of their own', {
    elsewhere: { fasttext: '-minCount' },
  }),
  minLabelCount: integer(1, 1, 2 ** 31, 'labels seen fewer times are ignored', {
    elsewhere: { fasttext: '-minCountLabel' },
  }),
  negativeSamples: integer(5, 1, 200, 'noise labels to reject for each label, for negative-sampling', {
    elsewhere: { fasttext: '-neg' },
  }),
  noiseExponent: number(0.5, -1, 1, 'noise labels are drawn in proportion to count^exponent'),
  classWeights: choice(
    'none',
    ['none', 'balanced'],
    'none: each line counts alike; balanced: each label counts alike, its lines N / (labels · count) times',
  ),
  labelWeights: words(
    undefined,
    'weights of the lines of labels, each as label=number; other lines weigh 1',
    {
      otherwise: 'none',
    },
  ),
  heldOut: number(0, 0, 0.5, 'share of the lines set aside to measure the loss on after each epoch'),
  ...cleaningOptionTable,
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw', {
    elsewhere: { fasttext: '-seed' },
  }),
  threads: integer(
    0,
    0,
    256,
    'worker threads, 0 for one per processor; the bytes do not depend on it. They share the columns, 24 or more each, so that 20 dimensions take one',
    { elsewhere: { fasttext: '-thread' } },
  ),
  simd: choice(
    'plain',
    ['plain', 'relaxed', 'fastest', 'none'],
    'plain: the same bytes on every machine; relaxed: fused multiply-add, faster; fastest: relaxed if the engine has it, else plain; none: the readable reference, slow',
  ),
} as const satisfies OptionTable<keyof ClassifierOptions>

type Table = typeof trainClassifierOptionTable

type Values = Complete<Table>

/** Every option of training with its value. */
export interface ClassifierOptions {
  /**
   * How labels are scored: softmax: one of all; one-vs-all: each on its own, for lines with several labels or
   * none; hierarchical-softmax: along a tree, for thousands of labels; negative-sampling: against noise
   * labels. One of negative-sampling, hierarchical-softmax, softmax, one-vs-all; default 'softmax'. In
   * fastText: -loss.
   */
  readonly objective: Values['objective']
  /**
   * Numbers in a row. A whole number from 1 to 8,192; default 20, or as many as the vectors have to start
   * from. In fastText: -dim.
   */
  readonly dimensions: Values['dimensions']
  /**
   * Passes over the lines. A whole number from 1 to 100,000; default as many as take 50,000 lines in all,
   * from 5 to 50. In fastText: -epoch.
   */
  readonly epochs: Values['epochs']
  /**
   * Size of the first steps; they fall to 0 in a straight line. A number from 1e-9 to 1,000; default 0.5. In
   * fastText: -lr.
   */
  readonly learningRate: Values['learningRate']
  /**
   * Words in the longest n-grams of words, 1 for none. A whole number from 1 to 100; default 2. In fastText:
   * -wordNgrams.
   */
  readonly wordNgrams: Values['wordNgrams']
  /**
   * Characters of the shortest n-grams in words, with < and > at their ends. A whole number from 1 to 100;
   * default 3. In fastText: -minn.
   */
  readonly minNgram: Values['minNgram']
  /**
   * Characters of the longest n-grams in words, 0 for none. A whole number from 0 to 100; default 6. In
   * fastText: -maxn.
   */
  readonly maxNgram: Values['maxNgram']
  /**
   * Number of buckets for n-grams: those in one bucket share a row, and empty buckets take no memory. A whole
   * number from 1 to 1,073,741,824; default as many as the lines have n-grams, raised to a power of two, and
   * 2,097,152 at most. In fastText: -bucket.
   */
  readonly buckets: Values['buckets']
  /**
   * Words seen fewer times have no row of their own. A whole number from 1 up; default 1. In fastText:
   * -minCount.
   */
  readonly minCount: Values['minCount']
  /**
   * Labels seen fewer times are ignored. A whole number from 1 up; default 1. In fastText: -minCountLabel.
   */
  readonly minLabelCount: Values['minLabelCount']
  /**
   * Noise labels to reject for each label, for negative-sampling. A whole number from 1 to 200; default 5. In
   * fastText: -neg.
   */
  readonly negativeSamples: Values['negativeSamples']
  /** Noise labels are drawn in proportion to count^exponent. A number from -1 to 1; default 0.5. */
  readonly noiseExponent: Values['noiseExponent']
  /**
   * None: each line counts alike; balanced: each label counts alike, its lines N / (labels · count) times.
   * One of none, balanced; default 'none'.
   */
  readonly classWeights: Values['classWeights']
  /**
   * Weights of the lines of labels, each as label=number; other lines weigh 1. An array of words; default
   * none.
   */
  readonly labelWeights: Values['labelWeights']
  /**
   * Share of the lines set aside to measure the loss on after each epoch. A number from 0 to 0.5; default 0.
   */
  readonly heldOut: Values['heldOut']
  /** Take capitals for small letters. True or false; default false. */
  readonly lowercase: Values['lowercase']
  /**
   * Marks of punctuation: kept in words, apart as words of their own, or dropped. One of kept, apart,
   * dropped; default 'kept'.
   */
  readonly punctuation: Values['punctuation']
  /** Start of every random draw. A whole number from 0 up; default 1. In fastText: -seed. */
  readonly seed: Values['seed']
  /**
   * Worker threads, 0 for one per processor; the bytes do not depend on it. They share the columns, 24 or
   * more each, so that 20 dimensions take one. A whole number from 0 to 256; default 0. In fastText: -thread.
   */
  readonly threads: Values['threads']
  /**
   * Plain: the same bytes on every machine; relaxed: fused multiply-add, faster; fastest: relaxed if the
   * engine has it, else plain; none: the readable reference, slow. One of plain, relaxed, fastest, none;
   * default 'plain'.
   */
  readonly simd: Values['simd']
}

/** The same once the lines are read, on which the epochs depend if they are not given. */
export type ReadyOptions = ClassifierOptions & { readonly epochs: number }

/** Lines that few epochs of a small text would not show often enough. */
const LINES_IN_ALL = 50_000
const [FEWEST_EPOCHS, MOST_EPOCHS] = [5, 50]

export function readyOptions(options: ClassifierOptions, lines: number): ReadyOptions {
  const enough = Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.round(LINES_IN_ALL / lines)))
  return { ...options, epochs: options.epochs ?? enough }
}

export type ClassifierOptionName = keyof Table

/** The options that are given, checked, with the defaults of the others. Throws `usage`. */
export function completeClassifierOptions(given: Partial<ClassifierOptions>): ClassifierOptions {
  const options = completed(trainClassifierOptionTable, given, ACTION)
  const { minNgram, maxNgram } = options
  if (maxNgram > 0 && minNgram > maxNgram)
    throw new WordloomError('usage', {
      action: ACTION,
      found: say`${option('minNgram')} is ${minNgram} and ${option('maxNgram')} is ${maxNgram}`,
      expected: say`${option('minNgram')} at most as large as ${option('maxNgram')}, or 0 as ${option('maxNgram')}`,
    })
  return options
}

/** The options that shape the result, as JSON: not the number of threads. */
export function recordedClassifierOptions({ threads: _, ...options }: ClassifierOptions): string {
  return JSON.stringify(options)
}
