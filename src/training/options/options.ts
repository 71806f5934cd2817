import { type Complete, checkNames, completed } from '../../options/index.js'
import type { Tokenizer, TokenizerName } from '../../text/index.js'
import { optionTable } from './option-table.js'

export type OptionName = keyof typeof optionTable

type Values = Complete<typeof optionTable>

/** Every training option with its value. */
export interface TrainingOptions {
  /**
   * Numbers in a word vector. A whole number from 1 to 8,192; default 100. In word2vec.c: -size; in gensim:
   * vector_size; in fastText: -dim.
   */
  readonly dimensions: Values['dimensions']
  /**
   * Skip-gram: each center word predicts every word of its window; cbow: all words of a window together
   * predict its middle; to learn each line as a document too: pv-dm: the document and the words of a window
   * together predict its middle; pv-dbow: the document alone predicts its words; pv-dbow-skip-gram: pv-dbow
   * and skip-gram in turn. One of skip-gram, cbow, pv-dm, pv-dbow, pv-dbow-skip-gram; default 'skip-gram'. In
   * word2vec.c: -cbow; in gensim: sg; in fastText: cbow.
   */
  readonly architecture: Values['architecture']
  /**
   * How predictions are scored: negative-sampling: against noise words; hierarchical-softmax: along a path
   * through a Huffman tree; softmax: against all words, exact and slow; one-vs-all: told from every other
   * word, each on its own, slow. One of negative-sampling, hierarchical-softmax, softmax, one-vs-all; default
   * 'negative-sampling'. In word2vec.c: -hs; in gensim: hs; in fastText: -loss.
   */
  readonly objective: Values['objective']
  /**
   * For cbow, how the words of a window make one vector. One of mean, sum; default 'mean'. In gensim:
   * cbow_mean.
   */
  readonly bag: Values['bag']
  /**
   * Gradient of a mean: exact: each word takes its share, as calculus says; undivided: each word takes all of
   * it, as in word2vec.c, gensim and fastText. One of exact, undivided; default 'undivided'.
   */
  readonly bagGradient: Values['bagGradient']
  /**
   * Learn vectors of n-grams of characters with those of words, as fastText does. True or false; default
   * false.
   */
  readonly subwords: Values['subwords']
  /**
   * Characters of the shortest sub-words, with < and > at the ends of a word. A whole number from 1 to 100;
   * default 3. In gensim: min_n; in fastText: -minn.
   */
  readonly minNgram: Values['minNgram']
  /**
   * Characters of the longest sub-words. A whole number from 1 to 100; default 6. In gensim: max_n; in
   * fastText: -maxn.
   */
  readonly maxNgram: Values['maxNgram']
  /**
   * Number of buckets for sub-words: those in one bucket share a vector, and empty buckets take no memory. A
   * whole number from 1 to 1,073,741,824; default 2,000,000. In gensim: bucket; in fastText: -bucket.
   */
  readonly buckets: Values['buckets']
  /**
   * Passes over the text. A whole number from 1 to 100,000; default 5. In word2vec.c: -iter; in gensim:
   * epochs; in fastText: -epoch.
   */
  readonly epochs: Values['epochs']
  /**
   * Words to each side of a center word, shrunken at random to 1 … window. A whole number from 1 to 1,000;
   * default 5. In word2vec.c: -window; in gensim: window; in fastText: -ws.
   */
  readonly window: Values['window']
  /**
   * How far windows reach: random: 1 … window words, drawn for each center word; full: always window;
   * sentence: every pair of a sentence, for baskets and other sets. One of random, full, sentence; default
   * 'random'. In gensim: shrink_windows.
   */
  readonly reach: Values['reach']
  /**
   * Noise words to reject for each word to recognise. A whole number from 1 to 200; default 5. In word2vec.c:
   * -negative; in gensim: negative; in fastText: -neg.
   */
  readonly negativeSamples: Values['negativeSamples']
  /**
   * Noise words are drawn in proportion to count^exponent; below 0 rare words more often than frequent ones.
   * A number from -1 to 1; default 0.75. In gensim: ns_exponent.
   */
  readonly noiseExponent: Values['noiseExponent']
  /**
   * Share of the text above which a word is thinned out; 0 keeps every token. A number from 0 to 1; default
   * 0.001. In word2vec.c: -sample; in gensim: sample; in fastText: -t.
   */
  readonly subsampling: Values['subsampling']
  /**
   * Size of the first steps; 0.05 if a word is predicted once, as in cbow; an exact bagGradient needs 0.1 or
   * more. A number from 1e-9 to 100; default 0.025. In word2vec.c: -alpha; in gensim: alpha; in fastText:
   * -lr.
   */
  readonly learningRate: Values['learningRate']
  /**
   * Size of the last steps, reached in a straight line. A number from 0 to 100; default 0. In gensim:
   * min_alpha.
   */
  readonly minLearningRate: Values['minLearningRate']
  /**
   * Words seen fewer times are ignored. A whole number from 1 up; default 5. In word2vec.c: -min-count; in
   * gensim: min_count; in fastText: -minCount.
   */
  readonly minCount: Values['minCount']
  /**
   * The most frequent words only, at most this many. A whole number from 2 up; default all. In gensim:
   * max_final_vocab.
   */
  readonly maxWords: Values['maxWords']
  /**
   * Words that minCount and maxWords do not leave out, if the text has them. An array of words; default none.
   * In gensim: trim_rule.
   */
  readonly keepWords: Values['keepWords']
  /**
   * Share of the text set aside to measure the loss on after each epoch. A number from 0 to 0.5; default 0.
   */
  readonly heldOut: Values['heldOut']
  /**
   * Epochs without a lower held-out loss after which training ends, with the vectors of the best epoch; 0 for
   * never. A whole number from 0 to 1,000; default 0.
   */
  readonly patience: Values['patience']
  /** How lines become words. One of words, whitespace; default 'words'. */
  readonly tokenizer: TokenizerName | Tokenizer
  /**
   * Longest token, in bytes of UTF-8; longer ones are ignored. A whole number from 1 to 1,000; default 1,000.
   */
  readonly maxTokenBytes: Values['maxTokenBytes']
  /**
   * Encoding of the text: bytes: UTF-8, keeping badly encoded bytes as they are; strict: UTF-8, refusing
   * badly encoded text; utf16: little-endian unless a byte order mark says otherwise; or any label of the
   * Encoding Standard, such as latin1, windows-1251, gbk, big5, shift_jis or euc-kr; default 'bytes'.
   */
  readonly encoding: Values['encoding']
  /**
   * Bytes that a compressed text may unpack to. A whole number from 1 up; default 1 TiB, and a thousand times
   * its size past 1 GiB.
   */
  readonly maxDecompressed: Values['maxDecompressed']
  /** Start of every random draw. A whole number from 0 up; default 1. In gensim: seed; in fastText: -seed. */
  readonly seed: Values['seed']
  /**
   * Worker threads, 0 for one per processor; only skip-gram with negative-sampling and without sub-words
   * trains on more than one, unless schedule is windows. A whole number from 0 to 256; default 0. In
   * word2vec.c: -threads; in gensim: workers; in fastText: -thread.
   */
  readonly threads: Values['threads']
  /**
   * Bytes of memory for the text as numbers of words, 4 a word; the rest goes to a temporary file. A whole
   * number from 0 up; default 1 GiB.
   */
  readonly idMemory: Values['idMemory']
  /**
   * Bytes that the whole process may take, checked before memory is taken; 0 for all that the machine has. A
   * whole number from 0 up; default 0.
   */
  readonly maxMemory: Values['maxMemory']
  /**
   * Blocks: the same bytes for any number of threads; windows: in the order of the text, reproducible on one
   * thread only; auto: blocks, or windows on one thread if there is little text. One of auto, blocks,
   * windows; default 'auto'.
   */
  readonly schedule: Values['schedule']
  /**
   * Parts of the vocabulary, for blocks: no more threads than parts can share the work, and the result
   * depends on the number; 0 to choose by the size of the vocabulary. A whole number from 0 to 64; default 0.
   */
  readonly parts: Values['parts']
  /**
   * Plain: the same bytes on every machine; relaxed: fused multiply-add, faster; fastest: relaxed if the
   * engine has it, else plain; none: the readable reference, slow. One of plain, relaxed, fastest, none;
   * default 'plain'.
   */
  readonly simd: Values['simd']
}

/** Fills in defaults and checks every value against the table. Throws `usage`, naming option and range. */
export function completeOptions(given: Partial<TrainingOptions>): TrainingOptions {
  checkNames(optionTable, given)
  const { tokenizer, ...others } = given
  if (typeof tokenizer !== 'function') return completed(optionTable, { ...others, tokenizer })
  return { ...completed(optionTable, others), tokenizer }
}

/** The options that a saved model was made with, if this version knows them; undefined if the file has none. */
export function optionsIn(metadata: Readonly<Record<string, string>>): TrainingOptions | undefined {
  if (metadata.options === undefined) return undefined
  const found = Object.entries(JSON.parse(metadata.options) as Record<string, unknown>)
  const known = found.filter(([name, value]) => Object.hasOwn(optionTable, name) && value !== 'custom')
  return completeOptions(Object.fromEntries(known))
}
