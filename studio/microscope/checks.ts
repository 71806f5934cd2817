import { checkGradient, denseRows, type GradientCheck, skipGram } from 'wordloom/equations'
import { type Reading, windowOf } from './view.js'

/** A gradient within this of the central difference is called right; float64 stays far below. */
export const TOLERANCE = 1e-7

/** What stands for ∂J/∂v_c among the checks; ∂J/∂u_w is there by its word. */
export const CENTER = 'center'

/** Moves each number of v_c up and down a little and compares what the loss does with the gradient (16). */
export function checkCenter({ view, center, inputGradient }: Reading): GradientCheck {
  const window = windowOf(view)
  const loss = ([row]: Float64Array[]) =>
    skipGram({ ...window, inputVectors: replaced(view.inputVectors, center, row) }).loss
  return checkGradient(loss, [view.inputVectors[center]], [inputGradient.get(center)!])
}

/** The same for u_w; a word that is not in the loss has the gradient 0. */
export function checkOutput({ view, outputGradient }: Reading, word: number): GradientCheck {
  const window = windowOf(view)
  const loss = ([row]: Float64Array[]) =>
    skipGram({ ...window, outputVectors: replaced(view.outputVectors, word, row) }).loss
  const row = view.outputVectors[word]
  const [zero] = denseRows(new Map(), 1, row.length)
  return checkGradient(loss, [row], [outputGradient.get(word) ?? zero])
}

function replaced(rows: readonly Float64Array[], at: number, row: Float64Array): Float64Array[] {
  return rows.map((present, i) => (i === at ? row : present))
}
