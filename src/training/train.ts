import { engineName, freeMemory, processors } from '#platform/training/machine'
import { WordloomError } from '../errors.js'
import { canShareMemory, HOW_TO_SHARE } from '../math/shared-memory.js'
import { fastestSimd, roundingOf, type Simd } from '../math/training-kernels.js'
import { type CorpusSource, type EncodedCorpus, encodeCorpus, type Vocabulary } from '../text/index.js'
import { WordVectors } from '../vectors/index.js'
import { VERSION } from '../version.js'
import { inputVectors, outputVectors, restoreOrder, rowsOf } from './memory.js'
import { type Losses, Model } from './model.js'
import { completeOptions, type TrainingOptions } from './options.js'
import { prepare, type Run } from './prepare.js'
import { type Progress, TrainingMeter } from './progress.js'
import { runThreads } from './threads.js'

/** Training options, and what is not written into the file. */
export interface TrainCall extends Partial<TrainingOptions> {
  /** Called about ten times a second, and at the end of reading and of training. */
  readonly onProgress?: (progress: Progress) => void
  /** Ends training early with an `aborted` error. */
  readonly signal?: AbortSignal
  /** Told in a sentence what of the text was passed over. */
  readonly onWarning?: (sentence: string) => void
  /** Words and counts to use instead of counting the text's own. */
  readonly vocabulary?: Vocabulary
}

/**
 * Learns word vectors from text: skip-gram with negative sampling (Mikolov et al. 2013b).
 *
 * The text is read once: paths, globs and folders, '-' for standard input, or any iterable of sentences or
 * token arrays. Throws a WordloomError: `usage` for options out of range or steps too large, `no-input` and
 * `bad-data` for what cannot be read or holds no words, `too-large` before anything is allocated that will
 * not fit, `not-written` where a text past idMemory finds no room on the disk either.
 */
export async function train(source: CorpusSource, call: TrainCall = {}): Promise<Model> {
  const { onProgress, onWarning, signal, vocabulary, ...chosen } = call
  const options = resolved(completeOptions(chosen))
  const corpus = await encodeCorpus(source, {
    tokenizer: options.tokenizer,
    minCount: options.minCount,
    maxWords: options.maxWords,
    maxTokenBytes: options.maxTokenBytes,
    encoding: options.encoding,
    maxDecompressed: chosen.maxDecompressed,
    idMemory: options.idMemory,
    threads: options.threads,
    vocabulary,
    signal,
    onWarning,
    onProgress: reading => onProgress?.({ phase: 'reading', ...reading }),
  })
  try {
    return await trainOn(corpus, options, call)
  } finally {
    corpus.ids.close()
  }
}

async function trainOn(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  { onProgress, signal }: TrainCall,
): Promise<Model> {
  await freeMemory()
  const run = prepare(corpus, options)
  await freeMemory()
  const meter = new TrainingMeter(run.control, corpus.ids, options)
  await runToEnd(run, signal, () => {
    const progress = meter.read()
    if (Number.isNaN(progress.loss)) run.control.stop()
    onProgress?.(progress)
  })

  refuseNoPairs(run, options)
  const losses = lossesOf(run, options)
  refuseDivergence(losses, options)
  return new Model(vectorsFrom(run, corpus, metadataOf(run, corpus, options, losses)), options, losses)
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
    training: run.map(epoch => control.epoch(epoch).loss / (control.epoch(epoch).pairs || 1)),
    heldOut: heldOut > 0 ? run.map(epoch => control.heldOutLoss(epoch)) : [],
  }
}

/** In a text of few different words every token can be thinned out, or stand alone in its sentence. */
function refuseNoPairs({ control }: Run, { epochs, subsampling }: TrainingOptions): void {
  for (let epoch = 0; epoch < epochs; epoch++) if (control.epoch(epoch).pairs > 0) return
  throw new WordloomError(
    'bad-data',
    `the text gave no pair of words to learn from; subsampling is ${subsampling}, and 0 keeps every token, or give more text`,
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
function vectorsFrom(
  { layout, memories, parts }: Run,
  { vocabulary }: EncodedCorpus,
  metadata: Record<string, string>,
): WordVectors {
  const matrices = [inputVectors, outputVectors].map(matrix => matrix(layout, rowsOf(memories)))
  for (const matrix of matrices) restoreOrder(matrix, parts)
  return new WordVectors({ vocabulary, matrix: matrices[0]!, outputVectors: matrices[1], metadata })
}

/** What the file tells about how it was made: nothing that depends on the clock, the threads or the machine. */
function metadataOf(
  { plan }: Run,
  { facts }: EncodedCorpus,
  options: TrainingOptions,
  losses: Losses,
): Record<string, string> {
  const { threads: _threads, idMemory: _idMemory, maxDecompressed: _most, tokenizer, ...numbers } = options
  return {
    creator: `wordloom ${VERSION}`,
    architecture: 'skip-gram',
    objective: 'negative-sampling',
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
