import { type Matrix, row } from '../math/matrix.js'
import { Random } from '../math/random.js'
import { drawNegativeSamples, drawWord } from './noise.js'
import { step } from './step.js'
import { negativeSampling } from './train-windows.js'

/** A pair is the center word's place in its part in the high 16 bits, the outside word's in the low 16. */
export function pairOf(center: number, outside: number): number {
  return ((center << 16) | outside) >>> 0
}

/** Everything that one block of pairs needs; its two parts of the model are all that it touches. */
export interface PairBlock {
  /** Input vectors of the center words' part. */
  readonly inputVectors: Matrix
  /** Output vectors of the outside words' part. */
  readonly outputVectors: Matrix
  /** Alias table of the noise distribution over the outside words' part. */
  readonly noise: Uint32Array
  readonly pairs: Uint32Array
  readonly negativeSamples: number
  readonly negativeKey: number
  readonly ownNegativeKey: number
  readonly learningRate: number
}

/** Pairs that are grouped and trained at a time. */
const PIECE = 1 << 17
/** Input rows whose pairs stay together, so that the rows stay in the cache. */
const GROUP_ROWS = 32
/** Steps of two pairs that see the same negative samples. */
const STEPS_TOGETHER = 3

/**
 * Trains all pairs of one block, in place: the unit of work of the block schedule, and a pure function of its
 * arguments. Returns the loss in nats. kernels/blocks.ts is the twin.
 */
export function trainBlock(block: PairBlock): { pairs: number; loss: number } {
  let loss = 0
  for (let start = 0; start < block.pairs.length; start += PIECE)
    loss += trainPiece(block, start, groupedByInput(block.pairs.subarray(start, start + PIECE)))
  return { pairs: block.pairs.length, loss }
}

/** Stable: within a group of inputs the pairs stay in the order of the text. */
function groupedByInput(pairs: Uint32Array): number[] {
  return [...pairs].sort((a, b) => groupOf(a) - groupOf(b))
}

function groupOf(pair: number): number {
  return Math.floor((pair >>> 16) / GROUP_ROWS)
}

/** Takes one pair from each half of the grouped list, so that the two inputs of a step differ. */
function trainPiece(block: PairBlock, start: number, pairs: readonly number[]): number {
  const half = Math.ceil(pairs.length / 2)
  let negatives: number[] = []
  let loss = 0
  for (let k = 0; k < half; k++) {
    const at = start + k
    if (k % STEPS_TOGETHER === 0) negatives = sharedNegatives(block, at)
    const two = pairs[half + k] === undefined ? [pairs[k]!] : [pairs[k]!, pairs[half + k]!]
    if (two.length === 2 && canGoTogether(two, negatives)) loss += trainPairs(block, two, negatives)
    else for (const [n, pair] of two.entries()) loss += trainAlone(block, 2 * at + n, pair, negatives)
  }
  return loss
}

function sharedNegatives(block: PairBlock, at: number): number[] {
  const random = new Random(block.negativeKey, at)
  return Array.from({ length: block.negativeSamples }, () => drawWord(block.noise, random))
}

/** Gradients of one input would overwrite each other, and no pair may have its outside word as a negative. */
function canGoTogether(two: readonly number[], negatives: readonly number[]): boolean {
  return centerOf(two[0]!) !== centerOf(two[1]!) && !two.some(pair => negatives.includes(outsideOf(pair)))
}

function trainAlone(block: PairBlock, at: number, pair: number, shared: readonly number[]): number {
  const outside = outsideOf(pair)
  if (!shared.includes(outside)) return trainPairs(block, [pair], shared)
  const random = new Random(block.ownNegativeKey, at)
  const drawNoise = () => drawWord(block.noise, random)
  return trainPairs(block, [pair], drawNegativeSamples(drawNoise, outside, block.negativeSamples))
}

function trainPairs(block: PairBlock, pairs: readonly number[], negatives: readonly number[]): number {
  const hidden = pairs.map(pair => row(block.inputVectors, centerOf(pair)))
  const chosen = negativeSampling(block.outputVectors, pairs.map(outsideOf), negatives)
  return step(hidden, chosen, block.learningRate)
}

function centerOf(pair: number): number {
  return pair >>> 16
}

function outsideOf(pair: number): number {
  return pair & 0xffff
}
