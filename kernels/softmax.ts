// Exact softmax over all words, for a small batch of pairs at a time: with H the hidden rows of the batch, S = HUᵀ,
// E = learningRate · (Y − softmax(S)), G = EU, then U += EᵀH, and G goes to the rows of the bags. Every row of U
// is read twice and written once for the whole batch. docs/equations.md, "Naive softmax".

import { addRows } from './bag-rows'
import { giveBack } from './bags'
import { bagEnd, bagStart } from './gather'
import { addFourRows, scoreTwo } from './products'
import { load32, Settings } from './settings'
import { expOfMinus } from './sigmoid'
import { addLogarithm } from './step'

/** Pairs in a batch at most, a multiple of four: src/reference/tasks.ts has the same number. */
export const BATCH: u32 = 32
/** Output rows that stay in the nearest cache while all pairs of the batch use them, a multiple of four. */
const ROWS_TOGETHER: u32 = 32

/** Trains bags in batches; `settings.outsides` has the word that each is to predict. */
export function trainBatches(settings: Settings, bags: u32): void {
  for (let first: u32 = 0; first < bags; first += BATCH) trainBatch(settings, first, min(BATCH, bags - first))
}

function trainBatch(settings: Settings, first: u32, count: u32): void {
  const padded = (count + 3) & ~3
  fillHidden(settings, first, count, padded)
  scoreAll(settings, padded)
  for (let i: u32 = 0; i < count; i++) takeErrors(settings, i, load32(settings.outsides, first + i))
  if (settings.learningRate === 0) return // only the loss is asked for
  memory.fill(scoresOf(settings, count), 0, (padded - count) * rowOfScores(settings))
  moveAll(settings, padded)
  for (let i: u32 = 0; i < count; i++) giveBack(settings, first + i, settings.nullRow, changeOf(settings, i))
}

/** Hidden rows of the batch, and no change yet; zeros make their number a multiple of four. */
function fillHidden(settings: Settings, first: u32, count: u32, padded: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const bag = first + i
    const start = bagStart(settings, bag)
    const count = bagEnd(settings, bag) - start
    addRows(settings, settings.bagRows + (start << 2), count, hiddenOf(settings, i))
  }
  memory.fill(hiddenOf(settings, count), 0, (padded - count) * settings.rowBytes)
  memory.fill(changeOf(settings, 0), 0, padded * settings.rowBytes)
}

/** Output rows in groups that stay in the cache while each two hidden rows pass. */
function scoreAll(settings: Settings, padded: u32): void {
  const bytes = settings.rowBytes
  const words = paddedWords(settings)
  const stride = rowOfScores(settings)
  for (let w: u32 = 0; w < words; w += ROWS_TOGETHER) {
    const rows = min(ROWS_TOGETHER, words - w)
    for (let i: u32 = 0; i < padded; i += 2) {
      const scores = scoresOf(settings, i) + (w << 2)
      scoreTwo(hiddenOf(settings, i), settings.outputVectors + w * bytes, rows, bytes, scores, stride)
    }
  }
}

/** Makes the scores of a pair into learningRate · (y − ŷ), with no part in it for what fills up to a multiple of four. */
function takeErrors(settings: Settings, i: u32, outside: u32): void {
  const scores = scoresOf(settings, i)
  const end = scores + rowOfScores(settings)
  const last = scores + (settings.words << 2)
  for (let at = last; at < end; at += 4) store<f32>(at, -1e38)
  const highest = highestOf(scores, end)
  const score = load<f32>(scores + (outside << 2))
  const sum = exponentials(scores, end, highest)
  const share = f32x4.splat(<f32>(-(<f64>settings.learningRate) / sum))
  for (let at = scores; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), share))
  for (let at = last; at < end; at += 4) store<f32>(at, 0)
  const own = scores + (outside << 2)
  store<f32>(own, load<f32>(own) + settings.learningRate)
  settings.slack += <f64>highest - <f64>score
  addLogarithm(settings, sum)
}

function highestOf(scores: u32, end: u32): f32 {
  let highest = v128.load(scores)
  for (let at = scores + 16; at < end; at += 16) highest = f32x4.max(highest, v128.load(at))
  const two = f32x4.max(highest, v128.shuffle<f32>(highest, highest, 2, 3, 0, 1))
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1))
}

/** e to the power of each score less the highest, in its place; returns their sum. */
function exponentials(scores: u32, end: u32, highest: f32): f64 {
  const top = f32x4.splat(highest)
  let sum = f64x2.splat(0)
  for (let at = scores; at < end; at += 16) {
    const e = expOfMinus(f32x4.sub(top, v128.load(at)))
    v128.store(at, e)
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(e))
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<f32>(e, e, 2, 3, 2, 3)))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/** A group of output rows first changes the hidden rows, and then is moved by them. */
function moveAll(settings: Settings, padded: u32): void {
  const bytes = settings.rowBytes
  const words = paddedWords(settings)
  const stride = rowOfScores(settings)
  for (let w: u32 = 0; w < words; w += ROWS_TOGETHER) {
    const rows = min(ROWS_TOGETHER, words - w)
    const outputs = settings.outputVectors + w * bytes
    for (let i: u32 = 0; i < padded; i += 4) {
      const errors = scoresOf(settings, i) + (w << 2)
      addFourRows(changeOf(settings, i), errors, stride, 4, outputs, rows, bytes)
    }
    const errors = scoresOf(settings, 0) + (w << 2)
    for (let r: u32 = 0; r < rows; r += 4)
      addFourRows(outputs + r * bytes, errors + (r << 2), 4, stride, hiddenOf(settings, 0), padded, bytes)
  }
}

/** The matrix has rows of zeros up to a multiple of four: src/training/memory/layout.ts. */
function paddedWords(settings: Settings): u32 {
  return (settings.words + 3) & ~3
}

function rowOfScores(settings: Settings): u32 {
  return paddedWords(settings) << 2
}

function scoresOf(settings: Settings, i: u32): u32 {
  return settings.scores + i * rowOfScores(settings)
}

function hiddenOf(settings: Settings, i: u32): u32 {
  return settings.hidden + i * settings.rowBytes
}

function changeOf(settings: Settings, i: u32): u32 {
  return settings.hidden + (BATCH + i) * settings.rowBytes
}
