// Hidden rows: a bag of one input row is that row itself; any other is summed or averaged into scratch, trained
// there, and its change handed back to every row of the bag.

import { addRows, addToRows } from './bag-rows'
import { bagEnd, bagStart } from './gather'
import { recogniseTwo } from './negative-sampling'
import { load32, Settings } from './settings'
import { step } from './step'

/** settings.bagForm: only the mean with the exact gradient divides the change by the count. */
const MEAN: u32 = 0

/** Trains bags against the same `rows` output rows, two at a time; the last of an odd number goes alone. */
export function trainBags(settings: Settings, bags: u32, rows: u32): void {
  let bag: u32 = 0
  while (bag < bags) {
    if (bag + 1 < bags && canGoTogether(settings, bag)) {
      trainTwo(settings, bag, rows)
      bag += 2
    } else trainAlone(settings, bag++, rows)
  }
}

/** The same where each bag has a word of its own to recognise, in settings.outsides. */
export function trainBagsOfWords(settings: Settings, bags: u32, rows: u32): void {
  let bag: u32 = 0
  while (bag < bags) {
    const two = bag + 1 < bags && canGoTogether(settings, bag)
    const word = load32(settings.outsides, bag)
    recogniseTwo(settings, word, two ? load32(settings.outsides, bag + 1) : word)
    if (two) trainTwo(settings, bag, rows)
    else trainAlone(settings, bag, rows)
    bag += two ? 2 : 1
  }
}

/** Two bags that are the same row of the matrix would overwrite each other's gradient. */
function canGoTogether(settings: Settings, bag: u32): bool {
  if (!isOneRow(settings, bag) || !isOneRow(settings, bag + 1)) return true
  return load32(settings.bagRows, bagStart(settings, bag)) !== load32(settings.bagRows, bagEnd(settings, bag))
}

function trainTwo(settings: Settings, bag: u32, rows: u32): void {
  const a = hiddenRow(settings, bag, 0)
  const b = hiddenRow(settings, bag + 1, 1)
  step(settings, a, b, after(settings, bag, a, 0), after(settings, bag + 1, b, 1), rows)
  handBack(settings, bag, 0)
  handBack(settings, bag + 1, 1)
}

function trainAlone(settings: Settings, bag: u32, rows: u32): void {
  const a = hiddenRow(settings, bag, 0)
  const nullRow = settings.nullRow
  step(settings, a, nullRow, after(settings, bag, a, 0), nullRow, rows)
  handBack(settings, bag, 0)
}

function isOneRow(settings: Settings, bag: u32): bool {
  return bagEnd(settings, bag) - bagStart(settings, bag) === 1
}

/** The row of a bag that is one, or its mean or sum in the scratch row `slot`. */
function hiddenRow(settings: Settings, bag: u32, slot: u32): u32 {
  const start = bagStart(settings, bag)
  const end = bagEnd(settings, bag)
  if (end - start === 1) return load32(settings.bagRows, start)
  const hidden = settings.hidden + slot * settings.rowBytes
  addRows(settings, settings.bagRows + (start << 2), end - start, hidden)
  return hidden
}

/** Where a hidden row goes once it has moved: it stays in the matrix, or its old values are still needed. */
function after(settings: Settings, bag: u32, hidden: u32, slot: u32): u32 {
  return isOneRow(settings, bag) ? hidden : settings.hidden + (2 + slot) * settings.rowBytes
}

/** What each of `count` rows takes of a gradient, and so how far their mean moves. */
export function bagShare(settings: Settings, count: u32): f32 {
  return settings.bagForm === MEAN ? 1 / <f32>count : 1
}

/** Gives the change of a hidden row to the rows of its bag; a bag of one row has moved already. */
function handBack(settings: Settings, bag: u32, slot: u32): void {
  if (isOneRow(settings, bag)) return
  const before = settings.hidden + slot * settings.rowBytes
  giveBack(settings, bag, before, before + 2 * settings.rowBytes)
}

/** Adds a hidden row's change, from `before` to `moved`, to each row of its bag: its share in a mean, or all of it. */
export function giveBack(settings: Settings, bag: u32, before: u32, moved: u32): void {
  const start = bagStart(settings, bag)
  const count = bagEnd(settings, bag) - start
  addToRows(settings, settings.bagRows + (start << 2), count, before, moved, bagShare(settings, count))
}
