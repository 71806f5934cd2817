import { huffmanTree, sigmoid } from '../equations/index.js'
import { drawNegativeSamples, drawWord, noiseWeights, learningRate as rateAt } from '../equations/inner.js'
import { WordloomError } from '../errors.js'
import { addScaled, aliasTable, dot, keyOf, type Matrix, Purpose, Random } from '../math/index.js'
import {
  type Architecture,
  type BagForm,
  type Block,
  gather,
  hiddenRow,
  type LabelledRows,
  labelledPath,
  learnsDocuments,
  negativeSampling,
} from '../reference/index.js'
import { tokenize } from '../text/index.js'
import type { TrainingOptions } from '../training/index.js'
import { bagFormOf, keepThresholds, optionsIn } from '../training/inner.js'
import type { WordVectors } from '../vectors/index.js'

/** How a new document is learned. */
export interface InferenceOptions {
  /** Passes over the document; 20, or as many as the model had where those were more. */
  readonly epochs?: number
  /** Size of the first steps; the model's. */
  readonly learningRate?: number
  /** Start of every random draw; the model's. */
  readonly seed?: number
}

/** Chooses the labelled output rows that a hidden row is held to, for a word at a position of one epoch. */
type Choose = (outside: number, negativeKey: number, position: number) => LabelledRows

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
  readonly #choose: Choose
  readonly #inputRows: Matrix // of the words, and the new document's behind them

  /** Takes the word vectors of the model. Throws `usage` where they are of no model of documents. */
  constructor(words: WordVectors) {
    const { outputVectors } = words
    const options = optionsIn(words.metadata)
    if (!options || !outputVectors || !learnsDocuments(options.architecture))
      throw new WordloomError(
        'usage',
        'these vectors are of no model of documents; train one with architecture pv-dm or pv-dbow, and keep it as .safetensors',
      )
    this.#words = words
    this.#options = options
    this.#architecture = options.architecture === 'pv-dm' ? 'pv-dm' : 'pv-dbow'
    this.#form = bagFormOf(options)
    this.#keep = keepThresholds(words.vocabulary, options.subsampling)
    this.#choose = chooser(words, outputVectors, options)
    this.#inputRows = { ...words.matrix, rows: words.size }
  }

  /** The vector of a document, as text or as words; undefined where it has no word of the vocabulary. */
  infer(document: string | readonly string[], chosen: InferenceOptions = {}): Float32Array | undefined {
    const ids = this.#idsOf(document)
    if (ids.length === 0) return undefined
    const epochs = chosen.epochs ?? Math.max(20, this.#options.epochs)
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

  #idsOf(document: string | readonly string[]): Int32Array {
    const { tokenizer } = this.#options
    const words = typeof document === 'string' ? tokenize(document, tokenizer) : document
    const ids = words.map(word => this.#words.vocabulary.idOf(word))
    return Int32Array.from(ids.filter(id => id !== undefined))
  }

  /** As the row of a document begins in training. */
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
      const chosen = this.#choose(outside, negativeKey, position)
      const change = hiddenChange(this.#hidden(vector, bag), chosen, rate(position))
      addScaled(vector, this.#form === 'mean' ? 1 / bag.length : 1, change)
    }
  }

  /** The bag's hidden row: the document's is the last of its rows. */
  #hidden(vector: Float32Array, bag: readonly number[]): ArrayLike<number> {
    if (bag.length === 1) return vector
    const words = bag.slice(0, -1)
    const ofWords = hiddenRow(this.#inputRows, words, 'sum')
    const share = this.#form === 'sum' ? 1 : 1 / bag.length
    return vector.map((x, i) => (x + ofWords[i]!) * share)
  }
}

function chooser(words: WordVectors, outputVectors: Matrix, options: TrainingOptions): Choose {
  const { counts } = words.vocabulary
  if (options.objective === 'hierarchical-softmax') {
    const tree = huffmanTree(counts)
    return outside => labelledPath(outputVectors, tree, outside, 1)
  }
  const noise = aliasTable(noiseWeights(counts, options.noiseExponent))
  return (outside, negativeKey, position) => {
    const random = new Random(negativeKey, position)
    const drawNoise = (evenly: boolean) => drawWord(noise, random, evenly)
    return negativeSampling(
      outputVectors,
      [outside],
      drawNegativeSamples(drawNoise, outside, options.negativeSamples),
    )
  }
}

/** What the step would add to a hidden row, of which the output rows stay as they are. */
function hiddenChange(
  hidden: ArrayLike<number>,
  { own, shared, labels }: LabelledRows,
  rate: number,
): Float64Array {
  const change = new Float64Array(hidden.length)
  for (const [i, row] of [own[0]!, ...shared].entries())
    addScaled(change, rate * (labels[i]! - sigmoid(dot(row, hidden))), row)
  return change
}
