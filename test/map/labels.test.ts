import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arrange } from '#map/arrange'
import { halfBox, type Label, labelScales, labelText, overlap, SCALES, shrinkage } from '#map/labels'

const coordinate = fc.integer({ min: 0, max: 12_000 }).map(tenths => tenths / 10)
const label = fc.record({
  text: fc.string({ minLength: 1, maxLength: 20 }),
  fontSize: fc.integer({ min: 13, max: 30 }),
  x: coordinate,
  y: coordinate,
})

function overlapping(labels: readonly Label[], scale: number): boolean {
  return labels.some((a, i) =>
    labels.slice(i + 1).some(b => overlap(a, halfBox(a), b, halfBox(b), shrinkage(scale))),
  )
}

test('labels written at the same time never overlap, whatever the scale', () => {
  const anyScale = fc.oneof(fc.constantFrom(...SCALES), fc.double({ min: 0.2, max: 10, noNaN: true }))
  fc.assert(
    fc.property(fc.array(label, { maxLength: 60 }), anyScale, (labels, scale) => {
      const scales = labelScales(labels)
      assert.ok(
        !overlapping(
          labels.filter((_, i) => scales[i]! <= scale),
          scale,
        ),
      )
    }),
  )
})

test('the first label is always written', () => {
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 30 }), labels => {
      assert.equal(labelScales(labels)[0], SCALES[0])
    }),
  )
})

test('of two words in one place, the second is never written', () => {
  const twice = { text: 'word', fontSize: 15, x: 10, y: 10 }
  assert.deepEqual([...labelScales([twice, twice])], [SCALES[0], Number.POSITIVE_INFINITY])
})

test('words piled up in one place are moved apart until all can be written', () => {
  const labels = Array.from({ length: 60 }, (_, i) => ({ text: `word${i}`, fontSize: 14 }))
  const piled = labels.map((_, i) => ({ x: i % 7, y: i % 5 }))
  const points = arrange(piled, labels)
  const placed = labels.map((label, i) => ({ ...label, ...points[i]! }))
  assert.ok(labelScales(placed).every(scale => scale <= 1))
})

test('a label shows long words cut and control characters as replaced', () => {
  assert.equal(labelText('water'), 'water')
  assert.equal([...labelText('𝒳'.repeat(80))].length, 26)
  assert.equal(labelText('a\u0000b\u0007c\u2028d'), 'a\uFFFDb\uFFFDc\uFFFDd')
})

test('wide scripts get more room than narrow ones, and combining marks none', () => {
  const width = (text: string) => halfBox({ text, fontSize: 10 }).x
  assert.ok(width('漢字漢字') > width('word'))
  assert.ok(width('mmmm') > width('iiii'))
  assert.equal(width('e\u0301'), width('e'))
})
