// Labelled lines (Joulin et al. 2017): the mean of the input rows of a line's words and n-grams is to tell its label. All
// scores of a batch are taken before anything moves. Each slice of the columns is scored and moved apart, by any
// thread; between the two the scores of all slices are added up, always in the same order.

import { addRows, addToRows } from './bag-rows'
import { LABEL_ONE, LABEL_ZERO } from './chosen'
import { choosePath } from './hierarchical-softmax'
import { load32, store32 } from './lists'
import { chooseNegativeSamples } from './negative-sampling'
import { addFourRows, scoreTwo } from './products'
import { draw } from './random'
import {
  Chosen,
  HIERARCHICAL_SOFTMAX,
  LINES_TOGETHER,
  Lines,
  Model,
  NEGATIVE_SAMPLING,
  Slice,
  SOFTMAX,
  Sums,
} from './records.generated'
import { expOfMinus, ONE_WIDE, sigmoidOfMinus } from './sigmoid'
import { ROWS_TOGETHER, takeErrors } from './softmax'
import { addLogarithm } from './step'
import { multiplyAdd, sumsOfLanes } from './vector'

/** Vectors of four entries whose factors of the loss are multiplied before their logarithm is taken: none is above 2^64. */
const FACTORS_TOGETHER: u32 = 16

/** Whether a line meets a few output rows of its own, which are listed, and not those of all labels. */
function isListed(model: Model): bool {
  return model.objective === NEGATIVE_SAMPLING || model.objective === HIERARCHICAL_SOFTMAX
}

/** Lists the output rows that each line meets. `model` has output rows of one byte, from 0 on: pointers to them are their numbers. */
export function chooseLines(model: Model, lines: Lines, chosen: Chosen): void {
  for (let i: u32 = 0; i < lines.count; i++) {
    if (!isListed(model)) {
      store32(lines.met, i, model.words)
      if (model.objective !== SOFTMAX) labelAll(model, lines, i)
      continue
    }
    const count = chooseRows(model, lines, chosen, i)
    store32(lines.met, i, count)
    for (let j: u32 = 0; j < lines.entries; j++) {
      store32(outputsOf(lines, i), j, j < count ? load32(chosen.rows, 2 * j) : 0)
      store32(signsOf(lines, i), j, j < count ? load32(chosen.signs, 2 * j) : LABEL_ONE)
    }
  }
}

function chooseRows(model: Model, lines: Lines, chosen: Chosen, i: u32): u32 {
  const first = firstOf(lines.labelEnds, i)
  const labels = lines.labels + (first << 2)
  if (model.objective === HIERARCHICAL_SOFTMAX) return choosePath(model, chosen, load<u32>(labels))
  const count = load32(lines.labelEnds, i) - first
  const state = draw(lines.negativeKey, load32(lines.places, i))
  return chooseNegativeSamples(model, chosen, labels, count < model.words ? count : 1, state)
}

/** One-vs-all: 1 for each label of the line, 0 for all others. */
function labelAll(model: Model, lines: Lines, i: u32): void {
  const signs = signsOf(lines, i)
  for (let label: u32 = 0; label < model.words; label++) store32(signs, label, LABEL_ZERO)
  for (let at = firstOf(lines.labelEnds, i); at < load32(lines.labelEnds, i); at++)
    store32(signs, load32(lines.labels, at), LABEL_ONE)
}

/** The hidden rows of one slice, and what they add to the scores. */
export function scoreLines(model: Model, lines: Lines, slice: Slice): void {
  for (let i: u32 = 0; i < lines.count; i++) {
    const first = firstOf(lines.ends, i)
    const end = load32(lines.ends, i)
    for (let at = first; at < end; at++)
      store32(lines.rows, at, model.inputVectors + load32(lines.numbers, at) * model.rowBytes)
    addRows(model, lines.rows + (first << 2), end - first, hiddenOf(model, slice, i))
  }
  if (isListed(model)) scoreListed(model, lines, slice)
  else scoreAll(model, lines, slice)
}

/** Output rows in groups that stay in the cache while each two hidden rows pass. */
function scoreAll(model: Model, lines: Lines, slice: Slice): void {
  const bytes = model.rowBytes
  const stride = lines.entries << 2
  const padded = paddedLines(lines)
  memory.fill(hiddenOf(model, slice, lines.count), 0, (padded - lines.count) * bytes)
  for (let w: u32 = 0; w < lines.entries; w += ROWS_TOGETHER) {
    const rows = min(ROWS_TOGETHER, lines.entries - w)
    for (let i: u32 = 0; i < padded; i += 2) {
      const scores = slice.scores + i * stride + (w << 2)
      scoreTwo(hiddenOf(model, slice, i), model.outputVectors + w * bytes, rows, bytes, scores, stride)
    }
  }
}

