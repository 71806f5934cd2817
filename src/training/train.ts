import { engineName, freeMemory, processors } from '#platform/training/machine'
import { learnsDocuments } from '../equations/gather.js'
import { WordloomError } from '../errors.js'
import type { Matrix } from '../math/matrix.js'
import { canShareMemory, HOW_TO_SHARE } from '../math/shared-memory.js'
import { fastestSimd, roundingOf, type Simd } from '../math/training-kernels.js'
import { encodeJoined, type Phrases } from '../phrases/index.js'
import {
  type CorpusProgress,
  type CorpusSource,
  type EncodedCorpus,
  encodeCorpus,
  Vocabulary,
} from '../text/index.js'
import { WordVectors } from '../vectors/index.js'
import { VERSION } from '../version.js'
import { beginningOf, type StartFacts } from './beginning.js'
import { lineageOf, withInherited } from './lineage.js'
import { inputVectors, outputVectors, restoreOrder, rowsOf } from './memory.js'
import { type Learned, type Losses, Model } from './model.js'
import { completeOptions, type TrainingOptions } from './options.js'
import { prepare, type Run } from './prepare.js'
import { type Progress, TrainingMeter } from './progress.js'
import { withReach } from './reach.js'
import { checkDimensions, type Start, type StartCall, startOf } from './start.js'
import { runThreads } from './threads.js'

/** Training options, and what is not written into the file. */
export interface TrainCall extends Partial<TrainingOptions>, StartCall {
  /** Called about ten times a second, and at the end of reading and of training. */
  readonly onProgress?: (progress: Progress) => void
  /** Called once before training begins, where it starts from vectors or goes on with a model. */
  readonly onStart?: (facts: StartFacts) => void
  /** Ends training early with an `aborted` error. */
  readonly signal?: AbortSignal
  /** Words and counts to use instead of counting the text's own. */
  readonly vocabulary?: Vocabulary
  /** Phrases to join before words are counted: each is then a word. */
  readonly phrases?: Phrases
}

/**
 * Learns word vectors from text: skip-gram or CBOW, with negative sampling, hierarchical softmax or exact softmax
 * (Mikolov et al. 2013a, 2013b).
 *
 * The text is read once: paths, globs and folders, '-' for standard input, or any iterable of sentences or
 * token arrays. It may start from vectors (`from`), go on with a model (`continue`), and leave words as they are
 * (`frozen`): docs/continuing.md. Throws a WordloomError: `usage` for options out of range or steps too large, `no-input` and
 * `bad-data` for what cannot be read or holds no words, `too-large` before anything is allocated that will
 * not fit, `not-written` where a text past idMemory finds no room on the disk either.
 */
export async function train(source: CorpusSource, call: TrainCall = {}): Promise<Model> {
  const {
    onProgress,
    onStart,
    signal,
    vocabulary,
    phrases,
    from,
    continue: continued,
    frozen,
    ...chosen
  } = call
  const start = startOf({ from, continue: continued, frozen, vocabulary })
  const options = resolved(completeOptions(withInherited(chosen, start)))
  if (start) checkDimensions(start, options.dimensions)
  if (phrases) refuseWithPhrases(options, start)
  const encoding = {
    tokenizer: options.tokenizer,
    minCount: options.minCount,
    maxWords: options.maxWords,
    idMemory: options.idMemory,
    threads: options.threads,
    vocabulary,
    known: start?.continues ? start.vectors.vocabulary : undefined,
    documents: learnsDocuments(options.architecture),
    signal,
    onProgress: (reading: CorpusProgress) => onProgress?.({ phase: 'reading', ...reading }),
  }
  const corpus = phrases
    ? await encodeJoined(source, phrases, encoding)
    : await encodeCorpus(source, encoding)
  try {
    return await trainOn(corpus, options, call, start)
  } finally {
    corpus.ids.close()
  }
}

async function trainOn(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  { onProgress, onStart, signal }: TrainCall,
  start: Start | undefined,
): Promise<Model> {
  const beginning = start && beginningOf(start, corpus, options.objective)
  await freeMemory()
  const run = prepare(corpus, withReach(corpus.ids, options), undefined, beginning)
  await freeMemory()
  if (beginning) onStart?.(beginning.facts)
  const meter = new TrainingMeter(run.control, corpus.ids, options)
  await runToEnd(run, signal, () => {
    const progress = meter.read()
    if (Number.isNaN(progress.loss)) run.control.stop()
    onProgress?.(progress)
  })

  const losses = lossesOf(run, options)
  refuseNothing(run, options)
  refuseDivergence(losses, options)
  const lineage = start && beginning && lineageOf(start, beginning.facts)
  const metadata = { ...metadataOf(run, corpus, options, losses), ...lineage }
  return new Model(learnedIn(run, corpus, metadata), options, losses, beginning?.facts)
}

/** Phrases are joined by another encoder, which knows neither the lines of documents nor words of another text. */
function refuseWithPhrases({ architecture }: TrainingOptions, start: Start | undefined): void {
  const other = learnsDocuments(architecture) ? architecture : start?.continues ? 'continue' : undefined
  if (other !== undefined)
    throw new WordloomError(
      'usage',
      `phrases cannot be joined while training with ${other}; write the joined text first (wordloom phrases TEXT -o joined.txt)`,
    )
}

