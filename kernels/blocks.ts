// Trains the pairs of one block: center words of one part of the vocabulary, outside words and negative samples
// of another. A pure function of (input part, output part, pairs, key), so that threads, checkpoints and other
// machines can all call it.

import { draw, mix, nextState, scale } from './random'
import { load32, Settings, store32 } from './settings'
import { step } from './step'

/** Pairs sorted and trained at a time. */
export const PIECE: u32 = 1 << 17
/** Inputs whose pairs stay together: two groups of 32 rows fit the first-level cache. Log₂. */
const GROUP_SHIFT: u32 = 5
/** Tiles of two pairs that see the same negative samples. */
const TILES_TOGETHER: u32 = 3

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
  const half = (count + 1) >> 1
  for (let k: u32 = 0; k < half; k++) {
    if (k % TILES_TOGETHER === 0) drawShared(settings, start + k)
    const other = half + k
    trainTwo(
      settings,
      start + k,
      load32(settings.sorted, k),
      other < count ? load32(settings.sorted, other) : NO_PAIR,
    )
  }
}

/** No word has this place: parts have at most 65,535 words. */
const NO_PAIR: u32 = 0xffffffff

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
 * Trains two pairs against the shared negative samples. A pair whose outside word is among these draws its own,
 * and goes alone; so does each of two pairs with the same input, whose gradients would overwrite each other.
 */
function trainTwo(settings: Settings, at: u32, pairA: u32, pairB: u32): void {
  const a = inputRow(settings, pairA)
  const outsideA = outsideRow(settings, pairA)
  const b = inputRow(settings, pairB)
  const outsideB = outsideRow(settings, pairB)
  if (pairB !== NO_PAIR && a !== b && !isNegative(settings, outsideA) && !isNegative(settings, outsideB)) {
    store32(settings.rows, 0, outsideA)
    store32(settings.rows, 1, outsideB)
    step(settings, a, b, settings.negativeSamples + 1)
  } else {
    trainAlone(settings, 2 * at, a, outsideA)
    if (pairB !== NO_PAIR) trainAlone(settings, 2 * at + 1, b, outsideB)
  }
}

function trainAlone(settings: Settings, at: u32, a: u32, outside: u32): void {
  const own = isNegative(settings, outside)
  if (own) drawOwn(settings, at, outside)
  store32(settings.rows, 0, outside)
  store32(settings.rows, 1, outside)
  step(settings, a, settings.nullRow, settings.negativeSamples + 1)
  if (own) chooseShared(settings)
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
    store32(settings.negatives, i, noiseRow(settings, state))
    state = nextState(nextState(state))
  }
  chooseShared(settings)
}

function chooseShared(settings: Settings): void {
  for (let i: u32 = 0; i < settings.negativeSamples; i++)
    choose(settings, i + 1, load32(settings.negatives, i))
}

/** Draws negative samples for one pair alone: its outside word is redrawn, so there are always as many. */
function drawOwn(settings: Settings, at: u32, outside: u32): void {
  let state = draw(settings.ownNegativeKey, at)
  let chosen: u32 = 0
  while (chosen < settings.negativeSamples) {
    const row = noiseRow(settings, state)
    state = nextState(nextState(state))
    if (row !== outside) choose(settings, ++chosen, row)
  }
}

/** A row of the output part from the alias table, by the two draws that follow `state`. */
function noiseRow(settings: Settings, state: u32): u32 {
  state = nextState(state)
  const slot = scale(mix(state), settings.words)
  const entry = settings.noise + (slot << 3)
  const word = mix(nextState(state)) < load<u32>(entry) ? slot : load<u32>(entry, 4)
  return settings.outputVectors + word * settings.rowBytes
}

function choose(settings: Settings, i: u32, row: u32): void {
  store32(settings.rows, 2 * i, row)
  store32(settings.rows, 2 * i + 1, row)
}
