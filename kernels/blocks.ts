// Trains the pairs of one block: center words of one part of the vocabulary, outside words and negative samples
// of another. A pure function of (input part, output part, pairs, keys), so that threads, checkpoints and other
// machines can all call it.

import { choose, LABEL_ONE, LABEL_ZERO, label, recogniseTwo } from './chosen'
import { load32, store32 } from './lists'
import { afterDraw, drawAgain } from './negative-sampling'
import { draw } from './random'
import {
  Chosen,
  GROUP_ROWS,
  GROUPS,
  Model,
  Pairs,
  PIECE,
  Pieces,
  ROUNDS,
  Scratch,
  STEPS_TOGETHER,
  STRETCH,
  Sums,
} from './records.generated'
import { step } from './step'

export function trainBlock(model: Model, pairs: Pairs, scratch: Scratch, sums: Sums): void {
  const pieces = scratch.pieces
  const chosen = scratch.chosen
  labelRows(model, chosen)
  for (let start: u32 = 0; start < pairs.count; start += PIECE)
    trainPiece(model, pairs, pieces, chosen, sums, start, min(PIECE, pairs.count - start))
  sums.pairs += <f64>pairs.count
}

/** The first row of each pair is its outside word, label 1; all others are negative samples, label 0. */
function labelRows(model: Model, chosen: Chosen): void {
  label(chosen, 0, LABEL_ONE)
  for (let i: u32 = 1; i <= model.negativeSamples; i++) label(chosen, i, LABEL_ZERO)
}

/** Takes one pair from each half of the grouped list, so that the two inputs of a step differ. */
function trainPiece(
  model: Model,
  pairs: Pairs,
  pieces: Pieces,
  chosen: Chosen,
  sums: Sums,
  start: u32,
  count: u32,
): void {
  groupByInput(pieces, pairs.list + (start << 2), count)
  const half = count >> 1
  for (let k: u32 = 0; k < half; k += STRETCH) {
    const first = pieces.sorted + (k << 2)
    trainStretch(model, pairs, pieces, chosen, sums, start + k, first, half, min(STRETCH, half - k))
  }
  if (count & 1) trainAlone(model, pairs, chosen, sums, 2 * (start + count), load32(pieces.sorted, count - 1))
}

/**
 * Two pairs that cannot go together wait for the next round of the stretch and its negative samples; what the last
 * round leaves goes alone. With 8 parts the first round leaves 8 pairs in 100. Longer stretches would train a
 * frequent outside word many times in a row, which costs accuracy.
 */
function trainStretch(
  model: Model,
  pairs: Pairs,
  pieces: Pieces,
  chosen: Chosen,
  sums: Sums,
  start: u32,
  first: u32,
  half: u32,
  steps: u32,
): void {
  let second = first + (half << 2)
  let waiting = pieces.waiting
  for (let round: u32 = 0; round < ROUNDS && steps > 0; round++) {
    const at = start * ROUNDS + round * STRETCH
    steps = trainRound(model, pairs, pieces, chosen, sums, at, first, second, steps, waiting)
    first = waiting
    second = waiting + (steps << 2)
    waiting = pieces.waiting + ((round & 1) === 0 ? STRETCH << 3 : 0)
  }
  for (let k: u32 = 0; k < 2 * steps; k++)
    trainAlone(model, pairs, chosen, sums, 2 * start + k, load32(first, k))
}

/** Trains first[k] with second[k]; returns how many such twos wait. */
function trainRound(
  model: Model,
  pairs: Pairs,
  pieces: Pieces,
  chosen: Chosen,
  sums: Sums,
  at: u32,
  first: u32,
  second: u32,
  steps: u32,
  waitingPairs: u32,
): u32 {
  let waiting: u32 = 0
  for (let k: u32 = 0; k < steps; k++) {
    if (k % STEPS_TOGETHER === 0) drawShared(model, pieces, chosen, draw(pairs.negativeKey, at + k))
    const pairA = load32(first, k)
    const pairB = load32(second, k)
    if (trainedTogether(model, pieces, chosen, sums, pairA, pairB)) continue
    store32(waitingPairs, waiting++, pairA)
    store32(waitingPairs, waiting++, pairB)
  }
  return waiting >> 1
}

