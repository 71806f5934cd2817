import { type Matrix, row } from '../math/matrix.js'
import { Random } from '../math/random.js'
import { dot } from '../math/vector.js'
import { drawNegativeSamples, drawWord } from './noise.js'
import { logSigmoid } from './sigmoid.js'
import { type Block, type WindowSettings, windows } from './windows.js'

/** What is needed to judge text that was not trained; keys that do not change make the judgement comparable. */
export interface HeldOutState extends WindowSettings {
  readonly inputVectors: Matrix
  readonly outputVectors: Matrix
  /** The row of a word in both matrices. */
  readonly rowOf: (word: number) => number
  /** Alias table of the noise distribution over all words, by word. */
  readonly noise: Uint32Array
  readonly negativeSamples: number
  readonly negativeKey: number
}

/**
 * The negative-sampling loss in nats, Σ −ln σ(u_o·v_c) − Σ ln σ(−u_n·v_c), over the pairs of a block that is not
 * trained. docs/equations.md, negative sampling.
 */
export function heldOutLoss(block: Block, state: HeldOutState): { pairs: number; loss: number } {
  let pairs = 0
  let loss = 0
  for (const { outside, centers, position } of windows(block, state)) {
    const random = new Random(state.negativeKey, position)
    const drawNoise = () => drawWord(state.noise, random)
    const negatives = drawNegativeSamples(drawNoise, outside, state.negativeSamples)
    const outputs = [outside, ...negatives].map(word => row(state.outputVectors, state.rowOf(word)))
    for (const center of centers) loss += lossOfPair(row(state.inputVectors, state.rowOf(center)), outputs)
    pairs += centers.length
  }
  return { pairs, loss }
}

/** The first output vector is that of the outside word, the others those of noise words. */
function lossOfPair(center: Float32Array, outputs: readonly Float32Array[]): number {
  return outputs.reduce((loss, output, i) => {
    const score = dot(center, output)
    return loss - logSigmoid(i === 0 ? score : -score)
  }, 0)
}
