import { lineScript } from '#platform/classification/training/line-script'
import { allocateMatrix, type Matrix, row } from '../../math/index.js'
import { objectiveOf } from '../../reference/index.js'
import { Thread } from '../../threads/index.js'
import { resolvedFor } from '../../training/inner.js'
import { Classifier, type ClassifierParts } from '../classifier.js'
import { labelledLines } from '../corpus/labelled-lines.js'
import type { LabelledSource } from '../corpus/labelled-source.js'
import { PlainRows } from '../rows.js'
import { CountedLines } from './counted-lines.js'
import { type LabelledCorpus, numberedLines } from './labelled-corpus.js'
import { type LineRun, prepareLines } from './line-run.js'
import { type ClassifierOptions, completeClassifierOptions } from './options.js'

export async function trainClassifier(source: LabelledSource, call: Partial<ClassifierOptions> = {}) {
  const options = resolvedFor({ simd: call.simd, onWarning: () => {} }, completeClassifierOptions(call))
  const lines = new CountedLines({ cleaning: options, labelPrefix: '__label__' })
  for await (const line of labelledLines(source)) lines.add(line)
  const { vocabulary: words, ids: wordIds } = lines.words.finish({ minCount: options.minCount })
  const { vocabulary: labels, ids: labelIds } = lines.labels.finish({ minCount: options.minLabelCount })
  const corpus = numberedLines(lines, {
    words,
    labels,
    wordIds,
    labelIds,
    ngrams: options,
    buckets: options.buckets,
    kept: new Map(),
    grows: true,
  })
  const weights = new Float64Array(labels.size).fill(1)
  const run = prepareLines(corpus, options, weights)
  await Promise.all(
    run.tasks.map(async task => {
      const thread = new Thread<typeof task, undefined, undefined>(lineScript, task, {
        name: `training thread ${task.thread + 1}`,
        heap: 24,
      })
      try {
        await thread.ask(undefined)
      } finally {
        await thread.end()
      }
    }),
  )
  const losses = Array.from(
    { length: options.epochs },
    (_, e) => run.control.epoch(e).loss / run.control.epoch(e).pairs,
  )
  return { classifier: new Classifier(partsOf(run, corpus, options)), losses, corpus, run }
}

function partsOf({ memory }: LineRun, corpus: LabelledCorpus, options: ClassifierOptions): ClassifierParts {
  const { words, labels, kept, buckets } = corpus
  const input = joined(memory, memory.input, memory.layout.inputRows)
  const output = joined(memory, memory.output, labels.size)
  if (objectiveOf(options.objective).tree)
    for (let i = 0; i < output.data.length; i++) output.data[i] = -output.data[i]!
  const { wordNgrams, minNgram, maxNgram, lowercase, punctuation } = options
  return {
    words,
    labels,
    kept,
    loss: options.objective,
    settings: {
      wordNgrams,
      buckets,
      labelPrefix: '__label__',
      cleaning: { lowercase, punctuation },
      subwords: maxNgram > 0 ? { minNgram, maxNgram, buckets } : undefined,
    },
    input: new PlainRows(input),
    output: new PlainRows(output),
  }
}

function joined(memory: LineRun['memory'], slices: readonly Matrix[], rows: number): Matrix {
  const matrix = allocateMatrix(rows, memory.layout.dimensions)
  for (let i = 0; i < rows; i++) memory.readRow(slices, i, row(matrix, i))
  return matrix
}
