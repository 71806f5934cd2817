import { endOrAbort } from '../../abort.js'
import { option, say, WordloomError } from '../../errors.js'
import { objectiveOf } from '../../reference/index.js'
import { Attendant, digestOf, Keeping, refuseSharedNames, UnawaitedCalls } from '../../runs/index.js'
import { resolvedFor } from '../../training/inner.js'
import type { Classifier } from '../classifier.js'
import { labelledLines } from '../corpus/labelled-lines.js'
import { type LabelledSource, pathsOf } from '../corpus/labelled-source.js'
import { labelledLineOptionTable } from '../corpus/options.js'
import { weightsOf } from './class-weights.js'
import { type ClassifierMoment, checkClassifierCall, type TrainClassifierCall } from './classifier-call.js'
import { type ClassifierStart, numberingOf, startFrom, startOptions, writeStart } from './classifier-start.js'
import { CountedLines } from './counted-lines.js'
import { doubtsOfLabels, doubtsOfLosses } from './doubts.js'
import { keptLines, linesFingerprint } from './kept-lines.js'
import { type LabelledCorpus, numberedLines } from './labelled-corpus.js'
import { ACTION } from './layout.js'
import { type ClassifierLosses, classifierMetadata, classifierOf, lineLosses } from './learned-classifier.js'
import { lineDivergence } from './line-divergence.js'
import { LineMeter } from './line-meter.js'
import { lineMoment } from './line-moment.js'
import { type LineRun, prepareLines } from './line-run.js'
import { runLineThreads } from './line-threads.js'
import {
  type ClassifierOptions,
  completeClassifierOptions,
  type ReadyOptions,
  readyOptions,
  recordedClassifierOptions,
  trainClassifierOptionTable,
} from './options.js'

/** What training leaves. */
export interface TrainedClassifier {
  readonly classifier: Classifier
  readonly losses: ClassifierLosses
  /** Every option with the value that it had. */
  readonly options: ReadyOptions
  /** Lines that were learned from, and words in them, ends of lines included. */
  readonly lines: number
  readonly tokens: number
  /** Rows of words, and of n-grams. */
  readonly words: number
  readonly ngrams: number
}

/**
 * Learns to label texts: the mean of the rows of a line's words and n-grams tells its label (Joulin et al. 2017). Lines are
 * read once, and taken in an order of chance in each epoch. One seed gives the same bytes for any number of threads. Throws
 * `usage` for options out of range or steps too large, `no-input` and `bad-data` for what cannot be read or has no labels,
 * `too-large` before anything is allocated that will not fit, `not-written` if another process trains with the same checkpoint;
 * and what a call such as onEpoch throws.
 */
export async function trainClassifier(
  source: LabelledSource,
  call: TrainClassifierCall = {},
): Promise<TrainedClassifier> {
  checkClassifierCall(call)
  const start = startFrom(call)
  const calls = new UnawaitedCalls()
  const warn = (sentence: string) => calls.makeOrThrow(() => call.onWarning?.(sentence))
  const given = startOptions(optionsIn(call), start)
  const options = resolvedFor({ simd: call.simd, onWarning: warn }, completeClassifierOptions(given))
  const { checkpoint } = call
  if (checkpoint !== undefined) await refuseSharedNames(checkpoint, { inputs: pathsOf(source) })
  const keeping = checkpoint === undefined ? undefined : await Keeping.open(checkpoint, call, kindOf(options))
  try {
    if (keeping?.from) await endOrAbort(call.onResume?.(keeping.from), call.signal)
    const corpus = await readCorpus(source, options, call, { start, calls, warn })
    return await trainOn(corpus, options, call, { start, keeping, calls, warn })
  } finally {
    await keeping?.close()
  }
}

function kindOf(options: ClassifierOptions) {
  const format = 'wordloom-classifier/1' as const
  return { format, epochs: options.epochs, options: recordedClassifierOptions(options) }
}

interface Origin {
  readonly start: ClassifierStart
  readonly keeping: Keeping | undefined
  readonly calls: UnawaitedCalls
  readonly warn: (sentence: string) => void
}

function optionsIn(call: TrainClassifierCall): Partial<ClassifierOptions> {
  return picked(call, Object.keys(trainClassifierOptionTable))
}

function picked<Given extends object>(given: Given, names: readonly string[]): Partial<Given> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name))) as Partial<Given>
}

