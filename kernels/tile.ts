// The two loops in which training spends its time: two hidden rows a and b against three or six output rows,
// four columns at a go. Sums, errors and hidden rows stay in registers; each output row is read once.

import { load32, Settings } from './settings'
import { multiplyAdd, sumsOfLanes } from './vector'

/** Scores a·u and b·u of the first six rows, of which the very first is another one for b than for a. */
export function scoreFirstSix(settings: Settings, a: u32, b: u32): void {
  const u0a = load32(settings.rows, 0)
  const u0b = load32(settings.rows, 1)
  const u1 = load32(settings.rows, 2)
  const u2 = load32(settings.rows, 4)
  const u3 = load32(settings.rows, 6)
  const u4 = load32(settings.rows, 8)
  const u5 = load32(settings.rows, 10)
  let a0 = f32x4.splat(0)
  let b0 = a0
  let a1 = a0
  let b1 = a0
  let a2 = a0
  let b2 = a0
  let a3 = a0
  let b3 = a0
  let a4 = a0
  let b4 = a0
  let a5 = a0
  let b5 = a0
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    a0 = multiplyAdd(ha, v128.load(u0a + c), a0)
    b0 = multiplyAdd(hb, v128.load(u0b + c), b0)
    let u = v128.load(u1 + c)
    a1 = multiplyAdd(ha, u, a1)
    b1 = multiplyAdd(hb, u, b1)
    u = v128.load(u2 + c)
    a2 = multiplyAdd(ha, u, a2)
    b2 = multiplyAdd(hb, u, b2)
    u = v128.load(u3 + c)
    a3 = multiplyAdd(ha, u, a3)
    b3 = multiplyAdd(hb, u, b3)
    u = v128.load(u4 + c)
    a4 = multiplyAdd(ha, u, a4)
    b4 = multiplyAdd(hb, u, b4)
    u = v128.load(u5 + c)
    a5 = multiplyAdd(ha, u, a5)
    b5 = multiplyAdd(hb, u, b5)
  }
  v128.store(settings.errors, sumsOfLanes(a0, b0, a1, b1))
  v128.store(settings.errors + 16, sumsOfLanes(a2, b2, a3, b3))
  v128.store(settings.errors + 32, sumsOfLanes(a4, b4, a5, b5))
}

/** Scores three further rows. */
export function scoreThree(settings: Settings, a: u32, b: u32, i: u32): void {
  const u0 = load32(settings.rows, 2 * i)
  const u1 = load32(settings.rows, 2 * (i + 1))
  const u2 = load32(settings.rows, 2 * (i + 2))
  let a0 = f32x4.splat(0)
  let b0 = a0
  let a1 = a0
  let b1 = a0
  let a2 = a0
  let b2 = a0
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    let u = v128.load(u0 + c)
    a0 = multiplyAdd(ha, u, a0)
    b0 = multiplyAdd(hb, u, b0)
    u = v128.load(u1 + c)
    a1 = multiplyAdd(ha, u, a1)
    b1 = multiplyAdd(hb, u, b1)
    u = v128.load(u2 + c)
    a2 = multiplyAdd(ha, u, a2)
    b2 = multiplyAdd(hb, u, b2)
  }
  const scores = settings.errors + (i << 3)
  v128.store(scores, sumsOfLanes(a0, b0, a1, b1))
  v128.store64_lane(scores + 16, sumsOfLanes(a2, b2, a2, b2), 0)
}

/**
 * Moves the first three rows by both hidden rows, and writes what becomes of the hidden rows to `movedA` and
 * `movedB`. The very first row is another one for b than for a, or the same, then moved by a before b.
 */
export function moveFirstThree(settings: Settings, a: u32, b: u32, movedA: u32, movedB: u32): void {
  const u0a = load32(settings.rows, 0)
  const u0b = load32(settings.rows, 1)
  const u1 = load32(settings.rows, 2)
  const u2 = load32(settings.rows, 4)
  const ea0 = v128.load32_splat(settings.errors + 0)
  const eb0 = v128.load32_splat(settings.errors + 4)
  const ea1 = v128.load32_splat(settings.errors + 8)
  const eb1 = v128.load32_splat(settings.errors + 12)
  const ea2 = v128.load32_splat(settings.errors + 16)
  const eb2 = v128.load32_splat(settings.errors + 20)
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    let u = v128.load(u0a + c)
    let nextA = multiplyAdd(ea0, u, ha)
    v128.store(u0a + c, multiplyAdd(ea0, ha, u))
    u = v128.load(u0b + c)
    let nextB = multiplyAdd(eb0, u, hb)
    v128.store(u0b + c, multiplyAdd(eb0, hb, u))
    u = v128.load(u1 + c)
    nextA = multiplyAdd(ea1, u, nextA)
    nextB = multiplyAdd(eb1, u, nextB)
    v128.store(u1 + c, multiplyAdd(eb1, hb, multiplyAdd(ea1, ha, u)))
    u = v128.load(u2 + c)
    v128.store(u2 + c, multiplyAdd(eb2, hb, multiplyAdd(ea2, ha, u)))
    v128.store(movedA + c, multiplyAdd(ea2, u, nextA))
    v128.store(movedB + c, multiplyAdd(eb2, u, nextB))
  }
}

/** Moves three further rows; the hidden rows go on from where the rows before left them, to `toA` and `toB`. */
export function moveThree(settings: Settings, a: u32, b: u32, i: u32, toA: u32, toB: u32): void {
  const fromA = settings.moved
  const fromB = settings.moved + settings.rowBytes
  const u0 = load32(settings.rows, 2 * i)
  const u1 = load32(settings.rows, 2 * (i + 1))
  const u2 = load32(settings.rows, 2 * (i + 2))
  const errors = settings.errors + (i << 3)
  const ea0 = v128.load32_splat(errors)
  const eb0 = v128.load32_splat(errors + 4)
  const ea1 = v128.load32_splat(errors + 8)
  const eb1 = v128.load32_splat(errors + 12)
  const ea2 = v128.load32_splat(errors + 16)
  const eb2 = v128.load32_splat(errors + 20)
  const bytes = settings.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const ha = v128.load(a + c)
    const hb = v128.load(b + c)
    let u = v128.load(u0 + c)
    let nextA = multiplyAdd(ea0, u, v128.load(fromA + c))
    let nextB = multiplyAdd(eb0, u, v128.load(fromB + c))
    v128.store(u0 + c, multiplyAdd(eb0, hb, multiplyAdd(ea0, ha, u)))
    u = v128.load(u1 + c)
    nextA = multiplyAdd(ea1, u, nextA)
    nextB = multiplyAdd(eb1, u, nextB)
    v128.store(u1 + c, multiplyAdd(eb1, hb, multiplyAdd(ea1, ha, u)))
    u = v128.load(u2 + c)
    v128.store(u2 + c, multiplyAdd(eb2, hb, multiplyAdd(ea2, ha, u)))
    v128.store(toA + c, multiplyAdd(ea2, u, nextA))
    v128.store(toB + c, multiplyAdd(eb2, u, nextB))
  }
}