function scoreListed(model: Model, lines: Lines, slice: Slice): void {
  for (let i: u32 = 0; i < lines.count; i++) {
    const outputs = outputsOf(lines, i)
    const scores = slice.scores + ((i * lines.entries) << 2)
    for (let j: u32 = 0; j < load32(lines.met, i); j += 4)
      v128.store(scores + (j << 2), scoreFour(model, hiddenOf(model, slice, i), outputs + (j << 2)))
  }
}

/** The products of a hidden row with four output rows, by their numbers. */
function scoreFour(model: Model, hidden: u32, numbers: u32): v128 {
  const u0 = outputRow(model, load32(numbers, 0))
  const u1 = outputRow(model, load32(numbers, 1))
  const u2 = outputRow(model, load32(numbers, 2))
  const u3 = outputRow(model, load32(numbers, 3))
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  for (let c: u32 = 0; c < model.rowBytes; c += 16) {
    const h = v128.load(hidden + c)
    s0 = multiplyAdd(h, v128.load(u0 + c), s0)
    s1 = multiplyAdd(h, v128.load(u1 + c), s1)
    s2 = multiplyAdd(h, v128.load(u2 + c), s2)
    s3 = multiplyAdd(h, v128.load(u3 + c), s3)
  }
  return sumsOfLanes(s0, s1, s2, s3)
}

/** Adds up the scores of all slices, and makes errors times learning rates of them. */
export function judgeLines(model: Model, lines: Lines, sums: Sums): void {
  for (let i: u32 = 0; i < lines.count; i++) {
    const errors = errorsOf(lines, i)
    const count = load32(lines.met, i)
    const rate = load<f32>(lines.rates + (i << 2))
    addSlices(lines, i, (count + 3) & ~3)
    if (model.objective === SOFTMAX)
      takeErrors(model, sums, errors, load32(lines.labels, firstOf(lines.labelEnds, i)), rate)
    else takeLogisticErrors(errors, signsOf(lines, i), count, rate, sums)
  }
  memory.fill(errorsOf(lines, lines.count), 0, ((paddedLines(lines) - lines.count) * lines.entries) << 2)
  sums.pairs += <f64>lines.count
}

function addSlices(lines: Lines, i: u32, count: u32): void {
  const apart = (LINES_TOGETHER * lines.entries) << 2
  const first = lines.scores + ((i * lines.entries) << 2)
  const errors = errorsOf(lines, i)
  for (let j: u32 = 0; j < count << 2; j += 16) {
    let sum = v128.load(first + j)
    for (let slice: u32 = 1; slice < lines.slices; slice++)
      sum = f32x4.add(sum, v128.load(first + slice * apart + j))
    v128.store(errors + j, sum)
  }
}

/** Turns scores into learningRate · (label − σ(score)) and adds to the loss; entries past the last have no part in either. */
function takeLogisticErrors(errors: u32, signs: u32, count: u32, learningRate: f32, sums: Sums): void {
  const padded = (count + 3) & ~3
  for (let j = count; j < padded; j++) store<f32>(errors + (j << 2), 0)
  for (let j: u32 = 0; j < padded; j += 4 * FACTORS_TOGETHER) {
    const end = min(padded, j + 4 * FACTORS_TOGETHER)
    takeSomeErrors(errors + (j << 2), signs + (j << 2), errors + (end << 2), learningRate, sums)
  }
  sums.exponent -= <f64>(padded - count) // each doubled the product
  for (let j = count; j < padded; j++) store<f32>(errors + (j << 2), 0)
}

function takeSomeErrors(errors: u32, signs: u32, end: u32, learningRate: f32, sums: Sums): void {
  const rate = f32x4.splat(learningRate)
  const one = v128.load64_splat(ONE_WIDE)
  let product = one
  let slack = f64x2.splat(0)
  for (; errors < end; errors += 16, signs += 16) {
    const sign = v128.load(signs)
    const z = v128.xor(v128.load(errors), sign)
    const e = expOfMinus(f32x4.abs(z))
    v128.store(errors, v128.xor(f32x4.mul(rate, sigmoidOfMinus(z, e)), sign))
    const below = f32x4.pmax(f32x4.neg(z), f32x4.splat(0))
    product = f64x2.mul(product, f64x2.add(one, f64x2.promote_low_f32x4(e)))
    product = f64x2.mul(product, f64x2.add(one, f64x2.promote_low_f32x4(v128.shuffle<f32>(e, e, 2, 3, 2, 3))))
    slack = f64x2.add(slack, f64x2.promote_low_f32x4(below))
    slack = f64x2.add(slack, f64x2.promote_low_f32x4(v128.shuffle<f32>(below, below, 2, 3, 2, 3)))
  }
  sums.slack += f64x2.extract_lane(slack, 0) + f64x2.extract_lane(slack, 1)
  addLogarithm(sums, f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1))
}

