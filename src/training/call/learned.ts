import { type Matrix, row } from '../../math/index.js'
import { architectureOf, objectiveOf } from '../../reference/index.js'
import { type EncodedCorpus, type LeftOutWords, Vocabulary } from '../../text/index.js'
import { segmentationOf } from '../../text/inner.js'
import { WordVectors } from '../../vectors/index.js'
import { VERSION } from '../../version.js'
import { canShareMemory } from '../../wasm/index.js'
import { restoreOrder, rowsFrom } from '../memory/row-order.js'
import type { Learned, Losses } from '../model.js'
import type { TrainingOptions } from '../options/options.js'
import { recordedOptions } from '../options/recorded-options.js'
import { subwordVectorsOf } from '../plan/subword-table.js'
import type { Run } from '../run/prepare.js'
import { leftOutOf } from './left-out.js'

/**
 * Both matrices in the order of the vocabulary, as views of the memory in which they were trained; with patience as
 * they were after the best epoch.
 */
export function learnedIn(run: Run, corpus: EncodedCorpus, metadata: Record<string, string>): Learned {
  // A thread that shares no memory has done so before it sent its matrices.
  if (bestEpochOf(run) !== undefined && canShareMemory()) run.memory.takeBest()
  return learnedFrom(run.memory.input, run.memory.output, run, corpus, metadata)
}

/** A copy of both matrices while training goes on. */
export function learnedSoFar(run: Run, corpus: EncodedCorpus): Learned {
  const copied = (matrix: Matrix) => ({ ...matrix, data: new Float32Array(matrix.data) })
  return learnedFrom(copied(run.memory.input), copied(run.memory.output), run, corpus, {})
}

function learnedFrom(
  input: Matrix,
  output: Matrix,
  { memory: { parts }, subwords }: Run,
  { vocabulary, lines, tags }: EncodedCorpus,
  metadata: Record<string, string>,
): Learned {
  for (const matrix of [input, output]) restoreOrder(matrix, parts)
  const matrix = rowsFrom(input, 0, vocabulary.size)
  const ofSubwords = subwords && subwordVectorsOf(subwords, input)
  if (ofSubwords)
    for (let id = 0; id < vocabulary.size; id++) ofSubwords.compose(row(matrix, id), vocabulary.bytes(id))
  const learned = { vocabulary, matrix, outputVectors: output, metadata }
  const words = new WordVectors({ ...learned, ...(ofSubwords && { subwords: ofSubwords }) })
  if (!lines) return { words }
  const names = Vocabulary.of(tags?.names ?? Array.from(lines, line => String(line + 1)))
  const documents = rowsFrom(input, vocabulary.size, names.size)
  const { leftOutWords: _, ...facts } = metadata
  return { words, documents: new WordVectors({ vocabulary: names, matrix: documents, metadata: facts }) }
}

/** From 1, if patience chooses among epochs. */
function bestEpochOf({ memory, control }: Run): number | undefined {
  return memory.best && control.bestEpoch !== undefined ? control.bestEpoch + 1 : undefined
}

/** The losses of the epochs that were run. If patience or a call ended training, they are fewer than asked for, and the last may be incomplete. */
export function lossesOf(run: Run, { epochs }: TrainingOptions): Losses {
  const { control } = run
  const done = Array.from({ length: control.epochsDone }, (_, epoch) => epoch)
  const inPart = control.epochsDone < epochs && control.epoch(control.epochsDone).pairs > 0
  return {
    training: [...done, ...(inPart ? [done.length] : [])].map(
      epoch => control.epoch(epoch).loss / (control.epoch(epoch).pairs || 1),
    ),
    heldOut: control.lastHeldOutLoss === undefined ? [] : done.map(epoch => control.heldOutLoss(epoch)),
    best: bestEpochOf(run),
  }
}

/**
 * How the vectors were made, for their file: nothing that depends on the clock, the threads or the machine. Only if words
 * were cut by the engine's dictionaries, there are marks of these, by which a file that differs can be explained.
 */
export function metadataOf(
  { plan, rounding }: Run,
  corpus: EncodedCorpus,
  options: TrainingOptions,
  losses: Losses,
): Record<string, string> {
  const { facts, lines, tags } = corpus
  const segmentation = options.tokenizer === 'words' ? segmentationOf(corpus.vocabulary) : {}
  const { outputRowsAre } = objectiveOf(options.objective)
  const leftOut = leftOutOf(corpus)
  return {
    creator: `wordloom ${VERSION}`,
    architecture: options.architecture,
    objective: options.objective,
    ...(architectureOf(options.architecture).leavesWords && { wordVectors: 'untrained' }),
    ...(outputRowsAre !== undefined && { outputRows: outputRowsAre }),
    schedule: JSON.stringify(plan),
    rounding,
    options: recordedOptions(options),
    corpus: JSON.stringify({ sha256: facts.sha256, tokens: facts.tokens, sentences: facts.sentences }),
    ...(tags && { tags: JSON.stringify({ documents: lines!.length, tags: tags.names.length }) }),
    ...(leftOut && { leftOut: JSON.stringify({ ...leftOut, minCount: options.minCount }) }),
    ...(hasAny(corpus.leftOut) && { leftOutWords: JSON.stringify(corpus.leftOut) }),
    ...(Object.keys(segmentation).length > 0 && { segmentation: JSON.stringify(segmentation) }),
    loss: JSON.stringify(losses.training.map(rounded)),
    ...(losses.heldOut.length > 0 && { heldOutLoss: JSON.stringify(losses.heldOut.map(rounded)) }),
  }
}

function hasAny(words: LeftOutWords | undefined): boolean {
  return words !== undefined && Object.keys(words).length > 0
}

function rounded(loss: number): number {
  return Number(loss.toFixed(9))
}
