// Hidden rows: a bag of one input row is that row itself; any other is summed or averaged into scratch, trained
// there, and its change handed back to every row of the bag.

import { bagEnd, bagStart } from './gather'
import { load32, Settings, store32 } from './settings'
import { step } from './step'

/** What becomes of a bag, settings.bagForm. Only the mean with the exact gradient divides the change by the count. */
const MEAN: u32 = 0
const UNDIVIDED: u32 = 1
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

/** Trains bags 0 and 1, whose own rows are the first of rows for a and for b. */
export function trainTwoBags(settings: Settings, rows: u32): void {
  if (canGoTogether(settings, 0)) trainTwo(settings, 0, rows)
  else {
    trainAlone(settings, 0, rows)
    store32(settings.rows, 0, load32(settings.rows, 1))
    trainAlone(settings, 1, rows)
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
  if (end - start === 1) return inputRow(settings, load32(settings.bagRows, start))
  const hidden = settings.hidden + slot * settings.rowBytes
  addRows(settings, settings.bagRows + (start << 2), end - start, hidden)
  return hidden
}

/** Where a hidden row goes once it has moved: it stays in the matrix, or its old values are still needed. */
function after(settings: Settings, bag: u32, hidden: u32, slot: u32): u32 {
  return isOneRow(settings, bag) ? hidden : settings.hidden + (2 + slot) * settings.rowBytes
}

/**
 * The mean or sum of `count` rows listed at `list`, at `hidden`. All rows give a cache line, then the next: the
 * processor waits for many at a time.
 */
export function addRows(settings: Settings, list: u32, count: u32, hidden: u32): void {
  const share = f32x4.splat(settings.bagForm === SUM ? 1 : 1 / <f32>count)
  const end = list + (count << 2)
  const bytes = settings.rowBytes
  const lines = bytes & ~63
  for (let c: u32 = 0; c < lines; c += 64) {
    let first = f32x4.splat(0)
    let second = first
    let third = first
    let fourth = first
    for (let at = list; at < end; at += 4) {
      const row = inputRow(settings, load<u32>(at)) + c
      first = f32x4.add(first, v128.load(row))
      second = f32x4.add(second, v128.load(row, 16))
      third = f32x4.add(third, v128.load(row, 32))
      fourth = f32x4.add(fourth, v128.load(row, 48))
    }
    v128.store(hidden + c, f32x4.mul(first, share))
    v128.store(hidden + c, f32x4.mul(second, share), 16)
    v128.store(hidden + c, f32x4.mul(third, share), 32)
    v128.store(hidden + c, f32x4.mul(fourth, share), 48)
  }
  for (let c = lines; c < bytes; c += 16) {
    let sum = f32x4.splat(0)
    for (let at = list; at < end; at += 4)
      sum = f32x4.add(sum, v128.load(inputRow(settings, load<u32>(at)) + c))
    v128.store(hidden + c, f32x4.mul(sum, share))
  }
}

/** How far a hidden row made of `count` rows moves when a step's gradient has been handed to each of them. */
export function bagShare(settings: Settings, count: u32): f32 {
  if (settings.bagForm === UNDIVIDED) return 1
  return settings.bagForm === SUM ? <f32>count : 1 / <f32>count
}

/** Gives a hidden row's change, from the row behind it to itself, to the listed rows; it is lost itself. */
export function handBackRows(settings: Settings, list: u32, count: u32, hidden: u32): void {
  const share = f32x4.splat(settings.bagForm === SUM ? 1 / <f32>count : 1)
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const change = f32x4.sub(v128.load(hidden + c), v128.load(hidden + bytes + c))
    v128.store(hidden + c, f32x4.mul(change, share))
  }
  addToRows(settings, list, count, hidden)
}

/** Gives the change of a hidden row to the rows of its bag; a bag of one row has moved already. */
function handBack(settings: Settings, bag: u32, slot: u32): void {
  if (isOneRow(settings, bag)) return
  const before = settings.hidden + slot * settings.rowBytes
  const moved = before + 2 * settings.rowBytes
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16)
    v128.store(moved + c, f32x4.sub(v128.load(moved + c), v128.load(before + c)))
  giveBack(settings, bag, moved)
}

/** Adds a change to each row of a bag: its share in a mean, or all of it. The change itself is lost. */
export function giveBack(settings: Settings, bag: u32, change: u32): void {
  const start = bagStart(settings, bag)
  const end = bagEnd(settings, bag)
  const share = f32x4.splat(settings.bagForm === MEAN ? 1 / <f32>(end - start) : 1)
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) v128.store(change + c, f32x4.mul(v128.load(change + c), share))
  addToRows(settings, settings.bagRows + (start << 2), end - start, change)
}

function addToRows(settings: Settings, list: u32, count: u32, change: u32): void {
  const bytes = settings.rowBytes
  for (let i: u32 = 0; i < count; i++) {
    const row = inputRow(settings, load32(list, i))
    for (let c: u32 = 0; c < bytes; c += 16)
      v128.store(row + c, f32x4.add(v128.load(row + c), v128.load(change + c)))
  }
}

function inputRow(settings: Settings, row: u32): u32 {
  return settings.inputVectors + row * settings.rowBytes
}
