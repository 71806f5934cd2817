import { addScaled } from '../math/index.js'
import { type Architecture, architectureOf } from '../reference/index.js'
import { subwordBuckets } from '../text/index.js'
import type { TrainingOptions } from '../training/index.js'
import { bagFormOf } from '../training/inner.js'
import type { WordVectors } from '../vectors/index.js'
import type { FoundWord } from '../vectors/inner.js'

/** A vector in a bag, and how many input rows it is the mean of: those of a word with sub-words are several. */
interface Part {
  readonly vector: ArrayLike<number>
  readonly rows: number
}

/** Makes the hidden rows of a context, of the bags that the architecture of a model trained. */
export class InputSide {
  readonly #words: WordVectors
  readonly #architecture: Architecture
  readonly #isSum: boolean

  constructor(words: WordVectors, options: TrainingOptions) {
    this.#words = words
    this.#architecture = architectureOf(options.architecture)
    this.#isSum = bagFormOf(options) === 'sum'
  }

  get learnsDocuments(): boolean {
    return this.#architecture.hasDocuments === true
  }

  /** Whether words have a part in what is predicted. */
  get predictsByWords(): boolean {
    return !this.#architecture.leavesWords
  }

  /** The hidden rows that are to predict a word amid this context; none if there is nothing to predict it from. */
  hiddenRows(context: readonly FoundWord[], document: Float32Array | undefined): Float64Array[] {
    const parts = [...context.map(word => this.#partOf(word)), document && { vector: document, rows: 1 }]
    const reach = context.length
    const kept = [...context, undefined].map((_, place) => ({ id: place, place, reach }))
    // Rows are named by their places in `parts`; the word to predict stands last, and no bag has its row.
    const bags = this.#architecture.bags({
      kept,
      t: reach,
      window: reach,
      wordRows: undefined,
      documents: [reach],
    })
    return bags
      .map(bag => bag.flatMap(place => parts[place] ?? []))
      .filter(bag => bag.length > 0)
      .map(bag => this.#hiddenRow(bag))
  }

  #partOf({ word, id, vector }: FoundWord): Part {
    const { subwords, vocabulary } = this.#words
    if (!subwords) return { vector, rows: 1 }
    const bytes = id === undefined ? new TextEncoder().encode(word) : vocabulary.bytes(id)
    const ngrams = subwordBuckets(bytes, subwords.settings).length
    return { vector, rows: id === undefined ? ngrams : 1 + ngrams }
  }

  /** A bag's mean or sum over input rows. */
  #hiddenRow(bag: readonly Part[]): Float64Array {
    const sum = new Float64Array(this.#words.dimensions)
    const rows = bag.reduce((total, part) => total + part.rows, 0)
    for (const part of bag) addScaled(sum, this.#isSum ? part.rows : part.rows / rows, part.vector)
    return sum
  }
}
