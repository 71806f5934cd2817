import { WordloomError } from '../errors.js'
import {
  byNearness,
  checkNames,
  completed,
  integer,
  number,
  type OptionTable,
  UNBOUNDED,
} from '../options/index.js'
import type { Vocabulary } from '../text/index.js'
import { BagRows, type BagSettings } from './bag-rows.js'
import { type Explanation, spokenFor } from './explanation.js'
import { HiddenRow } from './hidden-row.js'
import { type LabelLayer, LogisticLayer, SoftmaxLayer, TreeLayer } from './label-layer.js'
import { PlainRows, type Rows } from './rows.js'

/** By which loss a classifier was trained, which is also how its labels are scored. */
export type ClassifierLoss = 'softmax' | 'hierarchical-softmax' | 'negative-sampling' | 'one-vs-all'

/** What a classifier is made of. */
export interface ClassifierParts {
  readonly words: Vocabulary
  readonly labels: Vocabulary
  readonly kept: ReadonlyMap<number, number> | undefined
  readonly settings: BagSettings
  readonly loss: ClassifierLoss
  /** A row for each word, then one for each bucket of n-grams. */
  readonly input: Rows
  /** A row for each label, or for each inner node of their tree. */
  readonly output: Rows
  /** How it was made, as its file says. */
  readonly metadata?: Readonly<Record<string, string>>
}

export interface PredictOptions {
  /** Number of labels, the most probable ones. A whole number from 1 up; default 1. */
  readonly count?: number | undefined
  /** Least probability of a label that is given. A number from 0 to 1; default 0. */
  readonly threshold?: number | undefined
}

/** Every option of a prediction: types, defaults, ranges, flags and help. */
export const predictOptionTable = {
  count: integer(1, 1, UNBOUNDED, 'number of labels, the most probable ones'),
  threshold: number(0, 0, 1, 'least probability of a label that is given'),
} as const satisfies OptionTable<keyof PredictOptions>

const ACTION = 'classify'

/** A label with its probability. */
export interface Prediction {
  readonly label: string
  readonly probability: number
}

let partsIn: (classifier: Classifier) => ClassifierParts

/**
 * Labels texts by the mean of the rows of their words and n-grams (Joulin et al. 2017), as fastText does. Probabilities are
 * those of its loss; fastText itself adds 0.00001 to what it prints, at each node of a tree.
 */
export class Classifier {
  /** Without the prefix that marks them in a file, the most frequent first. */
  readonly labels: readonly string[]
  /** How often each label was seen in training. */
  readonly labelCounts: Float64Array
  readonly dimensions: number
  readonly loss: ClassifierLoss
  /** How it was made, as far as its file says: each a text, or JSON. */
  readonly metadata: Readonly<Record<string, string>>
  readonly #parts: ClassifierParts
  readonly #rows: BagRows
  readonly #input: Rows
  readonly #layer: LabelLayer
  readonly #hidden: HiddenRow

  static {
    partsIn = classifier => classifier.#parts
  }

  constructor(parts: ClassifierParts) {
    const { words, labels, settings, kept, loss, input, output, metadata = {} } = parts
    this.#parts = parts
    this.labels = shownLabels(parts)
    this.metadata = metadata
    this.labelCounts = labels.counts
    this.dimensions = input.columns
    this.loss = loss
    // buckets that no text of the training had count as rows of zeros; those that were cut off do not count
    this.#rows = new BagRows(words, labels, settings, kept, input instanceof PlainRows)
    this.#input = input
    this.#hidden = new HiddenRow(this.#rows, input, words.size)
    this.#layer = layerFor(loss, output, labels.counts)
  }

  /**
   * The most probable labels of a text, one line of it: line breaks count as spaces. Empty if the classifier has no row for
   * anything in it, or no label reaches the threshold. Throws `usage`.
   */
  predict(text: string, options: PredictOptions = {}): Prediction[] {
    checkText(text)
    checkNames(predictOptionTable, options, [], ACTION)
    const { count, threshold } = completed(predictOptionTable, options, ACTION)
    const hidden = this.#hidden.of(text)
    if (!hidden) return []
    return this.#layer
      .best(hidden, count, threshold)
      .map(({ label, probability }) => ({ label: this.labels[label]!, probability }))
  }

  /** The probability of each label, in their order; undefined if the classifier has no row for anything in the text. */
  probabilities(text: string): Float64Array | undefined {
    checkText(text)
    const hidden = this.#hidden.of(text)
    if (!hidden) return undefined
    const probabilities = new Float64Array(this.labels.length)
    this.#layer.probabilities(hidden, probabilities)
    return probabilities
  }

  /**
   * Which words and n-grams of a text spoke for a label, the most probable one if none is named. A score is linear in the rows
   * of a text, so that what its parts have in it adds up to it. Undefined if the classifier has no row for anything in
   * the text. Throws `usage` for a label that it does not have.
   */
  explain(text: string, label?: string): Explanation | undefined {
    const probabilities = this.probabilities(text)
    if (!probabilities) return undefined
    const best = probabilities.reduce((best, chance, i) => (chance > probabilities[best]! ? i : best), 0)
    const number = label === undefined ? best : this.labels.indexOf(label)
    if (number < 0) throw unknownLabel(label, this.labels)
    return {
      label: this.labels[number]!,
      probability: probabilities[number]!,
      measure: this.loss === 'hierarchical-softmax' ? 'log-odds' : 'score',
      ...spokenFor(text, this.#rows, this.#input, this.#layer.scoresOf(number)),
    }
  }
}

function checkText(text: unknown): void {
  if (typeof text !== 'string')
    throw new WordloomError('usage', {
      action: ACTION,
      found: `the text is a value of type ${typeof text}`,
      expected: 'a string',
    })
}

function unknownLabel(label: unknown, labels: readonly string[]): WordloomError {
  const near = typeof label === 'string' ? byNearness(label, labels).slice(0, 3) : labels.slice(0, 3)
  return new WordloomError('usage', {
    action: 'explain a label',
    found: `the classifier has no label "${String(label)}"`,
    expected: `one of its ${labels.length.toLocaleString('en')} labels, such as ${near.join(', ')}`,
  })
}

/**
 * What a classifier is made of, for those who write it, code it or train it further; not to be written to. Throws `usage` for
 * what is none.
 */
export function partsOf(classifier: Classifier): ClassifierParts {
  if (classifier instanceof Classifier) return partsIn(classifier)
  throw new WordloomError('usage', {
    action: 'look into a classifier',
    found: `a value of type ${typeof classifier} is given`,
    expected: 'a Classifier',
  })
}

/** Labels without the prefix that marks them in a file, if all have it. */
function shownLabels({ labels, settings: { labelPrefix } }: ClassifierParts): string[] {
  const names = [...labels.words()]
  const havePrefix = names.every(name => name.startsWith(labelPrefix))
  return havePrefix ? names.map(name => name.slice(labelPrefix.length)) : names
}

function layerFor(loss: ClassifierLoss, output: Rows, counts: Float64Array): LabelLayer {
  if (loss === 'softmax') return new SoftmaxLayer(output)
  if (loss === 'hierarchical-softmax') return new TreeLayer(output, counts)
  return new LogisticLayer(output)
}
