// Hidden rows: a bag of one input row is that row itself; any other is summed or averaged into scratch, trained
// there, and its change handed back to every row of the bag.

import { isFrozen } from './frozen'
import { bagEnd, bagStart } from './gather'
import { recogniseTwo } from './negative-sampling'
import { load32, Settings } from './settings'
import { step } from './step'
import { multiplyAdd } from './vector'

/** What becomes of a bag, settings.bagForm. Only the mean with the exact gradient divides the change by the count. */
const MEAN: u32 = 0
const SUM: u32 = 2

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

/** The mean or sum of the `count` rows at `list`, at `hidden`: four rows at a time, or two at the end; a row of zeros stands in for one that is missing. */
export function addRows(settings: Settings, list: u32, count: u32, hidden: u32): void {
  const share: f32 = settings.bagForm === SUM ? 1 : 1 / <f32>count
  const end = list + (count << 2)
  let before = settings.nullRow
  for (let at = list; at < end; at += 16) {
    const factor = f32x4.splat(at + 16 < end ? 1 : share)
    if (end - at > 8) addFour(settings, at, end, before, hidden, factor)
    else addTwo(settings, at, end, before, hidden, factor)
    before = hidden
  }
}

function addFour(settings: Settings, list: u32, end: u32, before: u32, sum: u32, factor: v128): void {
  const a = load<u32>(list)
  const b = load<u32>(list, 4)
  const c = load<u32>(list, 8)
  const d = rowAt(list + 12, end, settings.nullRow)
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16) {
    const left = f32x4.add(v128.load(a + at), v128.load(b + at))
    const right = f32x4.add(v128.load(c + at), v128.load(d + at))
    const four = f32x4.add(f32x4.add(left, right), v128.load(before + at))
    v128.store(sum + at, f32x4.mul(four, factor))
  }
}

function addTwo(settings: Settings, list: u32, end: u32, before: u32, sum: u32, factor: v128): void {
  const a = load<u32>(list)
  const b = rowAt(list + 4, end, settings.nullRow)
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16) {
    const two = f32x4.add(v128.load(a + at), v128.load(b + at))
    v128.store(sum + at, f32x4.mul(f32x4.add(two, v128.load(before + at)), factor))
  }
}

function rowAt(at: u32, end: u32, absent: u32): u32 {
  return at < end ? load<u32>(at) : absent
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

/**
 * Adds `share` of the way from `before` to `moved` to the `count` rows at `list`: four rows at a time, or two at the
 * end. Rows may be equal: then each is read after the one before was written. What is meant for a frozen row, or for
 * none, goes to scratch that the next step writes anew.
 */
export function addToRows(
  settings: Settings,
  list: u32,
  count: u32,
  before: u32,
  moved: u32,
  share: f32,
): void {
  const factor = f32x4.splat(share)
  const end = list + (count << 2)
  for (let at = list; at < end; at += 16)
    if (end - at > 8) addToFour(settings, at, end, before, moved, factor)
    else addToTwo(settings, at, end, before, moved, factor)
}

function addToFour(settings: Settings, list: u32, end: u32, before: u32, moved: u32, factor: v128): void {
  const a = movableRow(settings, list, end)
  const b = movableRow(settings, list + 4, end)
  const c = movableRow(settings, list + 8, end)
  const d = movableRow(settings, list + 12, end)
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16) {
    const change = f32x4.sub(v128.load(moved + at), v128.load(before + at))
    v128.store(a + at, multiplyAdd(factor, change, v128.load(a + at)))
    v128.store(b + at, multiplyAdd(factor, change, v128.load(b + at)))
    v128.store(c + at, multiplyAdd(factor, change, v128.load(c + at)))
    v128.store(d + at, multiplyAdd(factor, change, v128.load(d + at)))
  }
}

function addToTwo(settings: Settings, list: u32, end: u32, before: u32, moved: u32, factor: v128): void {
  const a = movableRow(settings, list, end)
  const b = movableRow(settings, list + 4, end)
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16) {
    const change = f32x4.sub(v128.load(moved + at), v128.load(before + at))
    v128.store(a + at, multiplyAdd(factor, change, v128.load(a + at)))
    v128.store(b + at, multiplyAdd(factor, change, v128.load(b + at)))
  }
}

function movableRow(settings: Settings, at: u32, end: u32): u32 {
  const row = rowAt(at, end, settings.moved)
  return settings.frozenRows !== 0 && isFrozen(settings, row) ? settings.moved : row
}
