import { WordloomError } from '../errors.js'
import { integer, type OptionTable, UNBOUNDED } from '../options/index.js'
import { BatchSource } from './batch.js'
import { BatchGradient, type Vectors } from './batch-gradient.js'
import { stepAt } from './gradient-descent.js'
import type { TwisterState } from './mersenne-twister.js'
import { NumpyRandom } from './numpy-random.js'
import { PythonRandom } from './python-random.js'
import type { Treebank } from './treebank.js'

export const DIMENSIONS = 10
/** In iterations: the loss is measured this often. */
const LOSS_EVERY = 10

const PYTHON_SEED = 31415
const NUMPY_SEED = 9265
const FIRST_STEP = 0.3
const SMOOTHING = 0.95

/** Every option of the run on the treebank: types, defaults, ranges, flags and help. */
export const treebankOptionTable = {
  iterations: integer(40_000, 1, UNBOUNDED, 'iterations after which the run stops'),
} as const satisfies OptionTable

/** Everything that decides how a run goes on; the treebank is named by its digest. */
export interface RunState {
  readonly iteration: number
  /** Undefined before iteration 10. */
  readonly smoothedLoss: number | undefined
  readonly loseRepeats: boolean
  readonly treebankDigest: string
  readonly random: TwisterState
  readonly inputVectors: Float64Array
  readonly outputVectors: Float64Array
}

/** The assignment's training on the treebank: skip-gram with negative sampling in float64, step by step. */
export class TreebankRun {
  readonly treebank: Treebank
  readonly vectors: Vectors
  readonly loseRepeats: boolean
  private readonly random = new PythonRandom(PYTHON_SEED)
  private readonly source: BatchSource
  private readonly gradient: BatchGradient
  private iterations = 0
  private loss: number | undefined

  constructor(treebank: Treebank, loseRepeats = false) {
    this.treebank = treebank
    this.loseRepeats = loseRepeats
    this.vectors = firstVectors(treebank.words.length)
    this.source = new BatchSource(treebank, this.random)
    this.gradient = new BatchGradient(this.vectors, loseRepeats)
  }

  /**
   * Goes on where another run stopped, as if it had not. Throws `bad-data` if that run saw another treebank or its
   * numbers do not fit.
   */
  static resume(treebank: Treebank, state: RunState): TreebankRun {
    checkFits(treebank, state)
    const run = new TreebankRun(treebank, state.loseRepeats)
    run.source.draw() // thins the sentences with the draws that the first run thinned them with
    run.random.restore(state.random)
    run.vectors.inputVectors.set(state.inputVectors)
    run.vectors.outputVectors.set(state.outputVectors)
    run.iterations = state.iteration
    run.loss = state.smoothedLoss
    return run
  }

  /** Iterations done. */
  get iteration(): number {
    return this.iterations
  }

  /** The loss of a window, a running mean of every tenth iteration's; undefined before the tenth. */
  get smoothedLoss(): number | undefined {
    return this.loss
  }

  /** One iteration: a batch of 50 windows, one step. */
  advance(): void {
    this.iterations++
    this.source.draw()
    const loss = this.gradient.add(this.source.batch)
    this.gradient.descend(stepAt(FIRST_STEP, this.iterations))
    if (this.iterations % LOSS_EVERY === 0)
      this.loss = this.loss === undefined ? loss : SMOOTHING * this.loss + (1 - SMOOTHING) * loss
  }

  /** What to keep to go on later. The matrices are this run's own, not copies. */
  state(): RunState {
    return {
      iteration: this.iterations,
      smoothedLoss: this.loss,
      loseRepeats: this.loseRepeats,
      treebankDigest: this.treebank.digest,
      random: this.random.save(),
      inputVectors: this.vectors.inputVectors,
      outputVectors: this.vectors.outputVectors,
    }
  }
}

/** (rand − 0.5) / d for words as center words, zero for words as outside words. */
function firstVectors(words: number): Vectors {
  const numbers = new NumpyRandom(NUMPY_SEED).rand(words * DIMENSIONS)
  return {
    inputVectors: numbers.map(number => (number - 0.5) / DIMENSIONS),
    outputVectors: new Float64Array(words * DIMENSIONS),
    words,
    dimensions: DIMENSIONS,
  }
}

function checkFits(treebank: Treebank, { treebankDigest, inputVectors, outputVectors }: RunState): void {
  if (treebankDigest !== treebank.digest)
    throw new WordloomError('bad-data', {
      action: 'continue the run',
      found: 'the checkpoint was made with another treebank',
      cure: 'give the file that its run was started with',
    })
  const numbers = treebank.words.length * DIMENSIONS
  if (inputVectors.length !== numbers || outputVectors.length !== numbers)
    throw new WordloomError('bad-data', {
      action: 'continue the run',
      found: `the matrices of the checkpoint have ${inputVectors.length} and ${outputVectors.length} numbers`,
      expected: `${numbers} in each`,
    })
}
