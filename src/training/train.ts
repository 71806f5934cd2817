import { engineName, freeMemory, processors } from '#platform/training/machine'
import { WordloomError } from '../errors.js'
import { canShareMemory, HOW_TO_SHARE } from '../math/shared-memory.js'
import { fastestSimd, roundingOf, type Simd } from '../math/training-kernels.js'
import { type CorpusSource, type EncodedCorpus, encodeCorpus, type Vocabulary } from '../text/index.js'
import { WordVectors } from '../vectors/index.js'
import { VERSION } from '../version.js'
import { Attendant, type Duties, type Hooks } from './attendant.js'
import { divergenceError, hasDiverged } from './divergence.js'
import { Keeping, type KeepingOptions } from './keeping.js'
import { inputVectors, outputVectors, restoreOrder, rowsOf } from './memory.js'
import { type Losses, Model } from './model.js'
import { completeOptions, type TrainingOptions } from './options.js'
import { prepare, type Run } from './prepare.js'
import { type Progress, TrainingMeter } from './progress.js'
import { recordedOptions } from './recorded-options.js'
import { runThreads } from './threads.js'

/** Training options, and what is not written into the file. */
export interface TrainCall extends Partial<TrainingOptions>, KeepingOptions, Hooks {
  /** Called about ten times a second, and at the end of reading and of training. */
  readonly onProgress?: (progress: Progress) => void
  /** Ends training early with an `aborted` error; with `checkpoint`, what was learned is kept there first. */
  readonly signal?: AbortSignal
  /** Has a checkpoint written soon whenever an event `checkpoint` comes. */
  readonly checkpointNow?: EventTarget
  /** Told before the text is read: where the run goes on from. */
  readonly onResume?: (from: { path: string; epoch: number; damaged: readonly string[] }) => void
  /** Words and counts to use instead of counting the text's own. */
  readonly vocabulary?: Vocabulary
}

/**
 * Learns word vectors from text: skip-gram with negative sampling (Mikolov et al. 2013b).
 *
 * The text is read once: paths, globs and folders, '-' for standard input, or any iterable of sentences or
 * token arrays. Throws a WordloomError: `usage` for options out of range or steps too large, `no-input` and
 * `bad-data` for what cannot be read or holds no words, `too-large` before anything is allocated that will
 * not fit, `not-written` where a text past idMemory finds no room on the disk either, or another process trains
 * with the same checkpoint; and what a call such as onEpoch throws.
 */
export async function train(source: CorpusSource, call: TrainCall = {}): Promise<Model> {
  const { onProgress, signal, vocabulary, checkpoint } = call
  const options = resolved(completeOptions(chosenIn(call)))
  const keeping = checkpoint === undefined ? undefined : await Keeping.open(checkpoint, call, options)
  try {
    if (keeping?.from) call.onResume?.(keeping.from)
    const corpus = await encodeCorpus(source, {
      tokenizer: options.tokenizer,
      minCount: options.minCount,
      maxWords: options.maxWords,
      idMemory: idMemoryOf(options),
      threads: options.threads,
      vocabulary,
      signal,
      onProgress: reading => onProgress?.({ phase: 'reading', ...reading }),
    })
    try {
      return await trainOn(corpus, options, call, keeping)
    } finally {
      corpus.ids.close()
    }
  } finally {
    await keeping?.close()
  }
}

/** The training options among what a call gives. */
function chosenIn(call: TrainCall): Partial<TrainingOptions> {
  const {
    onProgress: _1,
    signal: _2,
    vocabulary: _3,
    checkpoint: _4,
    checkpointEvery: _5,
    resume: _6,
    restart: _7,
    checkpointNow: _8,
    onResume: _9,
    onEpoch: _10,
    onStep: _11,
    stepSeconds: _12,
    onCheckpoint: _13,
    ...chosen
  } = call
  return chosen
}

/** Of a limit to all memory a quarter at most goes to the text. */
function idMemoryOf({ idMemory, maxMemory }: TrainingOptions): number {
  return maxMemory > 0 ? Math.min(idMemory, Math.floor(maxMemory / 4)) : idMemory
}

async function trainOn(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  call: TrainCall,
  keeping: Keeping | undefined,
): Promise<Model> {
  await freeMemory()
  const run = prepare(corpus, options)
  await freeMemory()
  const metadata = () => metadataOf(run, corpus, options, lossesOf(run, options))
  await keeping?.restore(run, corpus, metadata())
  const attendant = new Attendant({ ...call, run, corpus, options, keeping, metadata } as Duties)
  const meter = new TrainingMeter(run.control, corpus.ids, options)
  let diverged = false
  await runToEnd(run, keeping ? undefined : call.signal, attendant, () => {
    diverged ||= hasDiverged(run.control, options)
    if (diverged) run.control.stop()
    call.onProgress?.(meter.read())
  })

  const losses = lossesOf(run, options)
  if (diverged || losses.training.some(loss => !Number.isFinite(loss)))
    throw divergenceError(run, corpus.vocabulary, options)
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
  attendant: Attendant,
  report: () => void,
): Promise<void> {
  const timer = setInterval(report, 100)
  try {
    await attendant.attend(runThreads(tasks, control, signal))
  } finally {
    clearInterval(timer)
  }
  report()
}

/** Of the epochs that were run: fewer than asked for where patience or a call ended it, the last one in part. */
function lossesOf({ control }: Run, { epochs, heldOut }: TrainingOptions): Losses {
  const done = Array.from({ length: control.epochsDone }, (_, epoch) => epoch)
  const inPart = control.epochsDone < epochs && control.epoch(control.epochsDone).pairs > 0
  return {
    training: [...done, ...(inPart ? [done.length] : [])].map(
      epoch => control.epoch(epoch).loss / control.epoch(epoch).pairs,
    ),
    heldOut: heldOut > 0 ? done.map(epoch => control.heldOutLoss(epoch)) : [],
  }
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
  return {
    creator: `wordloom ${VERSION}`,
    architecture: 'skip-gram',
    objective: 'negative-sampling',
    schedule: JSON.stringify(plan),
    rounding: options.simd === 'none' ? 'reference' : roundingOf(options.simd as Simd),
    options: recordedOptions(options),
    corpus: JSON.stringify({ sha256: facts.sha256, tokens: facts.tokens, sentences: facts.sentences }),
    loss: JSON.stringify(losses.training.map(rounded)),
    ...(losses.heldOut.length > 0 && { heldOutLoss: JSON.stringify(losses.heldOut.map(rounded)) }),
  }
}

function rounded(loss: number): number {
  return Number(loss.toFixed(9))
}
