import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  betterView,
  between,
  inPicture,
  onScreen,
  viewOf,
  wholeView,
  zoomed,
} from '../../studio/map/camera.js'

const size = { width: 800, height: 600 }
const whole = wholeView(size, { x: 1, y: 0.8 })
const scope = { whole, farthest: whole.scale * 0.6, nearest: whole.scale * 600, reach: { x: 1.3, y: 1.3 } }
const sight = { nearest: 1e6, around: { x: 180, y: 110 }, worth: 1.4 }
const place = fc.record({
  x: fc.double({ min: 0, max: 800, noNaN: true }),
  y: fc.double({ min: 0, max: 600, noNaN: true }),
})

test('what lies under the pointer stays there while one comes nearer', () => {
  fc.assert(
    fc.property(place, fc.double({ min: 1, max: 8, noNaN: true }), (at, factor) => {
      const before = inPicture(whole, size, at)
      const after = zoomed(whole, factor, at, size, scope)
      const seen = onScreen(after, size, before)
      if (Math.abs(after.x) < 1.3 && Math.abs(after.y) < 1.3)
        assert.ok(Math.hypot(seen.x - at.x, seen.y - at.y) < 1e-6)
    }),
  )
})

test('screen and picture are each other turned round', () => {
  fc.assert(
    fc.property(place, at => {
      const there = onScreen(whole, size, inPicture(whole, size, at))
      assert.ok(Math.hypot(there.x - at.x, there.y - at.y) < 1e-9)
    }),
  )
})

test('the whole view has the whole picture in sight, and a glide ends where it was to', () => {
  for (const corner of [
    { x: -1, y: -0.8 },
    { x: 1, y: 0.8 },
  ]) {
    const { x, y } = onScreen(whole, size, corner)
    assert.ok(x >= 0 && x <= 800 && y >= 0 && y <= 600)
  }
  const near = viewOf(
    [
      { x: 0.1, y: 0.2 },
      { x: 0.2, y: 0.25 },
    ],
    size,
    sight,
  )
  const end = between(whole, near, 1)
  assert.ok(Math.abs(end.x - near.x) < 1e-12 && Math.abs(end.scale / near.scale - 1) < 1e-12)
  assert.deepEqual(between(whole, near, 0), whole)
})

test('words that belong together are gone to where they are small or out of sight, and only then', () => {
  const across = (middle: number, span: number) => [
    { x: middle - span / 2, y: 0 },
    { x: middle + span / 2, y: 0 },
  ]
  assert.equal(betterView(whole, across(0, 1.5), size, sight), undefined)
  const small = betterView(whole, across(0.2, 0.1), size, sight)
  assert.ok(small && Math.abs(small.x - 0.2) < 1e-12 && small.scale > whole.scale)
  const near = { x: 0, y: 0, scale: 4 * whole.scale }
  const out = betterView(near, across(0, 1.5), size, sight)
  assert.ok(out && out.scale < near.scale)
})