/** Moves the output rows of one slice, and hands the change of each line back to its input rows, a part to each. */
export function moveLines(model: Model, lines: Lines, slice: Slice): void {
  memory.fill(slice.changes, 0, paddedLines(lines) * model.rowBytes)
  if (isListed(model)) moveListed(model, lines, slice)
  else moveAll(model, lines, slice)
  for (let i: u32 = 0; i < lines.count; i++) {
    const first = firstOf(lines.ends, i)
    const size = load32(lines.ends, i) - first
    pointTo(model, lines, first, size)
    addToRows(model, lines.rows + (first << 2), size, model.nullRow, changeOf(model, slice, i), 1 / <f32>size)
  }
}

/** Another slice may have been at hand since. */
function pointTo(model: Model, lines: Lines, first: u32, size: u32): void {
  for (let at = first; at < first + size; at++)
    store32(lines.rows, at, model.inputVectors + load32(lines.numbers, at) * model.rowBytes)
}

/** A group of output rows first changes the hidden rows, and then is moved by them. */
function moveAll(model: Model, lines: Lines, slice: Slice): void {
  const bytes = model.rowBytes
  const stride = lines.entries << 2
  const padded = paddedLines(lines)
  for (let w: u32 = 0; w < lines.entries; w += ROWS_TOGETHER) {
    const rows = min(ROWS_TOGETHER, lines.entries - w)
    const outputs = model.outputVectors + w * bytes
    const errors = lines.errors + (w << 2)
    for (let i: u32 = 0; i < padded; i += 4)
      addFourRows(changeOf(model, slice, i), errors + i * stride, stride, 4, outputs, rows, bytes)
    for (let r: u32 = 0; r < rows; r += 4)
      addFourRows(outputs + r * bytes, errors + (r << 2), 4, stride, slice.hidden, padded, bytes)
  }
}

/** All hidden rows are changed before the first output row is moved. */
function moveListed(model: Model, lines: Lines, slice: Slice): void {
  for (let i: u32 = 0; i < lines.count; i++)
    for (let j: u32 = 0; j < load32(lines.met, i); j++)
      addRow(
        model,
        changeOf(model, slice, i),
        errorOf(lines, i, j),
        outputRow(model, load32(outputsOf(lines, i), j)),
      )
  for (let i: u32 = 0; i < lines.count; i++)
    for (let j: u32 = 0; j < load32(lines.met, i); j++)
      addRow(
        model,
        outputRow(model, load32(outputsOf(lines, i), j)),
        errorOf(lines, i, j),
        hiddenOf(model, slice, i),
      )
}

function addRow(model: Model, sum: u32, factor: f32, row: u32): void {
  const factors = f32x4.splat(factor)
  for (let c: u32 = 0; c < model.rowBytes; c += 16)
    v128.store(sum + c, multiplyAdd(factors, v128.load(row + c), v128.load(sum + c)))
}

function firstOf(ends: u32, i: u32): u32 {
  return i === 0 ? 0 : load32(ends, i - 1)
}

/** Products take lines four at a time; those that are missing are zeros. */
function paddedLines(lines: Lines): u32 {
  return (lines.count + 3) & ~3
}

function outputRow(model: Model, number: u32): u32 {
  return model.outputVectors + number * model.rowBytes
}

function outputsOf(lines: Lines, i: u32): u32 {
  return lines.outputs + ((i * lines.entries) << 2)
}

function signsOf(lines: Lines, i: u32): u32 {
  return lines.signs + ((i * lines.entries) << 2)
}

function errorsOf(lines: Lines, i: u32): u32 {
  return lines.errors + ((i * lines.entries) << 2)
}

function errorOf(lines: Lines, i: u32, j: u32): f32 {
  return load<f32>(errorsOf(lines, i) + (j << 2))
}

function hiddenOf(model: Model, slice: Slice, i: u32): u32 {
  return slice.hidden + i * model.rowBytes
}

function changeOf(model: Model, slice: Slice, i: u32): u32 {
  return slice.changes + i * model.rowBytes
}
