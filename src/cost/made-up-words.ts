import { type HuffmanTree, huffmanTree, pathOf } from '../equations/index.js'
import { drawNegativeSamples, drawWord, noiseWeights, zeroRows } from '../equations/inner.js'
import { WordloomError } from '../errors.js'
import { aliasTable, keyOf, Purpose, Random } from '../math/index.js'

/** Vectors for as many words as wanted, which nobody learned: what they hold does not change what they cost. */
export interface MadeUpVectors {
  readonly inputVectors: readonly Float64Array[]
  readonly outputVectors: readonly Float64Array[]
}

const SEED = 1
/** Of a matrix: 1 GiB in float64, and a naive gradient takes as much again. */
const MOST_NUMBERS = 2 ** 27

/** Both matrices |V|×d, as views of the rows of one piece of memory each, as in training. Throws `too-large`. */
export function madeUpVectors(words: number, dimensions: number): MadeUpVectors {
  if (words * dimensions > MOST_NUMBERS)
    throw new WordloomError('too-large', {
      action: 'measure the cost',
      found: `${words} words of ${dimensions} numbers are more than 1 GiB a matrix`,
      cure: 'take fewer of either',
    })
  const random = new Random(keyOf(SEED, Purpose.inputVectors), 0)
  const rows = () => {
    const matrix = zeroRows(words, dimensions)
    for (const row of matrix) for (let i = 0; i < row.length; i++) row[i] = (random.uniform() - 0.5) / 10
    return matrix
  }
  return { inputVectors: rows(), outputVectors: rows() }
}

/** The first words of a made-up vocabulary, drawn as often as words of real text are. */
export class MadeUpWords {
  readonly inputVectors: readonly Float64Array[]
  readonly outputVectors: readonly Float64Array[]
  private readonly counts: Float64Array
  private readonly noise: Uint32Array
  private tree: HuffmanTree | undefined
  private readonly random = new Random(keyOf(SEED, Purpose.negativeSamples), 0)

  constructor(vectors: MadeUpVectors, words: number) {
    this.inputVectors = vectors.inputVectors.slice(0, words)
    this.outputVectors = vectors.outputVectors.slice(0, words)
    // Zipf's law: the word of rank r is seen 1/r times as often as the first.
    this.counts = Float64Array.from({ length: words }, (_, w) => 1e6 / (w + 1))
    this.noise = aliasTable(noiseWeights(this.counts, 0.75))
  }

  /** A center word's vector, and an outside word. */
  pair() {
    return {
      centerVector: this.inputVectors[this.word()],
      outside: this.word(),
      outputVectors: this.outputVectors,
    }
  }

  /** A center word's vector, and the path to an outside word; the tree is made when it is first asked for. */
  pathPair() {
    const { centerVector, outside, outputVectors } = this.pair()
    this.tree ??= huffmanTree(this.counts)
    return { hidden: centerVector, path: pathOf(this.tree, outside), outputVectors }
  }

  /** The same with negatives, each drawn in constant time. */
  sampledPair(negativeSamples: number) {
    const pair = this.pair()
    const negatives = drawNegativeSamples(() => this.word(), pair.outside, negativeSamples)
    return { ...pair, negatives }
  }

  private word(): number {
    return drawWord(this.noise, this.random)
  }
}
