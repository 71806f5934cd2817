import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawFromRuns } from '#equations/noise'
import { type Matrix, row } from '#math/matrix'
import { keyOf, Random } from '#math/random'
import { architectureOf } from '#reference/architectures/table'
import { SENTENCE_END } from '#reference/kept-tokens'
import { objectiveOf } from '#reference/objectives/table'
import { trainWindows } from '#reference/windows'
import type { DocumentLists } from '#reference/word-rows'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { allocate } from '#training/memory/first-contents'
import { layOut } from '#training/memory/layout'
import { clearSums, lossOf } from '#training/memory/thread-records'
import { bagFormOf } from '#training/options/bag-form'
import { completeOptions } from '#training/options/options'
import { assignParts } from '#training/plan/parts'
import { subwordTableFor } from '#training/plan/subword-table'
import { fastestSimd, type Simd, type TrainingKernels, trainingModule } from '#training/training-kernels'
import { instantiate } from '#wasm/index'
import { type Combination, nameOf } from './combinations.js'

export const builds: Simd[] = fastestSimd() === 'relaxed' ? ['plain', 'relaxed'] : ['plain']

const WORDS = 60
/** Not a multiple of four, which exact softmax takes at a time. */
const ODD_WORDS = 59
/** A step that adds up more in float32 rounds more often, and moves further. */
const FEW_ROWS = 24
const POSITION = 2 ** 33 + 5 // past 32 bits, where positions need two words

const few = [1, 10, 101].flatMap(dimensions =>
  [1, 5, 11].flatMap(negativeSamples => [1, 5].map(window => ({ dimensions, negativeSamples, window }))),
)

/** A test for each of the combinations with each build. */
export function testCombinations(combinations: readonly Combination[]): void {
  for (const simd of builds)
    for (const combination of combinations)
      test(`${nameOf(combination)}: the ${simd} SIMD kernel does what the equations say`, () => {
        for (const shape of few) compareOnce(simd, { ...shape, ...combination, subsampling: 0.02 })
      })
}