async function readCorpus(
  source: LabelledSource,
  options: ClassifierOptions,
  call: TrainClassifierCall,
  { start, calls, warn }: Omit<Origin, 'keeping'>,
): Promise<LabelledCorpus> {
  const lines = new CountedLines({ cleaning: options, labelPrefix: prefixOf(call, start) })
  const { signal, maxDecompressed, onProgress } = call
  let bytes = 0
  const report = () => calls.makeOrThrow(() => onProgress?.({ phase: 'reading', lines: lines.size, bytes }))
  const onRead = (read: number) => {
    bytes += read
    report()
  }
  const reading = { ...picked(call, Object.keys(labelledLineOptionTable)), signal, maxDecompressed }
  for await (const line of labelledLines(source, { ...reading, onRead, onWarning: warn })) lines.add(line)
  report()
  const corpus = numberedLines(lines, numberingOf(lines, options, start))
  refuseTooLittle(corpus, options)
  if (corpus.leftOut > 0)
    warn(
      `${corpus.leftOut.toLocaleString('en')} of ${lines.size.toLocaleString('en')} lines were left out: they have no label or no word that counts`,
    )
  return corpus
}

/** As a file marks labels; fastText's own if those of the text have none. */
function prefixOf({ labelPrefix }: TrainClassifierCall, { before }: ClassifierStart): string {
  return before?.settings.labelPrefix ?? (labelPrefix || labelledLineOptionTable.labelPrefix.default)
}

function refuseTooLittle({ labels, bags }: LabelledCorpus, { objective }: ClassifierOptions): void {
  if (bags.ends.length === 0)
    throw new WordloomError('bad-data', {
      action: ACTION,
      found: 'there is no line with a label and a text',
      expected: 'lines such as "__label__kind what a lovely film", or columns or fields of text and label',
    })
  if (labels.size < 2 && objectiveOf(objective).drawsNoise)
    throw new WordloomError('bad-data', {
      action: ACTION,
      found: 'all lines have the same label, and there is no other to draw as a negative sample',
      cure: say`give lines of other labels, or leave ${option('objective')} out`,
    })
}

async function trainOn(
  corpus: LabelledCorpus,
  asked: ClassifierOptions,
  call: TrainClassifierCall,
  { start, keeping, calls, warn }: Origin,
): Promise<TrainedClassifier> {
  const labelPrefix = prefixOf(call, start)
  const options = readyOptions(asked, corpus.bags.ends.length)
  const run = prepareLines(corpus, options, weightsOf(corpus, options, labelPrefix))
  for (const doubt of doubtsOfLabels(corpus.labels, labelPrefix)) warn(doubt)
  if (!writeStart(run.memory, corpus, start).keepsOutput)
    warn(
      'labels or their counts are others than before, so the tree of labels is another: its rows begin anew',
    )
  const sha256 = digestOf([new TextEncoder().encode(JSON.stringify(linesFingerprint(corpus)))])
  const metadata = () => classifierMetadata(run, corpus, asked, sha256)
  const learned = () => classifierOf(run, corpus, options, { labelPrefix, metadata: metadata() })
  await keeping?.begin(keptLines(run, corpus, metadata))
  const attendant = attendantOf(run, options, call, { keeping, calls, learned })
  await runToEnd(run, options, call, { attendant, calls, keeping })
  const losses = lineLosses(run.control)
  const divergence = lineDivergence(run, options)
  if (divergence) throw divergence
  if (!start.before && corpus.labels.size > 1)
    for (const doubt of doubtsOfLosses(losses.training)) warn(doubt)
  return {
    classifier: learned(),
    losses,
    options,
    lines: corpus.bags.ends.length,
    tokens: corpus.tokens,
    words: corpus.words.size,
    ngrams: corpus.inputRows - corpus.words.size,
  }
}

function attendantOf(
  run: LineRun,
  options: ReadyOptions,
  call: TrainClassifierCall,
  { keeping, calls, learned }: Pick<Origin, 'keeping' | 'calls'> & { readonly learned: () => Classifier },
): Attendant<ClassifierMoment> {
  const { onEpoch, onCheckpoint, checkpointEvery, checkpointNow, signal } = call
  return new Attendant<ClassifierMoment>({
    ...(onEpoch && { onEpoch }),
    ...(onCheckpoint && { onCheckpoint }),
    checkpointEvery,
    checkpointNow,
    signal,
    control: run.control,
    divergence: found => lineDivergence(run, options, found),
    momentOf: () => lineMoment(run.control, learned),
    keeping,
    calls,
  })
}

async function runToEnd(
  run: LineRun,
  options: ReadyOptions,
  { signal, onProgress }: TrainClassifierCall,
  {
    attendant,
    calls,
    keeping,
  }: Pick<Origin, 'calls' | 'keeping'> & { readonly attendant: Attendant<ClassifierMoment> },
): Promise<void> {
  const meter = new LineMeter(run.control, run.tasks[0]!.order.length)
  const report = () => {
    if (lineDivergence(run, options)) run.control.stop()
    calls.make(() => onProgress?.(meter.read()))
  }
  const timer = setInterval(report, 100)
  try {
    await attendant.attend(runLineThreads(run, keeping ? undefined : signal))
  } finally {
    clearInterval(timer)
  }
  report()
  await attendant.finish()
}
