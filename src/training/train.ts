import { availableParallelism } from 'node:os'
import { WordloomError } from '../errors.js'
import { type Matrix, row } from '../math/matrix.js'
import { compileTrainingKernels, fastestSimd, type Simd } from '../math/training-kernels.js'
import {
  type CorpusFacts,
  type CorpusSource,
  encodeCorpus,
  type TokenIds,
  type Vocabulary,
} from '../text/index.js'
import { WordVectors } from '../vectors/index.js'
import { blocksIn } from './blocks.js'
import { Control } from './control.js'
import { allocate, checkFits, inputVectors, type Layout, layOut, outputVectors } from './memory.js'
import { Model } from './model.js'
import { completeOptions, type TrainingOptions } from './options.js'
import { type Progress, TrainingMeter } from './progress.js'
import { runThreads } from './threads.js'

/** Training options, and what is not written into the file. */
export interface TrainCall extends Partial<TrainingOptions> {
  /** Called about ten times a second, and at the end of reading and of training. */
  readonly onProgress?: (progress: Progress) => void
  /** Ends training early with an `aborted` error. */
  readonly signal?: AbortSignal
  /** Words and counts to use instead of counting the text's own. */
  readonly vocabulary?: Vocabulary
}

/**
 * Learns word vectors from text: skip-gram with negative sampling (Mikolov et al. 2013b).
 *
 * The text is read once: paths, globs and folders, '-' for standard input, or any iterable of sentences or
 * token arrays. Throws a WordloomError: `usage` for options out of range, `no-input` and `bad-data` for what
 * cannot be read or holds no words, `too-large` before anything is allocated that will not fit.
 */
export async function train(source: CorpusSource, call: TrainCall = {}): Promise<Model> {
  const { onProgress, signal, vocabulary: given, ...chosen } = call
  const options = resolved(completeOptions(chosen))
  const corpus = await encodeCorpus(source, {
    tokenizer: options.tokenizer,
    minCount: options.minCount,
    maxWords: options.maxWords,
    ...(given && { vocabulary: given }),
    ...(signal && { signal }),
    onProgress: reading => onProgress?.({ phase: 'reading', ...reading }),
  })
  const layout = layOut(corpus.vocabulary.size, options, options.threads)
  checkFits(layout)
  const memory = allocate(layout, corpus.vocabulary, options)
  const control = Control.allocate(options.epochs, options.threads)
  const meter = new TrainingMeter(control, corpus.ids, options)

  await runTraining({
    memory,
    layout,
    options,
    control,
    ids: corpus.ids,
    signal,
    report: () => onProgress?.(meter.read()),
  })
  onProgress?.(meter.read())
  const losses = Array.from({ length: options.epochs }, (_, epoch) => meanLoss(control, epoch))
  return new Model(
    vectorsFrom(layout, memory, corpus.vocabulary, metadataOf(options, corpus.facts, losses)),
    options,
    losses,
  )
}

/** Replaces "as many as there are" and "the fastest there is" by what this machine has. */
function resolved(options: TrainingOptions): TrainingOptions {
  if (options.simd === 'relaxed' && fastestSimd() !== 'relaxed')
    throw new WordloomError(
      'usage',
      `simd is relaxed, and this engine (Node ${process.versions.node}) has no relaxed SIMD; use plain or fastest, or Node 22 or newer`,
    )
  return {
    ...options,
    threads: options.threads || availableParallelism(),
    simd: options.simd === 'fastest' ? fastestSimd() : options.simd,
  }
}

interface Run {
  readonly memory: WebAssembly.Memory
  readonly layout: Layout
  readonly options: TrainingOptions
  readonly control: Control
  readonly ids: TokenIds
  readonly signal: AbortSignal | undefined
  readonly report: () => void
}

async function runTraining({ memory, layout, options, control, ids, signal, report }: Run): Promise<void> {
  const { tokenizer: _, ...numbers } = options // a function could not be posted
  const module = options.simd === 'none' ? undefined : compileTrainingKernels(options.simd as Simd)
  const tasks = layout.threads.slice(0, blocksIn(ids) * options.epochs).map((_, thread) => ({
    thread,
    memory,
    layout,
    module,
    chunks: ids.chunks,
    length: ids.length,
    control: control.buffer,
    options: numbers,
  }))
  const timer = setInterval(report, 100)
  try {
    await runThreads(tasks, () => control.stop(), signal)
  } finally {
    clearInterval(timer)
  }
}

function meanLoss(control: Control, epoch: number): number {
  const { loss, pairs } = control.epoch(epoch)
  return loss / pairs
}

function vectorsFrom(
  layout: Layout,
  memory: WebAssembly.Memory,
  vocabulary: Vocabulary,
  metadata: Record<string, string>,
): WordVectors {
  const vectors = WordVectors.allocate(vocabulary, layout.dimensions, {
    outputVectors: outputVectors(layout, memory),
    metadata,
  })
  copyRows(inputVectors(layout, memory), vectors.matrix)
  return vectors
}

function copyRows(from: Matrix, to: Matrix): void {
  for (let i = 0; i < from.rows; i++) row(to, i).set(row(from, i))
}

/** What the file tells about how it was made; nothing in it depends on the machine or the clock. */
function metadataOf(
  options: TrainingOptions,
  facts: CorpusFacts,
  losses: readonly number[],
): Record<string, string> {
  const tokenizer = typeof options.tokenizer === 'function' ? 'custom' : options.tokenizer
  return {
    architecture: 'skip-gram',
    objective: 'negative-sampling',
    schedule: 'windows',
    options: JSON.stringify({ ...options, tokenizer }),
    corpus: JSON.stringify({ sha256: facts.sha256, tokens: facts.tokens, sentences: facts.sentences }),
    loss: JSON.stringify(losses.map(loss => Number(loss.toFixed(9)))),
  }
}
