// Trains the pairs of one block: center words of one part of the vocabulary, outside words and negative samples
// of another. A pure function of (input part, output part, pairs, keys), so that threads, checkpoints and other
// machines can all call it.

import { afterDraw, drawAgain } from './negative-sampling'
import { draw } from './random'
import { load32, Settings, store32 } from './settings'
import { step } from './step'

/** Pairs sorted and trained at a time. */
export const PIECE: u32 = 1 << 17
/** Inputs whose pairs stay together: two groups of 32 rows fit the first-level cache. Log₂. */
const GROUP_SHIFT: u32 = 5
/** Tiles of two pairs that see the same negative samples. */
const TILES_TOGETHER: u32 = 3
/** In which pairs go two by two. */
const ROUNDS: u32 = 4
/** Steps of a stretch. */
const STRETCH: u32 = 256

const SIGN: u32 = 0x80000000

export function trainBlock(settings: Settings): void {
  labelRows(settings)
  for (let start: u32 = 0; start < settings.pairCount; start += PIECE)
    trainPiece(settings, start, min(PIECE, settings.pairCount - start))
  settings.pairs += <f64>settings.pairCount
}

/** The first row of each pair is its outside word, label 1; all others are negative samples, label 0. */
function labelRows(settings: Settings): void {
  for (let i: u32 = 0; i <= settings.negativeSamples; i++) {
    store32(settings.signs, 2 * i, i === 0 ? 0 : SIGN)
    store32(settings.signs, 2 * i + 1, i === 0 ? 0 : SIGN)
  }
}

/** Takes one pair from each half of the grouped list, so that the two inputs of a step differ. */
function trainPiece(settings: Settings, start: u32, count: u32): void {
  groupByInput(settings, settings.pairList + (start << 2), count)
  const half = count >> 1
  for (let k: u32 = 0; k < half; k += STRETCH)
    trainStretch(settings, start + k, settings.sorted + (k << 2), half, min(STRETCH, half - k))
  if (count & 1) trainAlone(settings, 2 * (start + count), load32(settings.sorted, count - 1))
}

/**
 * Two pairs that cannot go together wait for the next round of the stretch and its negative samples; what the last
 * round leaves goes alone. With 8 parts the first round leaves 8 pairs in 100. Longer stretches would train a
 * frequent outside word many times in a row, which costs accuracy.
 */
function trainStretch(settings: Settings, start: u32, pairs: u32, half: u32, steps: u32): void {
  let first = pairs
  let second = pairs + (half << 2)
  let waitingPairs = settings.waiting
  for (let round: u32 = 0; round < ROUNDS && steps > 0; round++) {
    steps = trainRound(settings, start * ROUNDS + round * STRETCH, first, second, steps, waitingPairs)
    first = waitingPairs
    second = waitingPairs + (steps << 2)
    waitingPairs = settings.waiting + ((round & 1) === 0 ? STRETCH << 3 : 0)
  }
  for (let k: u32 = 0; k < 2 * steps; k++) trainAlone(settings, 2 * start + k, load32(first, k))
}

/** Trains first[k] with second[k]; returns how many such twos wait. */
function trainRound(
  settings: Settings,
  at: u32,
  first: u32,
  second: u32,
  steps: u32,
  waitingPairs: u32,
): u32 {
  let waiting: u32 = 0
  for (let k: u32 = 0; k < steps; k++) {
    if (k % TILES_TOGETHER === 0) drawShared(settings, at + k)
    const pairA = load32(first, k)
    const pairB = load32(second, k)
    if (trainedTogether(settings, pairA, pairB)) continue
    store32(waitingPairs, waiting++, pairA)
    store32(waitingPairs, waiting++, pairB)
  }
  return waiting >> 1
}

/** Counting sort by input group, stable: the pairs of a group stay in the order of the text. */
function groupByInput(settings: Settings, pairs: u32, count: u32): void {
  const groups = settings.groups
  memory.fill(groups, 0, (2048 + 1) << 2)
  for (let i: u32 = 0; i < count; i++) {
    const group = groupOf(load32(pairs, i)) + 1
    store32(groups, group, load32(groups, group) + 1)
  }
  for (let group: u32 = 1; group <= 2048; group++)
    store32(groups, group, load32(groups, group) + load32(groups, group - 1))
  for (let i: u32 = 0; i < count; i++) {
    const pair = load32(pairs, i)
    const group = groupOf(pair)
    const next = load32(groups, group)
    store32(groups, group, next + 1)
    store32(settings.sorted, next, pair)
  }
}

function groupOf(pair: u32): u32 {
  return pair >> (16 + GROUP_SHIFT)
}

/**
 * Trains two pairs against the shared negative samples, unless one's outside word is among these or both have the
 * same input, whose gradients would overwrite each other.
 */
function trainedTogether(settings: Settings, pairA: u32, pairB: u32): bool {
  const a = inputRow(settings, pairA)
  const b = inputRow(settings, pairB)
  const outsideA = outsideRow(settings, pairA)
  const outsideB = outsideRow(settings, pairB)
  if (a === b || isNegative(settings, outsideA) || isNegative(settings, outsideB)) return false
  store32(settings.rows, 0, outsideA)
  store32(settings.rows, 1, outsideB)
  step(settings, a, b, a, b, settings.negativeSamples + 1)
  return true
}

/** With negative samples of its own. */
function trainAlone(settings: Settings, at: u32, pair: u32): void {
  const outside = outsideRow(settings, pair)
  drawOwn(settings, at, outside)
  store32(settings.rows, 0, outside)
  store32(settings.rows, 1, outside)
  const a = inputRow(settings, pair)
  const b = settings.nullRow
  step(settings, a, b, a, b, settings.negativeSamples + 1)
}

function inputRow(settings: Settings, pair: u32): u32 {
  return settings.inputVectors + (pair >> 16) * settings.rowBytes
}

function outsideRow(settings: Settings, pair: u32): u32 {
  return settings.outputVectors + (pair & 0xffff) * settings.rowBytes
}

function isNegative(settings: Settings, row: u32): bool {
  for (let i: u32 = 0; i < settings.negativeSamples; i++)
    if (load32(settings.negatives, i) === row) return true
  return false
}

/** Draws the negative samples of the next tiles from the noise distribution of the output part. */
function drawShared(settings: Settings, at: u32): void {
  let state = draw(settings.negativeKey, at)
  for (let i: u32 = 0; i < settings.negativeSamples; i++) {
    store32(settings.negatives, i, noiseRow(settings, state, 0))
    choose(settings, i + 1, load32(settings.negatives, i))
    state = afterDraw(state)
  }
}

/** Draws negative samples for one pair alone: its outside word is redrawn, so there are always as many. */
function drawOwn(settings: Settings, at: u32, outside: u32): void {
  let state = draw(settings.ownNegativeKey, at)
  let chosen: u32 = 0
  let draws: u32 = 0
  while (chosen < settings.negativeSamples) {
    const row = noiseRow(settings, state, draws++)
    state = afterDraw(state)
    if (row === outside) continue
    choose(settings, ++chosen, row)
    draws = 0
  }
}

/** A row of the output part, by the draws that follow `state`, after so many in vain. */
function noiseRow(settings: Settings, state: u32, draws: u32): u32 {
  return settings.outputVectors + drawAgain(settings.noise, state, draws) * settings.rowBytes
}

function choose(settings: Settings, i: u32, row: u32): void {
  store32(settings.rows, 2 * i, row)
  store32(settings.rows, 2 * i + 1, row)
}
