import type { HuffmanTree } from '../../equations/index.js'
import { keepProbability, keepThreshold, noiseWeights } from '../../equations/inner.js'
import { keyOf, Purpose, Random, row } from '../../math/index.js'
import type { DocumentLists, WordRows } from '../../reference/index.js'
import type { Vocabulary } from '../../text/index.js'
import { bagFormOf } from '../options/bag-form.js'
import type { TrainingOptions } from '../options/options.js'
import { type Parts, rowOf } from '../plan/parts.js'
import { leastReach } from '../plan/reach.js'
import { expectedKept, type Plan } from '../plan/schedule.js'
import type { SubwordTable } from '../plan/subword-table.js'
import { type Layout, measuresOf } from './layout.js'
import {
  architectureNumbers,
  bagFormNumbers,
  objectiveNumbers,
  type ThreadRecords,
} from './records.generated.js'
import { placeArrays } from './thread-records.js'
import { TrainingMemory } from './training-memory.js'

/** Share of a part's pairs; a word has more only in a text that has little else. */
const LARGEST_SHARE = 0.5

/** The words to train, and how; the first contents of the memory follow from them. */
export interface Contents {
  readonly vocabulary: Vocabulary
  readonly plan: Plan
  readonly options: TrainingOptions
  readonly tree?: HuffmanTree | undefined
  /** Counts of the text at hand, if the vocabulary counts more. */
  readonly textCounts?: Float64Array | undefined
  readonly subwords?: SubwordTable | undefined
  /** Given if documents have several input rows. */
  readonly documentLists?: DocumentLists | undefined
}

/** Allocates the memory and writes initial vectors, noise and sub-sampling tables, and the threads' records. */
export function allocate(layout: Layout, parts: Parts, contents: Contents): TrainingMemory {
  const { vocabulary, plan, options, tree } = contents
  const memory = TrainingMemory.allocate(layout, parts)
  memory.keep.set(keepThresholds(vocabulary, options.subsampling))
  initializeInputVectors(memory, options.seed)
  writeNoise(memory, contents)
  if (plan.schedule === 'blocks') memory.places.set(parts.places)
  if (tree && memory.tree) {
    memory.tree.starts.set(tree.starts)
    memory.tree.paths.set(tree.paths)
  }
  writePointers(memory.wordPointers, contents.subwords, layout)
  writePointers(memory.documentPointers, contents.documentLists, layout)
  for (const thread of layout.threads.keys()) writeRecords(memory.records(thread), layout, contents)
  return memory
}

/** Numbers of input rows as pointers to them. */
function writePointers(
  pointers: WordRows | undefined,
  table: WordRows | undefined,
  { inputVectors, rowBytes }: Layout,
): void {
  if (!pointers || !table) return
  pointers.starts.set(table.starts)
  pointers.rows.set(table.rows.map(row => inputVectors + row * rowBytes))
}

/** By word id, the largest draw that keeps a token. */
export function keepThresholds(vocabulary: Vocabulary, subsampling: number): Uint32Array {
  return Uint32Array.from(vocabulary.counts, count =>
    keepThreshold(keepProbability(count, vocabulary.tokens, subsampling)),
  )
}

/** Uniform in ±½/dimensions, one stream of draws a word; output vectors start at zero. */
function initializeInputVectors({ input, parts }: TrainingMemory, seed: number): void {
  const key = keyOf(seed, Purpose.inputVectors)
  for (let id = 0; id < input.rows; id++) {
    const random = new Random(key, id)
    const vector = row(input, rowOf(parts, id))
    for (let i = 0; i < vector.length; i++) vector[i] = (random.uniform() - 0.5) / input.columns
  }
}

/**
 * One table a part, over the part's words. Two pairs that go together see no negative sample that is one of their
 * outside words, so a word that is the outside word of a share s of the part's pairs would be drawn (1 − s)² times
 * as often as it should; unlike in the whole vocabulary that share is not small, and weights make up for it.
 */
function writeNoise(memory: TrainingMemory, contents: Contents): void {
  const { parts } = memory
  const { vocabulary, options, textCounts } = contents
  const weights = inRows(noiseWeights(vocabulary.counts, options.noiseExponent), parts)
  const pairs = inRows(expectedKept(vocabulary, options.subsampling, textCounts), parts)
  for (let part = 0; part < parts.count; part++) {
    const [first, end] = [parts.starts[part]!, parts.starts[part + 1]!]
    const total = pairs.subarray(first, end).reduce((sum, count) => sum + count, 0)
    if (parts.count > 1 && total > 0)
      for (let row = first; row < end; row++)
        weights[row]! /= (1 - Math.min(LARGEST_SHARE, pairs[row]! / total)) ** 2
    memory.writeNoise(part, weights.subarray(first, end))
  }
}

/** Numbers by word id as numbers by row. */
function inRows(byWord: Float64Array, parts: Parts): Float64Array {
  const byRow = new Float64Array(byWord.length)
  byWord.forEach((number, id) => {
    byRow[rowOf(parts, id)] = number
  })
  return byRow
}

/** What no block changes; the rest is given with each call of a kernel. */
function writeRecords(records: ThreadRecords, layout: Layout, contents: Contents): void {
  const { plan, options } = contents
  records.model.write({
    rowBytes: layout.rowBytes,
    words: layout.words,
    architecture: architectureNumbers[options.architecture],
    objective: objectiveNumbers[options.objective],
    bagForm: bagFormNumbers[bagFormOf(options)],
    keep: layout.keep,
    window: options.window,
    leastReach: leastReach(options),
    negativeSamples: options.negativeSamples,
    pathStarts: layout.pathStarts,
    paths: layout.paths,
    wordRowStarts: layout.wordRowEntries > 0 ? layout.wordRowStarts : 0,
    wordRows: layout.wordRows,
    documentRowStarts: layout.listedDocuments > 0 ? layout.documentRowStarts : 0,
    documentRows: layout.documentRows,
    mostDocumentRows: layout.mostDocumentRows,
  })
  records.buckets.write({ parts: plan.parts, places: layout.places, pairs: layout.pairs })
  placeArrays(records, measuresOf({ ...contents, words: layout.words }))
}
