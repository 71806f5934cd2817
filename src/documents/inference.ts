import { drawWord, noiseWeights, learningRate as rateAt } from '../equations/inner.js'
import { option, say, WordloomError } from '../errors.js'
import { addScaled, aliasTable, keyOf, type Matrix, Purpose, Random, row } from '../math/index.js'
import { checkGiven, checkNames, integer, number, type OptionTable, UNBOUNDED } from '../options/index.js'
import {
  type Architecture,
  architectureOf,
  architectures,
  type BagForm,
  type Block,
  gather,
  hiddenRow,
  type Objective,
  type OutputLayer,
  objectiveOf,
} from '../reference/index.js'
import { tokenize } from '../text/index.js'
import type { TrainingOptions } from '../training/index.js'
import { bagFormOf, keepThresholds, toldOptions } from '../training/inner.js'
import type { WordVectors } from '../vectors/index.js'

/** How a new document is learned. */
export interface InferenceOptions {
  /** Passes over each document. A whole number from 1 up; default the model’s, and at least 20. */
  readonly epochs?: number | undefined
  /** Size of the first steps. A number from 1e-9 to 100; default the model’s. */
  readonly learningRate?: number | undefined
  /** Start of every random draw. A whole number from 0 up; default the model’s. */
  readonly seed?: number | undefined
}

const LEAST_EPOCHS = 20

/** Every option of inference: types, ranges, flags and help; the defaults are the model's. */
export const inferenceOptionTable = {
  epochs: integer(undefined, 1, UNBOUNDED, 'passes over each document', {
    otherwise: `the model’s, and at least ${LEAST_EPOCHS}`,
  }),
  learningRate: number(undefined, 1e-9, 100, 'size of the first steps', { otherwise: 'the model’s' }),
  seed: integer(undefined, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw', {
    otherwise: 'the model’s',
  }),
} as const satisfies OptionTable<keyof InferenceOptions>

const ACTION = 'infer vectors of documents'

/**
 * Learns vectors of documents that a model of documents has not seen: the row of the new document moves, all others
 * stay (Le & Mikolov 2014, §2.2). The same words, options and seed give the same bytes every time.
 */
export class DocumentInference {
  readonly #words: WordVectors
  readonly #options: TrainingOptions
  readonly #architecture: Architecture
  readonly #form: BagForm
  readonly #keep: Uint32Array
  readonly #objective: Objective
  readonly #output: OutputLayer
  readonly #inputRows: Matrix // of the words, and the new document's behind them

  /** Takes the word vectors of the model. Throws `usage` if they are of no model of documents. */
  constructor(words: WordVectors) {
    const { outputVectors } = words
    const options = toldOptions(words.metadata, ACTION)
    if (!options || !outputVectors || !architectureOf(options.architecture).hasDocuments)
      throw new WordloomError('usage', {
        action: ACTION,
        found: 'these vectors are of no model of documents',
        cure: say`train one with ${option('architecture')} ${learners()}, and keep it as .safetensors`,
      })
    this.#words = words
    this.#options = options
    this.#architecture = architectureOf(options.architecture)
    this.#form = bagFormOf(options)
    this.#keep = keepThresholds(words.vocabulary, options.subsampling)
    this.#objective = objectiveOf(options.objective)
    this.#output = outputLayer(words, outputVectors, options)
    this.#inputRows = { ...words.matrix, rows: words.size }
  }

  /**
   * The vector of a document, as text or as words; undefined if it has no word of the vocabulary. Throws `usage` for an
   * option that cannot be.
   */
  infer(document: string | readonly string[], chosen: InferenceOptions = {}): Float32Array | undefined {
    checkNames(inferenceOptionTable, chosen, [], ACTION)
    checkGiven(inferenceOptionTable, chosen, ACTION)
    const ids = this.#idsOf(document)
    if (ids.length === 0) return undefined
    const epochs = chosen.epochs ?? Math.max(LEAST_EPOCHS, this.#options.epochs)
    const seed = chosen.seed ?? this.#options.seed
    const first = chosen.learningRate ?? this.#options.learningRate
    const vector = this.#start(seed)
    const block = { ids, first: 0, last: ids.length, position: 0 }
    for (let epoch = 0; epoch < epochs; epoch++)
      this.#learn(vector, block, seed, epoch, position =>
        rateAt((epoch + position / ids.length) / epochs, first, this.#options.minLearningRate),
      )
    return vector
  }

  /** The words of a text, cut as the training text was: what to join phrases in. */
  tokenize(text: string): string[] {
    return tokenize(text, this.#options.tokenizer)
  }

  #idsOf(document: string | readonly string[]): Int32Array {
    const words = typeof document === 'string' ? this.tokenize(document) : document
    const ids = words.map(word => this.#words.vocabulary.idOf(word))
    return Int32Array.from(ids.filter(id => id !== undefined))
  }

  /** The first vector of a document, made as in training. */
  #start(seed: number): Float32Array {
    const random = new Random(keyOf(seed, Purpose.inputVectors), this.#words.size)
    const { dimensions } = this.#words
    return Float32Array.from({ length: dimensions }, () => (random.uniform() - 0.5) / dimensions)
  }

  #learn(
    vector: Float32Array,
    block: Block,
    seed: number,
    epoch: number,
    rate: (position: number) => number,
  ): void {
    const settings = {
      window: this.#options.window,
      keep: this.#keep,
      keepKey: keyOf(seed, Purpose.subsampling, epoch),
      windowKey: keyOf(seed, Purpose.window, epoch),
    }
    const negativeKey = keyOf(seed, Purpose.negativeSamples, epoch)
    const documents = new Uint32Array(block.ids.length).fill(this.#words.size)
    for (const { outside, bags, position } of gather({ ...block, documents }, settings, this.#architecture)) {
      const bag = bags[0]!
      const hidden = this.#hidden(vector, bag)
      const before = Float64Array.from(hidden)
      const step = this.#objective.stepFor([outside], new Random(negativeKey, position), this.#output)
      step([hidden], [outside], rate(position), { moves: 'hidden' })
      const change = before.map((x, i) => hidden[i]! - x)
      addScaled(vector, this.#form === 'mean' ? 1 / bag.length : 1, change)
    }
  }

  /** The hidden row of the first bag, which has the document: the last of its rows. */
  #hidden(vector: Float32Array, bag: readonly number[]): Float32Array {
    if (bag.length === 1) return vector.slice()
    const words = bag.slice(0, -1)
    const ofWords = hiddenRow(this.#inputRows, words, 'sum')
    const share = this.#form === 'sum' ? 1 : 1 / bag.length
    return vector.map((x, i) => (x + ofWords[i]!) * share)
  }
}

function outputLayer(
  { size, vocabulary }: WordVectors,
  outputVectors: Matrix,
  { objective, noiseExponent, negativeSamples }: TrainingOptions,
): OutputLayer {
  const noise = aliasTable(noiseWeights(vocabulary.counts, noiseExponent))
  return {
    words: size,
    outputRow: number => row(outputVectors, number),
    drawNoise: (random, evenly) => drawWord(noise, random, evenly),
    negativeSamples,
    tree: objectiveOf(objective).tree?.(vocabulary.counts),
  }
}

function learners(): string {
  return architectures
    .filter((one: Architecture) => one.hasDocuments)
    .map(({ name }) => name)
    .join(' or ')
}
