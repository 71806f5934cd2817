import { freeMemory } from '#platform/training/machine'
import { endOrAbort } from '../../abort.js'
import { option, say, textOf, WordloomError, type Words } from '../../errors.js'
import { encodeJoined } from '../../phrases/index.js'
import { architectureOf } from '../../reference/index.js'
import {
  Attendant,
  type Duties,
  Keeping,
  type RunKind,
  refuseSharedNames,
  UnawaitedCalls,
} from '../../runs/index.js'
import {
  type CorpusProgress,
  type CorpusSource,
  type EncodedCorpus,
  encodeCorpus,
  pathsIn,
  Vocabulary,
} from '../../text/index.js'
import { keptWords } from '../keeping/kept-words.js'
import { Model } from '../model.js'
import type { TrainingOptions } from '../options/options.js'
import { recordedOptions } from '../options/recorded-options.js'
import { withReach } from '../plan/reach.js'
import { nothingSetAside } from '../plan/set-aside.js'
import { prepare, type Run } from '../run/prepare.js'
import { runThreads } from '../run/threads.js'
import { beginningOf } from '../start/beginning.js'
import { lineageOf, withInherited } from '../start/lineage.js'
import { optionsTogether, refuseTogether } from '../start/option-rules.js'
import { checkDimensions, type Start, startOf } from '../start/start.js'
import { checkCall, chosenIn, idleBesideVocabulary } from './call-check.js'
import { divergenceError, divergenceOf, hasDiverged } from './divergence.js'
import { idleThreads } from './idle-threads.js'
import { learnedIn, lossesOf, metadataOf } from './learned.js'
import { leftOutWarning, missingWarning } from './left-out.js'
import { type Moment, momentOf } from './moment.js'
import { nothingLearned } from './nothing-learned.js'
import { TrainingMeter } from './progress.js'
import { resolvedFor } from './resolved.js'
import type { TrainCall } from './train-call.js'
import { askBeforeText, askBeforeTraining } from './word-questions.js'

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
  checkCall(call)
  const start = startOf(call)
  const calls = new UnawaitedCalls()
  const onWarning = (sentence: string) => warn(call, calls, sentence)
  const options = resolvedFor({ simd: call.simd, onWarning }, optionsOf(call, start))
  if (start) checkDimensions(start, options.dimensions)
  refuseTogether(options, start, call.phrases !== undefined)
  await askBeforeText(call, start, options)
  const { checkpoint } = call
  if (checkpoint !== undefined) await refuseSharedNames(checkpoint, { inputs: pathsIn(source) })
  const keeping = checkpoint === undefined ? undefined : await Keeping.open(checkpoint, call, kindOf(options))
  try {
    if (keeping?.from) await endOrAbort(call.onResume?.(keeping.from), call.signal)
    const corpus = await encode(source, options, call, { start, calls })
    try {
      warn(call, calls, leftOutWarning(corpus, options))
      warn(call, calls, missingWarning(corpus, options))
      warn(call, calls, idleBesideVocabulary(call))
      await askBeforeTraining(call, corpus, options)
      return await trainOn(corpus, options, call, { start, keeping, calls })
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
export function optionsOf(call: TrainCall, given?: Start): TrainingOptions {
  checkCall(call)
  const start = given ?? startOf(call)
  const chosen = chosenIn(call)
  return optionsTogether(withInherited(chosen, start), chosen)
}

/** A run of words, as its checkpoints have it. */
function kindOf(options: TrainingOptions): RunKind {
  return { format: 'wordloom/1', epochs: options.epochs, options: recordedOptions(options) }
}

function encode(
  source: CorpusSource,
  options: TrainingOptions,
  { onProgress, onWarning, signal, vocabulary, phrases, maxDecompressed: chosenMax }: TrainCall,
  { start, calls }: Omit<Origin, 'keeping'>,
): Promise<EncodedCorpus> {
  const learnsDocuments = architectureOf(options.architecture).hasDocuments ?? false
  const encoding = {
    tokenizer: options.tokenizer,
    minCount: options.minCount,
    maxWords: options.maxWords,
    keep: options.keepWords && Vocabulary.of(new Set(options.keepWords)),
    maxTokenBytes: options.maxTokenBytes,
    encoding: options.encoding,
    maxDecompressed: chosenMax,
    idMemory: idMemoryOf(options),
    threads: options.threads,
    vocabulary,
    known: start?.continues ? start.vectors.vocabulary : undefined,
    documents: learnsDocuments,
    refusesTags: !learnsDocuments,
    signal,
    onWarning: (sentence: string) => calls.makeOrThrow(() => onWarning?.(sentence, sentence)),
    onProgress: (reading: CorpusProgress) =>
      calls.makeOrThrow(() => onProgress?.({ phase: 'reading', ...reading })),
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
  readonly calls: UnawaitedCalls
}

async function trainOn(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  call: TrainCall,
  { start, keeping, calls }: Origin,
): Promise<Model> {
  const beginning = start && beginningOf(start, corpus, options)
  await freeMemory()
  const run = prepare(corpus, withReach(corpus.ids, options), { beginning })
  await freeMemory()
  const lineage = start && beginning && lineageOf(start, beginning.facts)
  const phrases = call.phrases && { phrases: String(call.phrases.size) }
  const metadata = () => ({
    ...metadataOf(run, corpus, options, lossesOf(run, options)),
    ...phrases,
    ...lineage,
  })
  await keeping?.begin(keptWords(run, corpus, metadata, beginning))
  if (beginning) await endOrAbort(call.onStart?.(beginning.facts), call.signal)
  warn(call, calls, idleThreads(call.threads, run, options))
  warn(call, calls, nothingSetAside(run.tasks[0]!.heldOut, options))
  const attendant = attendantOf(run, corpus, options, call, { keeping, calls })
  const meter = new TrainingMeter(run.control, corpus.ids, options)
  let diverged = false
  await runToEnd(run, keeping ? undefined : call.signal, attendant, () => {
    diverged ||= hasDiverged(run, options)
    if (diverged) run.control.stop()
    calls.make(() => call.onProgress?.(meter.read()))
  })

  const losses = lossesOf(run, options)
  refuseNothing(run, options, corpus)
  if (diverged || losses.training.some(loss => !Number.isFinite(loss)))
    throw divergenceError(run, corpus.vocabulary, options)
  const words = nothingLearned(run, corpus, options, losses)
  if (words !== undefined) calls.make(() => call.onWarning?.(textOf(words), words))
  await attendant.finish()
  const best = losses.best === undefined ? {} : { bestEpoch: String(losses.best) }
  return new Model(learnedIn(run, corpus, { ...metadata(), ...best }), options, losses, beginning?.facts)
}

function warn({ onWarning }: TrainCall, calls: UnawaitedCalls, words: Words | undefined): void {
  if (words !== undefined) calls.makeOrThrow(() => onWarning?.(textOf(words), words))
}

function attendantOf(
  run: Run,
  corpus: EncodedCorpus,
  options: TrainingOptions,
  call: TrainCall,
  { keeping, calls }: Omit<Origin, 'start'>,
): Attendant<Moment> {
  return new Attendant({
    ...call,
    control: run.control,
    divergence: found => divergenceOf(run, corpus.vocabulary, options, found),
    momentOf: () => momentOf(run, corpus),
    keeping,
    calls,
  } as Duties<Moment>)
}

async function runToEnd(
  { tasks, control }: Run,
  signal: AbortSignal | undefined,
  attendant: Attendant<Moment>,
  report: () => void,
): Promise<void> {
  const timer = setInterval(report, 100)
  try {
    await attendant.attend(runThreads(tasks, control, signal))
  } finally {
    clearInterval(timer)
  }
  report()
  await attendant.finish()
}

/** In a text of few different words every token can be thinned out, or stand alone in its sentence. */
function refuseNothing(
  { control }: Run,
  { epochs, subsampling }: TrainingOptions,
  { facts: { tokens, sentences } }: EncodedCorpus,
): void {
  for (let epoch = 0; epoch < epochs; epoch++) if (control.epoch(epoch).pairs > 0) return
  if (tokens === sentences)
    throw new WordloomError('bad-data', {
      action: 'train',
      found: `each of the ${sentences.toLocaleString('en')} lines has one word, and a pair needs two in a line`,
      cure: 'put the words of a sentence on one line',
    })
  const isWhole = subsampling === 0
  throw new WordloomError('bad-data', {
    action: 'train',
    found: say`the text gave no pair of words to learn from (${option('subsampling')} is ${subsampling})`,
    cure: isWhole
      ? say`lower ${option('minCount')} if the words beside the kept ones are rare, or give more text`
      : say`set ${option('subsampling')} to 0, which keeps every token, or give more text`,
  })
}
