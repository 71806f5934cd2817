import { choice, flag, integer, number, words } from '../../options/index.js'
import { type Architecture, architectures, type Objective, objectives } from '../../reference/index.js'
import { encodingOption, MAX_TOKEN_BYTES, type TokenizerName, tokenizers } from '../../text/index.js'
import { LONGEST_NGRAM } from '../../text/inner.js'
import { namesOf } from './entry-names.js'

/** The one table of training options: types, defaults, ranges, flags, help and metadata all come from it. */
export const optionTable = {
  dimensions: integer(100, 1, 8192, 'numbers in a word vector', {
    elsewhere: {
      word2vec: '-size',
      gensim: 'vector_size',
      fasttext: '-dim',
    },
  }),
  architecture: choice(
    architectures[0].name,
    architectures.map(({ name }) => name),
    `${helpOf(architectures.filter(one => !('hasDocuments' in one)))}; to learn each line as a document too: ${helpOf(architectures.filter(one => 'hasDocuments' in one))}`,
    { elsewhere: { word2vec: '-cbow', gensim: 'sg', fasttext: 'cbow' } },
  ),
  objective: choice(
    objectives[0].name,
    objectives.map(({ name }) => name),
    `how predictions are scored: ${helpOf(objectives)}`,
    { elsewhere: { word2vec: '-hs', gensim: 'hs', fasttext: '-loss' } },
  ),
  bag: choice('mean', ['mean', 'sum'], 'for cbow, how the words of a window make one vector', {
    elsewhere: { gensim: 'cbow_mean' },
  }),
  bagGradient: choice(
    'undivided',
    ['exact', 'undivided'],
    'gradient of a mean: exact: each word takes its share, as calculus says; undivided: each word takes all of it, as in word2vec.c, gensim and fastText',
  ),
  subwords: flag('learn vectors of n-grams of characters with those of words, as fastText does'),
  minNgram: integer(
    3,
    1,
    LONGEST_NGRAM,
    'characters of the shortest sub-words, with < and > at the ends of a word',
    {
      elsewhere: {
        gensim: 'min_n',
        fasttext: '-minn',
      },
    },
  ),
  maxNgram: integer(6, 1, LONGEST_NGRAM, 'characters of the longest sub-words', {
    elsewhere: {
      gensim: 'max_n',
      fasttext: '-maxn',
    },
  }),
  buckets: integer(
    2_000_000,
    1,
    2 ** 30,
    'number of buckets for sub-words: those in one bucket share a vector, and empty buckets take no memory',
    { elsewhere: { gensim: 'bucket', fasttext: '-bucket' } },
  ),
  epochs: integer(5, 1, 100_000, 'passes over the text', {
    elsewhere: {
      word2vec: '-iter',
      gensim: 'epochs',
      fasttext: '-epoch',
    },
  }),
  window: integer(5, 1, 1000, 'words to each side of a center word, shrunken at random to 1 … window', {
    elsewhere: {
      word2vec: '-window',
      gensim: 'window',
      fasttext: '-ws',
    },
  }),
  reach: choice(
    'random',
    ['random', 'full', 'sentence'],
    'how far windows reach: random: 1 … window words, drawn for each center word; full: always window; sentence: every pair of a sentence, for baskets and other sets',
    { elsewhere: { gensim: 'shrink_windows' } },
  ),
  negativeSamples: integer(5, 1, 200, 'noise words to reject for each word to recognise', {
    elsewhere: {
      word2vec: '-negative',
      gensim: 'negative',
      fasttext: '-neg',
    },
  }),
  noiseExponent: number(
    0.75,
    -1,
    1,
    'noise words are drawn in proportion to count^exponent; below 0 rare words more often than frequent ones',
    {
      elsewhere: {
        gensim: 'ns_exponent',
      },
    },
  ),
  subsampling: number(
    1e-3,
    0,
    1,
    'share of the text above which a word is thinned out; 0 keeps every token',
    {
      elsewhere: {
        word2vec: '-sample',
        gensim: 'sample',
        fasttext: '-t',
      },
    },
  ),
  learningRate: number(
    0.025,
    1e-9,
    100,
    'size of the first steps; 0.05 if a word is predicted once, as in cbow; an exact bagGradient needs 0.1 or more',
    {
      elsewhere: {
        word2vec: '-alpha',
        gensim: 'alpha',
        fasttext: '-lr',
      },
    },
  ),
  minLearningRate: number(0, 0, 100, 'size of the last steps, reached in a straight line', {
    elsewhere: {
      gensim: 'min_alpha',
    },
  }),
  minCount: integer(5, 1, 2 ** 31, 'words seen fewer times are ignored', {
    elsewhere: {
      word2vec: '-min-count',
      gensim: 'min_count',
      fasttext: '-minCount',
    },
  }),
  maxWords: integer(2 ** 31 - 2, 2, 2 ** 31 - 2, 'the most frequent words only, at most this many', {
    otherwise: 'all',
    elsewhere: {
      gensim: 'max_final_vocab',
    },
  }),
  keepWords: words(undefined, 'words that minCount and maxWords do not leave out, if the text has them', {
    otherwise: 'none',
    elsewhere: { gensim: 'trim_rule' },
  }),
  heldOut: number(0, 0, 0.5, 'share of the text set aside to measure the loss on after each epoch'),
  patience: integer(
    0,
    0,
    1000,
    'epochs without a lower held-out loss after which training ends, with the vectors of the best epoch; 0 for never',
  ),
  tokenizer: choice('words', Object.keys(tokenizers) as TokenizerName[], 'how lines become words'),
  maxTokenBytes: integer(
    MAX_TOKEN_BYTES,
    1,
    MAX_TOKEN_BYTES,
    'longest token, in bytes of UTF-8; longer ones are ignored',
  ),
  encoding: encodingOption,
  maxDecompressed: integer(
    Number.MAX_SAFE_INTEGER,
    1,
    Number.MAX_SAFE_INTEGER,
    'bytes that a compressed text may unpack to',
    { otherwise: '1 TiB, and a thousand times its size past 1 GiB' },
  ),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw', {
    elsewhere: {
      gensim: 'seed',
      fasttext: '-seed',
    },
  }),
  threads: integer(
    0,
    0,
    256,
    `worker threads, 0 for one per processor; only ${namesOf<Architecture>(architectures, one => one.inPairs)} with ${namesOf<Objective>(objectives, one => one.canGoInBlocks)} and without sub-words trains on more than one, unless schedule is windows`,
    {
      elsewhere: {
        word2vec: '-threads',
        gensim: 'workers',
        fasttext: '-thread',
      },
    },
  ),
  idMemory: integer(
    2 ** 30,
    0,
    Number.MAX_SAFE_INTEGER,
    'bytes of memory for the text as numbers of words, 4 a word; the rest goes to a temporary file',
    { otherwise: '1 GiB' },
  ),
  maxMemory: integer(
    0,
    0,
    Number.MAX_SAFE_INTEGER,
    'bytes that the whole process may take, checked before memory is taken; 0 for all that the machine has',
  ),
  schedule: choice(
    'auto',
    ['auto', 'blocks', 'windows'],
    'blocks: the same bytes for any number of threads; windows: in the order of the text, reproducible on one thread only; auto: blocks, or windows on one thread if there is little text',
  ),
  parts: integer(
    0,
    0,
    64,
    'parts of the vocabulary, for blocks: no more threads than parts can share the work, and the result depends on the number; 0 to choose by the size of the vocabulary',
  ),
  simd: choice(
    'plain',
    ['plain', 'relaxed', 'fastest', 'none'],
    'plain: the same bytes on every machine; relaxed: fused multiply-add, faster; fastest: relaxed if the engine has it, else plain; none: the readable reference, slow',
  ),
} as const

/** Each value with its help. */
function helpOf(values: readonly { readonly name: string; readonly help: string }[]): string {
  return values.map(({ name, help }) => `${name}: ${help}`).join('; ')
}