/** Trains a short text with the kernel and with the reference, from the same numbers, and compares all that moved. */
export function compareOnce(
  simd: Simd,
  shape: {
    dimensions: number
    negativeSamples: number
    window: number
    subsampling: number
    noiseExponent?: number
    /** How often the most frequent word is there: 1,000 times by default. */
    heaviest?: number
    /** Documents have one to three rows, which they share. */
    tagged?: boolean
  } & Partial<Combination>,
  given?: Int32Array,
): void {
  const { heaviest = 1000, tagged = false, ...chosen } = shape
  const count = shape.architecture === undefined ? WORDS : ODD_WORDS
  const ids = given ?? someText(600, count)
  const options = completeOptions({ ...chosen, minCount: 1, seed: 9, threads: 1 })
  const vocabulary = Vocabulary.of(
    Array.from({ length: count }, (_, i) => (i * 7919 + 46656).toString(36)),
    Float64Array.from({ length: count }, (_, i) => Math.ceil((i === 0 ? heaviest : 1000) / (i + 1))),
  )
  const plan = { schedule: 'windows', parts: 1, rotations: 1 } as const
  const parts = assignParts(vocabulary.counts, 1)
  const architecture = architectureOf(options.architecture)
  const objective = objectiveOf(options.objective)
  const tree = objective.tree?.(vocabulary.counts)
  const rows = objective.mostRows({ words: count, negativeSamples: options.negativeSamples, tree })
  const meetsMany = objective.meetsAllWords === true && rows > FEW_ROWS
  const rate = meetsMany ? 0.1 / rows : 0.05
  const roundings = meetsMany ? (2 * rows) / FEW_ROWS : 1
  const subwords = subwordTableFor(vocabulary, options)
  const firstRow = count + (subwords?.buckets.length ?? 0)
  const documents = documentsOf(ids, tagged ? 0 : firstRow)
  const documentLists = tagged ? listsOf(ids, firstRow) : undefined
  const sizes = { words: count, subwords, tree, documents: ids.length, documentLists }
  const request = { ...sizes, options, threads: 1, plan, parts, pairCapacity: 0, kernelLimit: 2 ** 32 }
  const layout = layOut(request)
  const memory = allocate(layout, parts, { vocabulary, plan, options, tree, subwords, documentLists })
  spread(memory.input, 1)
  spread(memory.output, 2)
  const expected = referenceRun()
  const { model, block: record, scratch, sums } = memory.records(0)
  const { inputVectors: input, outputVectors: output, noise } = layout
  clearSums(sums)
  record.write({ ...block, ...keys, count: ids.length })
  model.write({ inputVectors: input, outputVectors: output, noise, learningRate: rate })
  new Int32Array(memory.kernels.buffer, record.ids, ids.length).set(ids)
  if (architecture.hasDocuments)
    new Uint32Array(memory.kernels.buffer, record.documents, ids.length).set(documents)
  const kernels = instantiate<TrainingKernels>(trainingModule(simd), memory.kernels)
  kernels.trainWindows(model.pointer, record.pointer, scratch.pointer, sums.pointer)

  assert.equal(sums.pairs, expected.pairs)
  const where = `${simd}, ${JSON.stringify(shape)}`
  assert.ok(Math.abs(lossOf(sums) - expected.loss) <= 2e-6 * roundings * expected.loss, `loss, ${where}`)
  const most = 1e-5 * roundings
  assertAlike(memory.input.data, expected.input, most, `input vectors, ${where}`)
  assertAlike(memory.output.data, expected.output, most, `output vectors, ${where}`)

  function referenceRun() {
    const [input, output] = [memory.input, memory.output].map(matrix => ({
      ...matrix,
      data: matrix.data.slice(),
    }))
    const noise = memory.noise(0)
    const state = {
      objective,
      architecture,
      bagForm: bagFormOf(options),
      wordRows: subwords,
      window: options.window,
      keep: memory.keep,
      ...keys,
    }
    const layer = {
      words: count,
      outputRow: (number: number) => row(output!, number),
      drawNoise: (random: Random, evenly: boolean) => drawFromRuns(noise, random, evenly),
      negativeSamples: options.negativeSamples,
      tree,
    }
    const result = trainWindows(
      { ids, documents, documentRows: documentLists, ...block },
      { ...state, inputVectors: input!, output: layer, learningRate: rate },
    )
    return { ...result, input: input!.data, output: output!.data }
  }
}

/** Every sentence is one, with a row behind those of the words. */
function documentsOf(ids: Int32Array, first: number): Uint32Array {
  let row = first
  return Uint32Array.from(ids, id => (id === SENTENCE_END ? row++ : row))
}

/** One to three tags for each sentence, of nine in all. */
function listsOf(ids: Int32Array, first: number): DocumentLists {
  const sentences = 1 + ids.filter(id => id === SENTENCE_END).length
  const rows = Array.from({ length: sentences }, (_, sentence) =>
    [0, 4, 7].slice(0, 1 + (sentence % 3)).map(step => first + ((sentence + step) % 9)),
  )
  const starts = Uint32Array.from([0, ...rows].keys(), sentence => rows.slice(0, sentence).flat().length)
  return { starts, rows: Uint32Array.from(rows.flat()), longest: 3 }
}

const block = { first: 3, last: 590, position: POSITION }

const keys = { keepKey: keyOf(9, 2, 0), windowKey: keyOf(9, 3, 0), negativeKey: keyOf(9, 4, 0) }

/** Sentences of words that follow Zipf's law. */
function someText(length: number, words: number): Int32Array {
  const random = new Random(1, 1)
  return Int32Array.from({ length }, () =>
    random.uniform() < 0.05 ? SENTENCE_END : Math.floor(words ** random.uniform()) - 1,
  )
}

/** Weights large enough that a wrong sign or a lost update shows; padding stays zero. */
function spread(matrix: Matrix, seed: number): void {
  const random = new Random(seed, 2)
  for (let i = 0; i < matrix.rows; i++) {
    const vector = row(matrix, i)
    for (let j = 0; j < vector.length; j++) vector[j] = random.uniform() - 0.5
  }
}

function assertAlike(found: Float32Array, expected: Float32Array, most: number, message: string): void {
  const apart = found.reduce((largest, value, i) => Math.max(largest, Math.abs(value - expected[i]!)), 0)
  assert.ok(apart < most, `${message}: ${apart} apart`)
}
