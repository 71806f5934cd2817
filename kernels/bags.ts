// Hidden rows: a bag of one input row is that row itself; any other is summed or averaged into scratch, trained
// there, and its change handed back to every row of the bag.

import { bagRows, bagSize } from './bag-list'
import { addRows, addToRows } from './bag-rows'
import { recogniseTwo } from './chosen'
import { load32 } from './lists'
import { Bags, Chosen, MEAN, Model, Sums } from './records.generated'
import { step } from './step'

/** Trains `count` bags against the same `rows` output rows, two at a time; the last of an odd number goes alone. */
export function trainBags(model: Model, bags: Bags, chosen: Chosen, sums: Sums, count: u32, rows: u32): void {
  let bag: u32 = 0
  while (bag < count) {
    if (bag + 1 < count && canGoTogether(bags, bag)) {
      trainTwo(model, bags, chosen, sums, bag, rows)
      bag += 2
    } else trainAlone(model, bags, chosen, sums, bag++, rows)
  }
}

/** The same where each bag has a word of its own to recognise, in bags.words. */
export function trainBagsOfWords(
  model: Model,
  bags: Bags,
  chosen: Chosen,
  sums: Sums,
  count: u32,
  rows: u32,
): void {
  let bag: u32 = 0
  while (bag < count) {
    const two = bag + 1 < count && canGoTogether(bags, bag)
    const own = outputRow(model, bags, bag)
    recogniseTwo(chosen, own, two ? outputRow(model, bags, bag + 1) : own)
    if (two) trainTwo(model, bags, chosen, sums, bag, rows)
    else trainAlone(model, bags, chosen, sums, bag, rows)
    bag += two ? 2 : 1
  }
}

/** Of the word that a bag predicts. */
function outputRow(model: Model, bags: Bags, bag: u32): u32 {
  return model.outputVectors + load32(bags.words, bag) * model.rowBytes
}

/** Two bags that are the same row of the matrix would overwrite each other's gradient. */
function canGoTogether(bags: Bags, bag: u32): bool {
  if (!isOneRow(bags, bag) || !isOneRow(bags, bag + 1)) return true
  return load<u32>(bagRows(bags, bag)) !== load<u32>(bagRows(bags, bag + 1))
}

function trainTwo(model: Model, bags: Bags, chosen: Chosen, sums: Sums, bag: u32, rows: u32): void {
  const a = hiddenRow(model, bags, bag, 0)
  const b = hiddenRow(model, bags, bag + 1, 1)
  step(model, chosen, sums, a, b, after(model, bags, bag, a, 0), after(model, bags, bag + 1, b, 1), rows)
  handBack(model, bags, bag, 0)
  handBack(model, bags, bag + 1, 1)
}

function trainAlone(model: Model, bags: Bags, chosen: Chosen, sums: Sums, bag: u32, rows: u32): void {
  const a = hiddenRow(model, bags, bag, 0)
  const nullRow = model.nullRow
  step(model, chosen, sums, a, nullRow, after(model, bags, bag, a, 0), nullRow, rows)
  handBack(model, bags, bag, 0)
}

function isOneRow(bags: Bags, bag: u32): bool {
  return bagSize(bags, bag) === 1
}

/** The row of a bag that is one, or its mean or sum in the scratch row `slot`. */
function hiddenRow(model: Model, bags: Bags, bag: u32, slot: u32): u32 {
  const rows = bagRows(bags, bag)
  const size = bagSize(bags, bag)
  if (size === 1) return load<u32>(rows)
  const hidden = bags.before + slot * model.rowBytes
  addRows(model, rows, size, hidden)
  return hidden
}

/** Where a hidden row goes once it has moved: it stays in the matrix, or its old values are still needed. */
function after(model: Model, bags: Bags, bag: u32, hidden: u32, slot: u32): u32 {
  return isOneRow(bags, bag) ? hidden : bags.moved + slot * model.rowBytes
}

/** What each of `count` rows takes of a gradient, and so how far their mean moves: its part only in an exact mean. */
export function bagShare(model: Model, count: u32): f32 {
  return model.bagForm === MEAN ? 1 / <f32>count : 1
}

/** Gives the change of a hidden row to the rows of its bag; a bag of one row has moved already. */
function handBack(model: Model, bags: Bags, bag: u32, slot: u32): void {
  if (isOneRow(bags, bag)) return
  const offset = slot * model.rowBytes
  giveBack(model, bags, bag, bags.before + offset, bags.moved + offset)
}

/** Adds a hidden row's change, from `before` to `moved`, to each row of its bag: its share in a mean, or all of it. */
export function giveBack(model: Model, bags: Bags, bag: u32, before: u32, moved: u32): void {
  const size = bagSize(bags, bag)
  addToRows(model, bagRows(bags, bag), size, before, moved, bagShare(model, size))
}
