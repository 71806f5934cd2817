// Exact softmax over all words, for a small batch of pairs at a time: with H the hidden rows of the batch, S = HUᵀ,
// E = learningRate · (Y − softmax(S)), G = EU, then U += EᵀH, and G goes to the rows of the bags. Every row of U
// is read twice and written once for the whole batch. docs/equations.md, "Naive softmax".

import { bagRows, bagSize } from './bag-list'
import { addRows } from './bag-rows'
import { giveBack } from './bags'
import { load32 } from './lists'
import { addFourRows, scoreTwo } from './products'
import { BATCH, Bags, Model, Softmax, Sums } from './records.generated'
import { expOfMinus } from './sigmoid'
import { addLogarithm } from './step'

/** Output rows that stay in the nearest cache while all pairs of the batch use them, a multiple of four. */
export const ROWS_TOGETHER: u32 = 32

/** Trains `count` bags in batches; bags.words has the word that each is to predict. */
export function trainBatches(model: Model, bags: Bags, softmax: Softmax, sums: Sums, count: u32): void {
  for (let first: u32 = 0; first < count; first += BATCH)
    trainBatch(model, bags, softmax, sums, first, min(BATCH, count - first))
}

function trainBatch(model: Model, bags: Bags, softmax: Softmax, sums: Sums, first: u32, count: u32): void {
  const padded = (count + 3) & ~3
  fillHidden(model, bags, softmax, first, count, padded)
  scoreAll(model, softmax, padded)
  for (let i: u32 = 0; i < count; i++)
    takeErrors(model, sums, scoresOf(model, softmax, i), load32(bags.words, first + i), model.learningRate)
  if (model.learningRate === 0) return // only the loss is asked for
  memory.fill(scoresOf(model, softmax, count), 0, (padded - count) * rowOfScores(model))
  moveAll(model, softmax, padded)
  for (let i: u32 = 0; i < count; i++)
    giveBack(model, bags, first + i, model.nullRow, changeOf(model, softmax, i))
}

/** Hidden rows of the batch, and no change yet; zeros make their number a multiple of four. */
function fillHidden(model: Model, bags: Bags, softmax: Softmax, first: u32, count: u32, padded: u32): void {
  for (let i: u32 = 0; i < count; i++)
    addRows(model, bagRows(bags, first + i), bagSize(bags, first + i), hiddenOf(model, softmax, i))
  memory.fill(hiddenOf(model, softmax, count), 0, (padded - count) * model.rowBytes)
  memory.fill(softmax.changes, 0, padded * model.rowBytes)
}

/** Output rows in groups that stay in the cache while each two hidden rows pass. */
function scoreAll(model: Model, softmax: Softmax, padded: u32): void {
  const bytes = model.rowBytes
  const words = paddedWords(model)
  const stride = rowOfScores(model)
  for (let w: u32 = 0; w < words; w += ROWS_TOGETHER) {
    const rows = min(ROWS_TOGETHER, words - w)
    for (let i: u32 = 0; i < padded; i += 2) {
      const scores = scoresOf(model, softmax, i) + (w << 2)
      scoreTwo(hiddenOf(model, softmax, i), model.outputVectors + w * bytes, rows, bytes, scores, stride)
    }
  }
}

/** Makes the scores of a pair into learningRate · (y − ŷ), with no part in it for what fills up to a multiple of four. */
export function takeErrors(model: Model, sums: Sums, scores: u32, outside: u32, learningRate: f32): void {
  const end = scores + rowOfScores(model)
  const last = scores + (model.words << 2)
  for (let at = last; at < end; at += 4) store<f32>(at, -1e38)
  const highest = highestOf(scores, end)
  const score = load<f32>(scores + (outside << 2))
  const sum = exponentials(scores, end, highest)
  const share = f32x4.splat(<f32>(-(<f64>learningRate) / sum))
  for (let at = scores; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), share))
  for (let at = last; at < end; at += 4) store<f32>(at, 0)
  const own = scores + (outside << 2)
  store<f32>(own, load<f32>(own) + learningRate)
  sums.slack += <f64>highest - <f64>score
  addLogarithm(sums, sum)
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
function moveAll(model: Model, softmax: Softmax, padded: u32): void {
  const bytes = model.rowBytes
  const words = paddedWords(model)
  const stride = rowOfScores(model)
  for (let w: u32 = 0; w < words; w += ROWS_TOGETHER) {
    const rows = min(ROWS_TOGETHER, words - w)
    const outputs = model.outputVectors + w * bytes
    for (let i: u32 = 0; i < padded; i += 4) {
      const errors = scoresOf(model, softmax, i) + (w << 2)
      addFourRows(changeOf(model, softmax, i), errors, stride, 4, outputs, rows, bytes)
    }
    const errors = softmax.scores + (w << 2)
    for (let r: u32 = 0; r < rows; r += 4)
      addFourRows(outputs + r * bytes, errors + (r << 2), 4, stride, softmax.hidden, padded, bytes)
  }
}

/** The matrix has rows of zeros up to a multiple of four: src/training/memory/layout.ts. */
function paddedWords(model: Model): u32 {
  return (model.words + 3) & ~3
}

function rowOfScores(model: Model): u32 {
  return paddedWords(model) << 2
}

function scoresOf(model: Model, softmax: Softmax, i: u32): u32 {
  return softmax.scores + i * rowOfScores(model)
}

function hiddenOf(model: Model, softmax: Softmax, i: u32): u32 {
  return softmax.hidden + i * model.rowBytes
}

function changeOf(model: Model, softmax: Softmax, i: u32): u32 {
  return softmax.changes + i * model.rowBytes
}