/** Replaces "as many as there are" and "the fastest there is" by what this machine has. */
function resolved(options: TrainingOptions): TrainingOptions {
  if (options.simd === 'relaxed' && fastestSimd() !== 'relaxed')
    throw new WordloomError(
      'usage',
      `simd is relaxed, and ${engineName()} has no relaxed SIMD; use plain or fastest, or a newer engine (Node 22, Chrome 114)`,
    )
  if (options.threads > 1 && !canShareMemory())
    throw new WordloomError(
      'usage',
      `threads is ${options.threads}, and this page may not share memory between threads; ${HOW_TO_SHARE}, or leave threads out to train on one`,
    )
  return {
    ...options,
    threads: options.threads || (canShareMemory() ? processors() : 1),
    simd: options.simd === 'fastest' ? fastestSimd() : options.simd,
  }
}

async function runToEnd(
  { tasks, control }: Run,
  signal: AbortSignal | undefined,
  report: () => void,
): Promise<void> {
  const timer = setInterval(report, 100)
  try {
    await runThreads(tasks, control, signal)
  } finally {
    clearInterval(timer)
  }
  report()
}

/** Of the epochs that were run: fewer than asked for where patience ended. */
function lossesOf({ control }: Run, { epochs, heldOut }: TrainingOptions): Losses {
  const stopped = control.epochsDone < epochs && control.stopped
  const run = Array.from({ length: stopped ? epochs : control.epochsDone }, (_, epoch) => epoch)
  return {
    training: run.map(epoch => control.epoch(epoch).loss / control.epoch(epoch).pairs),
    heldOut: heldOut > 0 ? run.map(epoch => control.heldOutLoss(epoch)) : [],
  }
}

/** A small text of frequent words may lose all to sub-sampling, the more so where another text counts them too. */
function refuseNothing({ control }: Run, { epochs }: TrainingOptions): void {
  const run = Array.from({ length: Math.min(epochs, control.epochsDone) }, (_, epoch) => epoch)
  const epoch = run.find(epoch => control.epoch(epoch).pairs === 0)
  if (epoch !== undefined)
    throw new WordloomError(
      'bad-data',
      `sub-sampling left no two words beside each other in epoch ${epoch + 1}; give more text, or a higher subsampling (0 keeps every word)`,
    )
}

/** Steps that are too large make numbers grow until they are no numbers. */
function refuseDivergence({ training }: Losses, { learningRate }: TrainingOptions): void {
  const epoch = training.findIndex(loss => !Number.isFinite(loss))
  if (epoch >= 0)
    throw new WordloomError(
      'usage',
      `the vectors grew past all bounds in epoch ${epoch + 1}; learningRate is ${learningRate}, try a lower one (0.025 is usual)`,
    )
}

/** Both matrices in the order of the vocabulary, as views of the memory in which they were trained. */
function learnedIn(
  { layout, memories, parts }: Run,
  { vocabulary, lines }: EncodedCorpus,
  metadata: Record<string, string>,
): Learned {
  const input = inputVectors(layout, rowsOf(memories))
  const output = outputVectors(layout, rowsOf(memories))
  for (const matrix of [input, output]) restoreOrder(matrix, parts)
  const matrix = rowsFrom(input, 0, vocabulary.size)
  const words = new WordVectors({ vocabulary, matrix, outputVectors: output, metadata })
  if (!lines) return { words }
  const names = Vocabulary.of(Array.from(lines, line => String(line + 1)))
  const documents = rowsFrom(input, vocabulary.size, lines.length)
  return { words, documents: new WordVectors({ vocabulary: names, matrix: documents, metadata }) }
}

function rowsFrom(matrix: Matrix, first: number, rows: number): Matrix {
  return {
    ...matrix,
    data: matrix.data.subarray(first * matrix.stride, (first + rows) * matrix.stride),
    rows,
  }
}

/** Output vectors are not those of words then: what a reader of the file should know. */
const HUFFMAN_ROWS =
  'inner nodes of the Huffman tree over the counts, in the order in which they were made; the root is the last but one row, the last is unused'

/** What the file tells about how it was made: nothing that depends on the clock, the threads or the machine. */
function metadataOf(
  { plan }: Run,
  { facts }: EncodedCorpus,
  options: TrainingOptions,
  losses: Losses,
): Record<string, string> {
  const { threads: _threads, idMemory: _idMemory, tokenizer, ...numbers } = options
  return {
    creator: `wordloom ${VERSION}`,
    architecture: options.architecture,
    objective: options.objective,
    ...(options.objective === 'hierarchical-softmax' && { outputRows: HUFFMAN_ROWS }),
    schedule: JSON.stringify(plan),
    rounding: options.simd === 'none' ? 'reference' : roundingOf(options.simd as Simd),
    options: JSON.stringify({
      ...numbers,
      tokenizer: typeof tokenizer === 'function' ? 'custom' : tokenizer,
    }),
    corpus: JSON.stringify({ sha256: facts.sha256, tokens: facts.tokens, sentences: facts.sentences }),
    loss: JSON.stringify(losses.training.map(rounded)),
    ...(losses.heldOut.length > 0 && { heldOutLoss: JSON.stringify(losses.heldOut.map(rounded)) }),
  }
}

function rounded(loss: number): number {
  return Number(loss.toFixed(9))
}
