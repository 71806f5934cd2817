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

/** The mean or sum of the `count` rows at `list`, at `hidden`: four rows at a time, of which the last may be rows of zeros. */
export function addRows(settings: Settings, list: u32, count: u32, hidden: u32): void {
  const share = f32x4.splat(settings.bagForm === SUM ? 1 : 1 / <f32>count)
  const end = list + (count << 2)
  let before = settings.nullRow
  for (let at = list; at < end; at += 16) {
    addFour(settings, at, end, before, hidden, at + 16 < end ? f32x4.splat(1) : share)
    before = hidden
  }
}

function addFour(settings: Settings, list: u32, end: u32, before: u32, sum: u32, factor: v128): void {
  const a = rowAt(settings, list, end)
  const b = rowAt(settings, list + 4, end)
  const c = rowAt(settings, list + 8, end)
  const d = rowAt(settings, list + 12, end)
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16) {
    const left = f32x4.add(v128.load(a + at), v128.load(b + at))
    const right = f32x4.add(v128.load(c + at), v128.load(d + at))
    const four = f32x4.add(f32x4.add(left, right), v128.load(before + at))
    v128.store(sum + at, f32x4.mul(four, factor))
  }
}

function rowAt(settings: Settings, at: u32, end: u32): u32 {
  return at < end ? load<u32>(at) : settings.nullRow
}

/** What each of `count` rows takes of a gradient, and so how far their mean moves. */
export function bagShare(settings: Settings, count: u32): f32 {
  return settings.bagForm === MEAN ? 1 / <f32>count : 1
}

/** Gives a hidden row's change, from the row behind it to itself, to the `count` rows at `list`; it is lost itself. */
export function handBackRows(settings: Settings, list: u32, count: u32, hidden: u32): void {
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16)
    v128.store(hidden + at, f32x4.sub(v128.load(hidden + at), v128.load(hidden + bytes + at)))
  addToRows(settings, list, count, hidden, 1)
}

/** Gives the change of a hidden row to the rows of its bag; a bag of one row has moved already. */
function handBack(settings: Settings, bag: u32, slot: u32): void {
  if (isOneRow(settings, bag)) return
  const before = settings.hidden + slot * settings.rowBytes
  const moved = before + 2 * settings.rowBytes
  const bytes = settings.rowBytes
  for (let at: u32 = 0; at < bytes; at += 16)
    v128.store(moved + at, f32x4.sub(v128.load(moved + at), v128.load(before + at)))
  giveBack(settings, bag, moved)
}

/** Adds a change to each row of a bag: its share in a mean, or all of it. */
export function giveBack(settings: Settings, bag: u32, change: u32): void {
  const start = bagStart(settings, bag)
  const end = bagEnd(settings, bag)
  const share = bagShare(settings, end - start)
  addToRows(settings, settings.bagRows + (start << 2), end - start, change, share)
}

/** One row after the other, as they may be equal. */
function addToRows(settings: Settings, list: u32, count: u32, change: u32, share: f32): void {
  const factor = f32x4.splat(share)
  const bytes = settings.rowBytes
  for (let i: u32 = 0; i < count; i++) {
    const row = load32(list, i)
    if (settings.frozenRows !== 0 && isFrozen(settings, row)) continue
    for (let at: u32 = 0; at < bytes; at += 16)
      v128.store(row + at, multiplyAdd(factor, v128.load(change + at), v128.load(row + at)))
  }
}
