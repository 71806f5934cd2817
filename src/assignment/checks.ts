import {
  checkGradient,
  denseRows,
  type GradientCheck,
  relativeError,
  type SparseRows,
} from '../equations/index.js'
import { choice, completed, flag, type OptionTable } from '../options/index.js'
import { BATCH, type BatchSettings, fiveWordBatch, type Objective, windowOf } from './five-word-batch.js'
import { FIVE_WORDS, fiveWordVectors } from './five-words.js'
import { descend } from './gradient-descent.js'
import { publishedLosses } from './published.js'
import { PythonRandom, type PythonVersion } from './python-random.js'
import { windowGradients } from './window-gradients.js'

/** A gradient check passes up to this error, |numeric − analytic| / max(1, |numeric|, |analytic|). */
const GRADIENT_TOLERANCE = 1e-5
/** A loss agrees with the published one up to this relative error: no more than the last bits of logarithms. */
const LOSS_TOLERANCE = 1e-12
/** A descent passes when it ends this near to zero. */
const DESCENT_TOLERANCE = 1e-6

const SEED = 31415
const STEP = 1e-4
/** The center word of every printed window. */
const CENTER = 'c'

export interface CheckOptions {
  /** Version of Python whose random numbers the checks draw. One of 2, 3; default '3'. */
  readonly python?: PythonVersion | `${PythonVersion}` | undefined
  /**
   * Gradients that lose repeated negatives, as NumPy's gradient[rows] += does. True or false; default false.
   *
   * Their check fails, as it should.
   */
  readonly loseRepeats?: boolean | undefined
}

/** Every option of the checks: types, defaults, flags and help. */
export const checksOptionTable = {
  python: choice('3', ['2', '3'], 'version of Python whose random numbers the checks draw'),
  loseRepeats: flag("gradients that lose repeated negatives, as NumPy's gradient[rows] += does"),
} as const satisfies OptionTable<keyof CheckOptions>

/** A gradient against central differences, over every number of the ten vectors. */
export interface BatchCheck extends GradientCheck {
  readonly objective: Objective
  /** Mean loss of a window. */
  readonly loss: number
  readonly windows: number
  readonly passed: boolean
}

/** What the assignment prints of one window. */
export interface PrintedWindow {
  readonly objective: Objective
  readonly center: string
  readonly window: number
  readonly outside: readonly string[]
  /** The negatives drawn for each outside word. */
  readonly negatives?: readonly string[]
  readonly loss: number
  /** The loss that is known from the course, if one is. */
  readonly published: number | undefined
  /** Whether the loss is the published one, or none is known. */
  readonly passed: boolean
  /** ∂J/∂V, 5×3. */
  readonly inputGradient: readonly (readonly number[])[]
  /** ∂J/∂U, 5×3. */
  readonly outputGradient: readonly (readonly number[])[]
}

/** The assignment's test of `sgd`: the place at which f(x) = x² is least. */
export interface DescentCheck {
  readonly start: number
  readonly result: number
  readonly passed: boolean
}

export interface Checks {
  readonly gradients: readonly BatchCheck[]
  readonly printed: readonly PrintedWindow[]
  readonly descents: readonly DescentCheck[]
}

/**
 * All that the assignment checks and prints before it touches a corpus, from the same random numbers in the same
 * order: the windows printed for negative sampling depend on what the gradient checks before them have drawn. Throws
 * `usage` for an option that cannot be.
 */
export function assignmentChecks(options: CheckOptions = {}): Checks {
  const { python, loseRepeats } = completeCheckOptions(options)
  const random = new PythonRandom(SEED, python)
  const vectors = fiveWordVectors()
  const naive: BatchSettings = { objective: 'naive softmax', random, loseRepeats }
  const sampled: BatchSettings = { objective: 'negative sampling', random, loseRepeats }
  return {
    gradients: [checkBatch(vectors, naive), checkBatch(vectors, sampled)],
    printed: [
      printedWindow(3, 'abedbc', vectors, naive),
      printedWindow(1, 'ab', vectors, sampled),
      printedWindow(2, 'abca', vectors, sampled),
    ].map((window, i) => besidePublished(window, publishedLosses[python][i])),
    descents: [0.5, 0, -1.5].map(checkDescent),
  }
}

function completeCheckOptions({ python: given, ...others }: CheckOptions) {
  const named = given === 2 || given === 3 ? (`${given}` as const) : given
  const { python, loseRepeats } = completed(
    checksOptionTable,
    { ...others, python: named },
    'check the assignment',
  )
  return { python: python === '2' ? (2 as const) : (3 as const), loseRepeats }
}

/** Every evaluation sees the same windows and negatives, because the generator is put back before it. */
function checkBatch(vectors: readonly Float64Array[], settings: BatchSettings): BatchCheck {
  const state = settings.random.save()
  const { loss, gradient } = fiveWordBatch(vectors, settings)
  const lossAt = (at: readonly Float64Array[]) => {
    settings.random.restore(state)
    return fiveWordBatch(at, { ...settings, loseRepeats: false }).loss
  }
  const check = checkGradient(lossAt, vectors, gradient, { step: STEP })
  const passed = check.largestError <= GRADIENT_TOLERANCE
  return { objective: settings.objective, loss, windows: BATCH, passed, ...check }
}

function printedWindow(
  window: number,
  outside: string,
  vectors: readonly Float64Array[],
  settings: BatchSettings,
) {
  const drawn = windowOf(idOf(CENTER), Array.from(outside, idOf), vectors, settings)
  const gradients = windowGradients(drawn, settings.loseRepeats)
  return {
    objective: settings.objective,
    center: CENTER,
    window,
    outside: [...outside],
    ...(drawn.negatives && { negatives: Array.from(drawn.negatives, wordsOf) }),
    loss: gradients.loss,
    inputGradient: dense(gradients.inputGradient, vectors),
    outputGradient: dense(gradients.outputGradient, vectors),
  }
}

function besidePublished(
  window: Omit<PrintedWindow, 'published' | 'passed'>,
  published: number | undefined,
): PrintedWindow {
  const passed = published === undefined || relativeError(window.loss, published) <= LOSS_TOLERANCE
  return { ...window, published, passed }
}

function idOf(word: string): number {
  return (FIVE_WORDS as readonly string[]).indexOf(word)
}

function wordsOf(ids: ArrayLike<number>): string {
  return Array.from(ids, id => FIVE_WORDS[id]).join('')
}

function dense(gradient: SparseRows, vectors: readonly Float64Array[]): number[][] {
  return denseRows(gradient, FIVE_WORDS.length, vectors[0].length).map(row => [...row])
}

function checkDescent(start: number): DescentCheck {
  const result = descend(x => 2 * x, start, 0.01, 1000)
  return { start, result, passed: Math.abs(result) <= DESCENT_TOLERANCE }
}
