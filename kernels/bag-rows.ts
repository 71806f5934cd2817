// The rows of a bag added up, and a change added to each of them: twenty columns of all rows, then the next twenty.

import { isFrozen } from './frozen'
import { Model, SUM } from './records.generated'
import { multiplyAdd } from './vector'

/** The sum of the `count` rows at `list`, or their mean in every other form of a bag, at `hidden`. */
export function addRows(model: Model, list: u32, count: u32, hidden: u32): void {
  const share: f32 = model.bagForm === SUM ? 1 : 1 / <f32>count
  const bytes = model.rowBytes
  const end = list + (count << 2)
  let c: u32 = 0
  for (; c + 80 <= bytes; c += 80) addFiveColumns(model, list, end, c, share, hidden + c)
  for (; c < bytes; c += 16) addColumn(model, list, end, c, share, hidden + c)
}

// Four rows at a time, or two at the end, added in twos; a row of zeros stands in for one that is missing.

function addFiveColumns(model: Model, list: u32, end: u32, c: u32, share: f32, sum: u32): void {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let at = list
  for (; at + 8 < end; at += 16) {
    const u = load<u32>(at) + c
    const v = load<u32>(at, 4) + c
    const w = load<u32>(at, 8) + c
    const x = rowAt(at + 12, end, model.nullRow) + c
    s0 = addFour(s0, v128.load(u), v128.load(v), v128.load(w), v128.load(x))
    s1 = addFour(s1, v128.load(u, 16), v128.load(v, 16), v128.load(w, 16), v128.load(x, 16))
    s2 = addFour(s2, v128.load(u, 32), v128.load(v, 32), v128.load(w, 32), v128.load(x, 32))
    s3 = addFour(s3, v128.load(u, 48), v128.load(v, 48), v128.load(w, 48), v128.load(x, 48))
    s4 = addFour(s4, v128.load(u, 64), v128.load(v, 64), v128.load(w, 64), v128.load(x, 64))
  }
  if (at < end) {
    const u = load<u32>(at) + c
    const v = rowAt(at + 4, end, model.nullRow) + c
    s0 = addTwo(s0, v128.load(u), v128.load(v))
    s1 = addTwo(s1, v128.load(u, 16), v128.load(v, 16))
    s2 = addTwo(s2, v128.load(u, 32), v128.load(v, 32))
    s3 = addTwo(s3, v128.load(u, 48), v128.load(v, 48))
    s4 = addTwo(s4, v128.load(u, 64), v128.load(v, 64))
  }
  const factor = f32x4.splat(share)
  v128.store(sum, f32x4.mul(s0, factor))
  v128.store(sum, f32x4.mul(s1, factor), 16)
  v128.store(sum, f32x4.mul(s2, factor), 32)
  v128.store(sum, f32x4.mul(s3, factor), 48)
  v128.store(sum, f32x4.mul(s4, factor), 64)
}

function addColumn(model: Model, list: u32, end: u32, c: u32, share: f32, sum: u32): void {
  let s = f32x4.splat(0)
  let at = list
  for (; at + 8 < end; at += 16) {
    const x = v128.load(rowAt(at + 12, end, model.nullRow) + c)
    s = addFour(
      s,
      v128.load(load<u32>(at) + c),
      v128.load(load<u32>(at, 4) + c),
      v128.load(load<u32>(at, 8) + c),
      x,
    )
  }
  if (at < end) s = addTwo(s, v128.load(load<u32>(at) + c), v128.load(rowAt(at + 4, end, model.nullRow) + c))
  v128.store(sum, f32x4.mul(s, f32x4.splat(share)))
}

function addFour(sum: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), sum)
}

function addTwo(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(f32x4.add(a, b), sum)
}

function rowAt(at: u32, end: u32, absent: u32): u32 {
  return at < end ? load<u32>(at) : absent
}

/**
 * Adds `share` of the way from `before` to `moved` to the `count` rows at `list`. Rows may be equal: then each is read
 * after the one before was written. What is meant for a frozen row goes into the sink.
 */
export function addToRows(model: Model, list: u32, count: u32, before: u32, moved: u32, share: f32): void {
  const bytes = model.rowBytes
  const end = list + (count << 2)
  let c: u32 = 0
  for (; c + 80 <= bytes; c += 80) addToFiveColumns(model, list, end, before, moved, c, share)
  for (; c < bytes; c += 16) addToColumn(model, list, end, before, moved, c, share)
}

function addToFiveColumns(
  model: Model,
  list: u32,
  end: u32,
  before: u32,
  moved: u32,
  c: u32,
  share: f32,
): void {
  const factor = f32x4.splat(share)
  const old = before + c
  const now = moved + c
  const d0 = f32x4.sub(v128.load(now), v128.load(old))
  const d1 = f32x4.sub(v128.load(now, 16), v128.load(old, 16))
  const d2 = f32x4.sub(v128.load(now, 32), v128.load(old, 32))
  const d3 = f32x4.sub(v128.load(now, 48), v128.load(old, 48))
  const d4 = f32x4.sub(v128.load(now, 64), v128.load(old, 64))
  for (let at = list; at < end; at += 4) {
    const u = movableRow(model, at) + c
    v128.store(u, multiplyAdd(factor, d0, v128.load(u)))
    v128.store(u, multiplyAdd(factor, d1, v128.load(u, 16)), 16)
    v128.store(u, multiplyAdd(factor, d2, v128.load(u, 32)), 32)
    v128.store(u, multiplyAdd(factor, d3, v128.load(u, 48)), 48)
    v128.store(u, multiplyAdd(factor, d4, v128.load(u, 64)), 64)
  }
}

function addToColumn(model: Model, list: u32, end: u32, before: u32, moved: u32, c: u32, share: f32): void {
  const factor = f32x4.splat(share)
  const change = f32x4.sub(v128.load(moved + c), v128.load(before + c))
  for (let at = list; at < end; at += 4) {
    const u = movableRow(model, at) + c
    v128.store(u, multiplyAdd(factor, change, v128.load(u)))
  }
}

function movableRow(model: Model, at: u32): u32 {
  const row = load<u32>(at)
  return model.frozenRows !== 0 && isFrozen(model, row) ? model.sink : row
}
