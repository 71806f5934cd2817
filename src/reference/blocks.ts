import { drawFromRuns, drawNegativeSamples, type NoiseRuns } from '../equations/inner.js'
import { type Matrix, Random, row } from '../math/index.js'
import { type Frozen, hiddenRow } from './bags.js'
import { GROUP_ROWS, PIECE, ROUNDS, STEPS_TOGETHER, STRETCH } from './constants.generated.js'
import { labelledSamples } from './objectives/negative-sampling.js'
import { step } from './step.js'

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
  /** The noise distribution over the outside words' part. */
  readonly noise: NoiseRuns
  readonly pairs: Uint32Array
  readonly negativeSamples: number
  readonly negativeKey: number
  readonly ownNegativeKey: number
  readonly learningRate: number
  /** By place in the center words' part: 1 if the input vector is not to be moved. */
  readonly frozen?: Frozen
}

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

/** Takes one pair from each half of the grouped list, so that the two inputs of a step differ. */
function trainPiece(block: PairBlock, start: number, pairs: readonly number[]): number {
  const half = Math.floor(pairs.length / 2)
  let loss = 0
  for (let k = 0; k < half; k += STRETCH) {
    const end = Math.min(k + STRETCH, half)
    loss += trainStretch(block, start + k, pairs.slice(k, end), pairs.slice(half + k, half + end))
  }
  if (pairs.length % 2 === 1) loss += trainAlone(block, 2 * (start + pairs.length), pairs.at(-1)!)
  return loss
}

/** Two pairs that cannot go together wait for the next round; what the last round leaves goes alone. */
function trainStretch(block: PairBlock, start: number, first: number[], second: number[]): number {
  let waiting: number[] = []
  let loss = 0
  for (let round = 0; round < ROUNDS && first.length > 0; round++) {
    waiting = []
    loss += trainRound(block, start * ROUNDS + round * STRETCH, first, second, waiting)
    first = waiting.slice(0, waiting.length / 2)
    second = waiting.slice(waiting.length / 2)
  }
  for (const [k, pair] of waiting.entries()) loss += trainAlone(block, 2 * start + k, pair)
  return loss
}

/** Trains first[k] with second[k], or makes both wait. */
function trainRound(
  block: PairBlock,
  at: number,
  first: readonly number[],
  second: readonly number[],
  waiting: number[],
): number {
  let negatives: number[] = []
  let loss = 0
  for (const [k, pair] of first.entries()) {
    if (k % STEPS_TOGETHER === 0) negatives = sharedNegatives(block, at + k)
    const two = [pair, second[k]!]
    if (canGoTogether(two, negatives)) loss += trainPairs(block, two, negatives)
    else waiting.push(...two)
  }
  return loss
}

/** Stable: within a group of inputs the pairs stay in the order of the text. */
function groupedByInput(pairs: Uint32Array): number[] {
  return [...pairs].sort((a, b) => groupOf(a) - groupOf(b))
}

function groupOf(pair: number): number {
  return Math.floor((pair >>> 16) / GROUP_ROWS)
}

function sharedNegatives(block: PairBlock, at: number): number[] {
  const random = new Random(block.negativeKey, at)
  return Array.from({ length: block.negativeSamples }, () => drawFromRuns(block.noise, random))
}

/** Gradients of one input would overwrite each other, and no pair may have its outside word as a negative. */
function canGoTogether(two: readonly number[], negatives: readonly number[]): boolean {
  return centerOf(two[0]!) !== centerOf(two[1]!) && !two.some(pair => negatives.includes(outsideOf(pair)))
}

/** With negative samples of its own. */
function trainAlone(block: PairBlock, at: number, pair: number): number {
  const random = new Random(block.ownNegativeKey, at)
  const outside = outsideOf(pair)
  const drawNoise = (evenly: boolean) => drawFromRuns(block.noise, random, evenly)
  return trainPairs(block, [pair], drawNegativeSamples(drawNoise, outside, block.negativeSamples))
}

function trainPairs(block: PairBlock, pairs: readonly number[], negatives: readonly number[]): number {
  const hidden = pairs.map(pair => hiddenRow(block.inputVectors, [centerOf(pair)], 'mean', block.frozen))
  const rowAt = (place: number) => row(block.outputVectors, place)
  const chosen = labelledSamples(
    pairs.map(pair => rowAt(outsideOf(pair))),
    negatives.map(rowAt),
  )
  return step(hidden, chosen, block.learningRate)
}

function centerOf(pair: number): number {
  return pair >>> 16
}

function outsideOf(pair: number): number {
  return pair & 0xffff
}
