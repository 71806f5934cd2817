import type { Call } from './timed.js'

/** What is learned: from which window, with which objective, with or without character n-grams. */
export interface Work {
  readonly cbow: boolean
  readonly hierarchical: boolean
  readonly subwords: boolean
}

/** By the names of --work. */
export const works: Readonly<Record<string, Work>> = {
  'skip-gram': { cbow: false, hierarchical: false, subwords: false },
  cbow: { cbow: true, hierarchical: false, subwords: false },
  'skip-gram-hierarchical': { cbow: false, hierarchical: true, subwords: false },
  'cbow-hierarchical': { cbow: true, hierarchical: true, subwords: false },
  'skip-gram-subwords': { cbow: false, hierarchical: false, subwords: true },
  'cbow-subwords': { cbow: true, hierarchical: false, subwords: true },
}

/** word2vec.c's own: a window is one step of CBOW, and many of skip-gram. */
export function learningRateOf({ cbow }: Work): number {
  return cbow ? 0.05 : 0.025
}

/** What every system is asked to do alike. */
export interface Setting {
  readonly work: Work
  readonly corpus: string
  readonly dimensions: number
  readonly threads: number
  readonly epochs: number
}

/** Another trainer of word vectors, and how it is asked for the same work. */
export interface Peer {
  readonly name: string
  can(work: Work): boolean
  call(program: string, setting: Setting, output: string): Call
  /** Ending of the file with the vectors, beyond `output`. */
  readonly ending: string
  /**
   * Thousand words per second and thread, as it prints them itself, from all it printed. word2vec.c and gensim
   * count processor time; pWord2Vec and fastText the wall's, which is the same only on an idle machine.
   */
  printedRate(text: string, setting: Setting): number | undefined
  /** Percent of the training at its last progress line. */
  progress?(text: string): number | undefined
  /** Words it passes in an epoch. */
  wordsPerEpoch(text: { words: number; tokens: number }): number
}

const inVocabulary = ({ words }: { words: number }) => words

const word2vec: Peer = {
  name: 'word2vec.c',
  can: work => !work.subwords,
  call: (program, { work, corpus, dimensions, threads, epochs }, output) => ({
    program,
    args: [
      ...flags({ train: corpus, output, size: dimensions, threads, iter: epochs, binary: 1 }),
      ...flags({
        cbow: Number(work.cbow),
        hs: Number(work.hierarchical),
        negative: work.hierarchical ? 0 : 5,
      }),
      ...flags({ window: 5, sample: 1e-3, 'min-count': 5, alpha: learningRateOf(work) }),
    ],
  }),
  ending: '',
  printedRate: text => last(text, /Words\/thread\/sec: *([\d.]+)k/g),
  progress: text => last(text, /Progress: *([\d.]+)%/g),
  wordsPerEpoch: inVocabulary,
}

const pWord2Vec: Peer = {
  name: 'pWord2Vec',
  can: work => !work.cbow && !work.hierarchical && !work.subwords,
  call: (program, { corpus, dimensions, threads, epochs }, output) => ({
    program,
    args: [
      ...flags({ train: corpus, output, size: dimensions, threads, iter: epochs, binary: 1 }),
      ...flags({ window: 5, negative: 5, sample: 1e-3, 'min-count': 5, alpha: 0.025 }),
    ],
  }),
  ending: '',
  printedRate: (text, { threads }) => divided(last(text, /Words\/sec: *([\d.]+)k/g), threads),
  progress: text => last(text, /Progress: *([\d.]+)%/g),
  wordsPerEpoch: inVocabulary,
}

/** Without character n-grams unless they are the work. It writes its model beside the vectors, unasked. */
const fastText: Peer = {
  name: 'fastText',
  can: () => true,
  call: (program, { work, corpus, dimensions, threads, epochs }, output) => ({
    program,
    args: [
      work.cbow ? 'cbow' : 'skipgram',
      ...flags({ input: corpus, output, dim: dimensions, thread: threads, epoch: epochs }),
      ...flags({ minn: work.subwords ? 3 : 0, maxn: work.subwords ? 6 : 0, bucket: 2_000_000 }),
      ...flags({ loss: work.hierarchical ? 'hs' : 'ns', ws: 5, neg: 5, t: 1e-3, minCount: 5 }),
      ...flags({ lr: learningRateOf(work), verbose: 2 }),
    ],
  }),
  ending: '.vec',
  printedRate: text => divided(last(text, /words\/sec\/thread: *(\d+)/g), 1000),
  // It stops after as many words of the vocabulary as the text has tokens in all.
  wordsPerEpoch: ({ tokens }) => tokens,
}

const gensimProgram = `
import json, sys, time
from gensim.models import Word2Vec
corpus, output, dimensions, threads, epochs, cbow, hierarchical, rate = sys.argv[1:]
model = Word2Vec(sg=1 - int(cbow), hs=int(hierarchical), negative=0 if int(hierarchical) else 5, window=5,
                 sample=1e-3, min_count=5, alpha=float(rate),
                 vector_size=int(dimensions), workers=int(threads), epochs=int(epochs))
model.build_vocab(corpus_file=corpus)
words = sum(model.wv.get_vecattr(word, 'count') for word in model.wv.index_to_key)
start = time.process_time()
model.train(corpus_file=corpus, total_examples=model.corpus_count, total_words=model.corpus_total_words,
            epochs=model.epochs)
print(json.dumps({'rate': words * model.epochs / (time.process_time() - start) / 1000}))
model.wv.save_word2vec_format(output, binary=True)
`

const gensim: Peer = {
  name: 'gensim',
  can: work => !work.subwords,
  call: (program, { work, corpus, dimensions, threads, epochs }, output) => ({
    program,
    args: [
      ...['-', corpus, output, ...[dimensions, threads, epochs].map(String)],
      ...[Number(work.cbow), Number(work.hierarchical), learningRateOf(work)].map(String),
    ],
    input: gensimProgram,
  }),
  ending: '',
  printedRate: text => last(text, /"rate": ([\d.]+)/g),
  wordsPerEpoch: inVocabulary,
}

/** By the flag that gives the path of each. */
export const systems = { word2vec, pword2vec: pWord2Vec, gensim, fasttext: fastText } as const

function flags(values: Record<string, string | number>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`-${name}`, String(value)])
}

function last(text: string, pattern: RegExp): number | undefined {
  const found = [...text.matchAll(pattern)].at(-1)
  return found && Number(found[1])
}

function divided(number: number | undefined, by: number): number | undefined {
  return number === undefined ? undefined : number / by
}
