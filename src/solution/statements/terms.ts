import { numericGradient, softmax, type Vector } from '../../equations/index.js'
import { scaled } from '../../equations/inner.js'
import { dot } from '../../math/index.js'
/** The terms that statements are made of, as they stand on paper: no care for overflow. */
import { centerVectorOf, type Example } from './example.js'

/** s_w = u_wᵀv_c of one word. */
export function scoreOf(example: Example, word: number): number {
  return dot(example.outputVectors[word], centerVectorOf(example))
}

/** s = U v_c, |V|×1. */
export function scoresOf(example: Example): number[] {
  return Array.from(example.outputVectors, (_, word) => scoreOf(example, word))
}

/** ŷ, |V|×1. */
export function expectedOf(example: Example): Float64Array {
  return softmax(scoresOf(example))
}

/** y, |V|×1. */
export function observedOf({ outputVectors, outside }: Example): number[] {
  return Array.from(outputVectors, (_, word) => (word === outside ? 1 : 0))
}

/** Σ_w exp(s_w). */
export function totalOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + Math.exp(score), 0)
}

/** −u_o. */
export function minusOutside({ outputVectors, outside }: Example): Float64Array {
  return scaled(-1, outputVectors[outside])
}

/** The derivative of `f` by v_c, d×1, by central differences. */
export function byCenter(example: Example, f: (at: Example) => number): Float64Array {
  const { inputVectors, center } = example
  const withCenter = (vector: Vector) => Array.from(inputVectors, (row, c) => (c === center ? vector : row))
  const moved = ([vector]: Float64Array[]) => f({ ...example, inputVectors: withCenter(vector) })
  return numericGradient(moved, [inputVectors[center]])[0]
}

/** The derivative of `f` by u_w, d×1, by central differences. */
export function byOutput(example: Example, word: number, f: (at: Example) => number): Float64Array {
  const { outputVectors } = example
  const withOutput = (vector: Vector) => Array.from(outputVectors, (row, w) => (w === word ? vector : row))
  const moved = ([vector]: Float64Array[]) => f({ ...example, outputVectors: withOutput(vector) })
  return numericGradient(moved, [outputVectors[word]])[0]
}

/** The derivative of a function of one number, by a central difference. */
export function byNumber(x: number, f: (at: number) => number): number {
  return numericGradient(([[at]]) => f(at), [[x]])[0][0]
}
