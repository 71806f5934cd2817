import { allocateMatrix, type Matrix, row } from '../../math/index.js'
import { objectiveOf } from '../../reference/index.js'
import type { Control } from '../../runs/inner.js'
import { VERSION } from '../../version.js'
import { Classifier } from '../classifier.js'
import { PlainRows } from '../rows.js'
import type { LabelledCorpus } from './labelled-corpus.js'
import type { LineMemory } from './line-memory.js'
import type { LineRun } from './line-run.js'
import { type ClassifierOptions, recordedClassifierOptions } from './options.js'

/** Mean losses of epochs in nats: a line in training, and lines set aside, none if none was. */
export interface ClassifierLosses {
  readonly training: readonly number[]
  readonly heldOut: readonly number[]
}

export function lineLosses(control: Control): ClassifierLosses {
  const done = Array.from({ length: control.epochsDone }, (_, epoch) => epoch)
  const inPart = control.epochsDone < control.epochs && control.epoch(control.epochsDone).pairs > 0
  return {
    training: [...done, ...(inPart ? [done.length] : [])].map(
      epoch => control.epoch(epoch).loss / (control.epoch(epoch).pairs || 1),
    ),
    heldOut: control.lastHeldOutLoss === undefined ? [] : done.map(epoch => control.heldOutLoss(epoch)),
  }
}

/** The classifier as the rows are now, in memory of its own. */
export function classifierOf(
  { memory }: LineRun,
  corpus: LabelledCorpus,
  options: ClassifierOptions,
  { labelPrefix, metadata }: { readonly labelPrefix: string; readonly metadata: Record<string, string> },
): Classifier {
  const { words, labels, kept, buckets } = corpus
  const { wordNgrams, minNgram, maxNgram, lowercase, punctuation, objective } = options
  const output = joined(memory, memory.output, labels.size)
  // a node asks for code 0 in training, and for code 1 in a file of fastText's
  if (objectiveOf(objective).tree)
    output.data.forEach((x, i) => {
      output.data[i] = -x
    })
  return new Classifier({
    words,
    labels,
    kept,
    loss: objective,
    settings: {
      wordNgrams,
      subwords: maxNgram > 0 ? { minNgram, maxNgram, buckets } : undefined,
      buckets,
      labelPrefix,
      cleaning: { lowercase, punctuation },
    },
    input: new PlainRows(joined(memory, memory.input, corpus.inputRows)),
    output: new PlainRows(output),
    metadata,
  })
}

/** How a classifier was made, for its file: nothing that depends on the clock, the threads or the machine. */
export function classifierMetadata(
  { rounding, control }: LineRun,
  { bags, tokens }: LabelledCorpus,
  options: ClassifierOptions,
  sha256: string,
): Record<string, string> {
  const { training, heldOut } = lineLosses(control)
  return {
    creator: `wordloom ${VERSION}`,
    rounding,
    options: recordedClassifierOptions(options),
    epochs: String(control.epochs),
    corpus: JSON.stringify({ sha256, lines: bags.ends.length, tokens }),
    loss: JSON.stringify(training.map(rounded)),
    ...(heldOut.length > 0 && { heldOutLoss: JSON.stringify(heldOut.map(rounded)) }),
  }
}

function rounded(loss: number): number {
  return Number(loss.toFixed(9))
}

function joined(memory: LineMemory, slices: readonly Matrix[], rows: number): Matrix {
  const matrix = allocateMatrix(rows, memory.layout.dimensions)
  for (let i = 0; i < rows; i++) memory.readRow(slices, i, row(matrix, i))
  return matrix
}
