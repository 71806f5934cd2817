import { freeMemory } from '#platform/training/machine'
import { option, say, WordloomError } from '../../errors.js'
import { encodeJoined, type Phrases } from '../../phrases/index.js'
import { architectureOf } from '../../reference/index.js'
import {
  type CorpusProgress,
  type CorpusSource,
  type EncodedCorpus,
  encodeCorpus,
  pathsIn,
  type Vocabulary,
} from '../../text/index.js'
import { Keeping, type KeepingOptions, refuseSharedNames } from '../keeping/keeping.js'
import { Model } from '../model.js'
import type { TrainingOptions } from '../options/options.js'
import { withReach } from '../plan/reach.js'
import { prepare, type Run } from '../run/prepare.js'
import { runThreads } from '../run/threads.js'
import { beginningOf } from '../start/beginning.js'
import { lineageOf, withInherited } from '../start/lineage.js'
import { optionsTogether, refuseTogether } from '../start/option-rules.js'
import { checkDimensions, type Start, type StartCall, startOf } from '../start/start.js'
import type { StartFacts } from '../start-facts.js'
import { Attendant, type Duties, type Hooks } from './attendant.js'
import { divergenceError, hasDiverged } from './divergence.js'
import { learnedIn, lossesOf, metadataOf } from './learned.js'
import { type Progress, TrainingMeter } from './progress.js'
import { resolvedFor } from './resolved.js'
import { askBeforeText, askBeforeTraining, type WordQuestions } from './word-questions.js'

