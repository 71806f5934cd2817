import {
  type Convention,
  inConvention,
  outsideWords,
  type Rows,
  type SampledPair,
  type Vector,
  type WordPair,
} from '../../equations/index.js'

/** The numbers that statements are tried on. */
export interface Example {
  /** V, |V|×d: one input vector a row. */
  readonly inputVectors: Rows
  /** U, |V|×d: one output vector a row. */
  readonly outputVectors: Rows
  /** c, the center word. */
  readonly center: number
  /** o, the outside word. */
  readonly outside: number
  /** w or x: a word other than o. */
  readonly other: number
  /** n_1 … n_K: one for every draw. */
  readonly negatives: readonly number[]
  /** The words of a sentence, with the center word at `position`. */
  readonly sentence: readonly number[]
  /** t, the place of the center word in the sentence. */
  readonly position: number
  /** m, how far the window reaches to each side. */
  readonly reach: number
  /** Where the sigmoid is looked at. */
  readonly x: number
  /** How the functions are handed U, and give ∂J/∂U; `'rows'` unless said otherwise. */
  readonly convention?: Convention
}

/**
 * Numbers on which every slip shows: the outside word is word 0 and is once among the negatives, word 3 is drawn three
 * times, and the window is clipped at the start of the sentence.
 */
export const exampleNumbers: Example = {
  inputVectors: [
    [0.4, -0.7, 0.1],
    [-0.3, 0.5, 0.9],
    [0.8, 0.6, -0.5],
    [-0.9, 0.2, 0.3],
    [0.1, -0.4, 0.7],
  ],
  outputVectors: [
    [0.5, -0.2, 0.3],
    [-0.6, 0.8, 0.1],
    [0.2, 0.4, -0.9],
    [0.7, 0.9, 0.4],
    [-0.1, -0.5, 0.6],
  ],
  center: 2,
  outside: 0,
  other: 3,
  negatives: [3, 1, 3, 0, 3],
  sentence: [4, 2, 0, 1, 3],
  position: 1,
  reach: 2,
  x: 0.7,
}

/** v_c, d×1. */
export function centerVectorOf({ inputVectors, center }: Example): Vector {
  return inputVectors[center]
}

/** The pair (c, o), for naive softmax. */
export function pairOf(example: Example): WordPair {
  const { outside, outputVectors, convention = 'rows' } = example
  return {
    centerVector: centerVectorOf(example),
    outside,
    outputVectors: convention === 'rows' ? outputVectors : inConvention(outputVectors, convention),
    convention,
  }
}

/** The pair (c, o) with its negatives, for negative sampling. */
export function sampledPairOf(example: Example): SampledPair {
  return { ...pairOf(example), negatives: example.negatives }
}

/** The outside words of the window around the center word. */
export function windowOf({ sentence, position, reach }: Example): number[] {
  return outsideWords({ sentence, position, reach })
}

/** c_x, how often a word is drawn. */
export function timesDrawn({ negatives }: Example, word: number): number {
  return negatives.filter(negative => negative === word).length
}