/** Counting sort by input group, stable: the pairs of a group stay in the order of the text. */
function groupByInput(pieces: Pieces, pairs: u32, count: u32): void {
  const groups = pieces.groups
  memory.fill(groups, 0, (GROUPS + 1) << 2)
  for (let i: u32 = 0; i < count; i++) {
    const group = groupOf(load32(pairs, i)) + 1
    store32(groups, group, load32(groups, group) + 1)
  }
  for (let group: u32 = 1; group <= GROUPS; group++)
    store32(groups, group, load32(groups, group) + load32(groups, group - 1))
  for (let i: u32 = 0; i < count; i++) {
    const pair = load32(pairs, i)
    const group = groupOf(pair)
    const next = load32(groups, group)
    store32(groups, group, next + 1)
    store32(pieces.sorted, next, pair)
  }
}

function groupOf(pair: u32): u32 {
  return (pair >> 16) / GROUP_ROWS
}

/**
 * Trains two pairs against the shared negative samples, unless one's outside word is among these or both have the
 * same input, whose gradients would overwrite each other.
 */
function trainedTogether(
  model: Model,
  pieces: Pieces,
  chosen: Chosen,
  sums: Sums,
  pairA: u32,
  pairB: u32,
): bool {
  const a = inputRow(model, pairA)
  const b = inputRow(model, pairB)
  const outsideA = outsideRow(model, pairA)
  const outsideB = outsideRow(model, pairB)
  if (a === b || isNegative(model, pieces, outsideA) || isNegative(model, pieces, outsideB)) return false
  recogniseTwo(chosen, outsideA, outsideB)
  step(model, chosen, sums, a, b, a, b, model.negativeSamples + 1)
  return true
}

/** With negative samples of its own. */
function trainAlone(model: Model, pairs: Pairs, chosen: Chosen, sums: Sums, at: u32, pair: u32): void {
  const outside = outsideRow(model, pair)
  drawOwn(model, chosen, draw(pairs.ownNegativeKey, at), outside)
  recogniseTwo(chosen, outside, outside)
  const a = inputRow(model, pair)
  const b = model.nullRow
  step(model, chosen, sums, a, b, a, b, model.negativeSamples + 1)
}

function inputRow(model: Model, pair: u32): u32 {
  return model.inputVectors + (pair >> 16) * model.rowBytes
}

function outsideRow(model: Model, pair: u32): u32 {
  return model.outputVectors + (pair & 0xffff) * model.rowBytes
}

function isNegative(model: Model, pieces: Pieces, row: u32): bool {
  for (let i: u32 = 0; i < model.negativeSamples; i++) if (load32(pieces.negatives, i) === row) return true
  return false
}

/** Draws the negative samples of the next steps from the noise distribution of the output part, after `state`. */
function drawShared(model: Model, pieces: Pieces, chosen: Chosen, state: u32): void {
  for (let i: u32 = 0; i < model.negativeSamples; i++) {
    const row = noiseRow(model, state, 0)
    store32(pieces.negatives, i, row)
    choose(chosen, i + 1, row)
    state = afterDraw(state)
  }
}

/** Draws negative samples for one pair alone: its outside word is redrawn, so there are always as many. */
function drawOwn(model: Model, chosen: Chosen, state: u32, outside: u32): void {
  let count: u32 = 0
  let draws: u32 = 0
  while (count < model.negativeSamples) {
    const row = noiseRow(model, state, draws++)
    state = afterDraw(state)
    if (row === outside) continue
    choose(chosen, ++count, row)
    draws = 0
  }
}

/** A row of the output part, by the draws that follow `state`, after so many in vain. */
function noiseRow(model: Model, state: u32, draws: u32): u32 {
  return model.outputVectors + drawAgain(model.noise, state, draws) * model.rowBytes
}