/** Training options, and options that are not written into the file. */
export interface TrainCall extends Partial<TrainingOptions>, StartCall, KeepingOptions, Hooks, WordQuestions {
  /** Called about ten times a second, and at the end of reading and of training. */
  readonly onProgress?: (progress: Progress) => void
  /** Called once before training begins, if it starts from vectors or goes on with a model. */
  readonly onStart?: (facts: StartFacts) => void
  /** Ends training early with an `aborted` error; with `checkpoint`, what was learned is kept there first. */
  readonly signal?: AbortSignal
  /** An event `checkpoint` on it has a checkpoint written soon. */
  readonly checkpointNow?: EventTarget
  /** Called before the text is read, with the checkpoint that the run goes on from. */
  readonly onResume?: (from: { path: string; epoch: number; damaged: readonly string[] }) => void
  /** Called with a sentence for each part of the text that was passed over. */
  readonly onWarning?: (sentence: string) => void
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
 * `bad-data` for what cannot be read, holds no words, or words that `output` cannot hold, `too-large` before anything is allocated that will
 * not fit, `not-written` if a text larger than idMemory finds no room on the disk either, or another process trains
 * with the same checkpoint; and what a call such as onEpoch throws.
 */
export async function train(source: CorpusSource, call: TrainCall = {}): Promise<Model> {
  const start = startOf(call)
  const options = resolvedFor(call, optionsOf(call, start))
  if (start) checkDimensions(start, options.dimensions)
  refuseTogether(options, start, call.phrases !== undefined)
  await askBeforeText(call, start, options)
  const { checkpoint } = call
  if (checkpoint !== undefined) await refuseSharedNames(checkpoint, { inputs: pathsIn(source) })
  const keeping = checkpoint === undefined ? undefined : await Keeping.open(checkpoint, call, options)
  try {
    if (keeping?.from) call.onResume?.(keeping.from)
    const corpus = await encode(source, options, call, start)
    try {
      await askBeforeTraining(call, corpus.vocabulary, options)
      return await trainOn(corpus, options, call, { start, keeping })
    } finally {
      corpus.ids.close()
    }
  } finally {
    await keeping?.close()
  }
}

/**
 * The options that a call trains with: those that it gives, those that a model to continue brings, and defaults.
 * Throws the same errors about them as `train`.
 */
export function optionsOf(call: TrainCall, start = startOf(call)): TrainingOptions {
  return optionsTogether(withInherited(chosenIn(call), start))
}

/** The parts of a call that are not training options. */
const NO_OPTIONS: Record<Exclude<keyof TrainCall, keyof TrainingOptions>, true> = {
  onProgress: true,
  onStart: true,
  signal: true,
  onWarning: true,
  onVocabulary: true,
  output: true,
  outputFormat: true,
  vocabulary: true,
  phrases: true,
  from: true,
  continue: true,
  frozen: true,
  checkpoint: true,
  checkpointEvery: true,
  resume: true,
  restart: true,
  checkpointNow: true,
  onResume: true,
  onEpoch: true,
  onStep: true,
  stepSeconds: true,
  onCheckpoint: true,
}

function chosenIn(call: TrainCall): Partial<TrainingOptions> {
  return Object.fromEntries(Object.entries(call).filter(([name]) => !Object.hasOwn(NO_OPTIONS, name)))
}

function encode(
  source: CorpusSource,
  options: TrainingOptions,
  { onProgress, onWarning, signal, vocabulary, phrases, maxDecompressed: chosenMax }: TrainCall,
  start: Start | undefined,
): Promise<EncodedCorpus> {
  const encoding = {
    tokenizer: options.tokenizer,
    minCount: options.minCount,
    maxWords: options.maxWords,
    maxTokenBytes: options.maxTokenBytes,
    encoding: options.encoding,
    maxDecompressed: chosenMax,
    idMemory: idMemoryOf(options),
    threads: options.threads,
    vocabulary,
    known: start?.continues ? start.vectors.vocabulary : undefined,
    documents: architectureOf(options.architecture).hasDocuments ?? false,
    signal,
    onWarning,
    onProgress: (reading: CorpusProgress) => onProgress?.({ phase: 'reading', ...reading }),
  }
  return phrases ? encodeJoined(source, phrases, encoding) : encodeCorpus(source, encoding)
}

/** At most a quarter of a limit to all memory goes to the text. */
function idMemoryOf({ idMemory, maxMemory }: TrainingOptions): number {
  return maxMemory > 0 ? Math.min(idMemory, Math.floor(maxMemory / 4)) : idMemory
}

/** What a run begins with: vectors that are given, or the checkpoint of a run that was stopped. */
interface Origin {
  readonly start: Start | undefined
  readonly keeping: Keeping | undefined
}

async function trainOn(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  call: TrainCall,
  { start, keeping }: Origin,
): Promise<Model> {
  const beginning = start && beginningOf(start, corpus, options.objective)
  await freeMemory()
  const run = prepare(corpus, withReach(corpus.ids, options), { beginning })
  await freeMemory()
  const lineage = start && beginning && lineageOf(start, beginning.facts)
  const metadata = () => ({ ...metadataOf(run, corpus, options, lossesOf(run, options)), ...lineage })
  await keeping?.restore(run, corpus, metadata(), beginning)
  if (beginning) call.onStart?.(beginning.facts)
  const attendant = new Attendant({ ...call, run, corpus, options, keeping, metadata } as Duties)
  const meter = new TrainingMeter(run.control, corpus.ids, options)
  let diverged = false
  await runToEnd(run, keeping ? undefined : call.signal, attendant, () => {
    diverged ||= hasDiverged(run, options)
    if (diverged) run.control.stop()
    call.onProgress?.(meter.read())
  })

  const losses = lossesOf(run, options)
  refuseNothing(run, options)
  if (diverged || losses.training.some(loss => !Number.isFinite(loss)))
    throw divergenceError(run, corpus.vocabulary, options)
  return new Model(learnedIn(run, corpus, metadata()), options, losses, beginning?.facts)
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

/** In a text of few different words every token can be thinned out, or stand alone in its sentence. */
function refuseNothing({ control }: Run, { epochs, subsampling }: TrainingOptions): void {
  for (let epoch = 0; epoch < epochs; epoch++) if (control.epoch(epoch).pairs > 0) return
  throw new WordloomError('bad-data', {
    action: 'train',
    found: say`the text gave no pair of words to learn from (${option('subsampling')} is ${subsampling})`,
    cure: say`set ${option('subsampling')} to 0, which keeps every token, or give more text`,
  })
}
