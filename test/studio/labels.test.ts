import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MapContent } from '../../studio/map/map-content.js'
import { NO_MARKS, writtenMarks } from '../../studio/map/marks.js'
import { passingLabels, roomyLabels, type View } from '../../studio/map/visible-labels.js'
import { Words } from '../../studio/map/words.js'

const names = Array.from({ length: 400 }, (_, i) => `word${i}`)
const size = { width: 600, height: 400 }
/** Where the buttons lie, at the right and the top. */
const buttons = { x: 570, y: 60, half: { x: 20, y: 55 } }

/** Words in 20 columns and 20 rows, over the whole map and under the buttons. */
const positions = {
  x: Float32Array.from(names, (_, i) => ((i % 20) + 0.5) / 10 - 1),
  y: Float32Array.from(names, (_, i) => (Math.floor(i / 20) + 0.5) / 10 - 1),
}
const content: MapContent = {
  words: new Words(model()),
  positions,
  colors: new Uint8Array(4 * names.length),
  sizes: new Float32Array(names.length).fill(2),
  fontSizes: new Float32Array(names.length).fill(13),
  drawn: names.length,
  naming: Int32Array.from(names, (_, i) => i),
  labels: new Float64Array(names.length),
  marks: NO_MARKS,
  labelColor: () => '#000000',
  paper: '#ffffff',
}
const view: View = {
  camera: { x: 0, y: 0, scale: 300 },
  size,
  growth: 1,
  positions,
  isMoving: false,
  hovered: undefined,
  taken: [buttons],
}

function model(): ConstructorParameters<typeof Words>[0] {
  const bytes = new TextEncoder().encode(names.join(''))
  const offsets = new Float64Array(names.length + 1)
  names.forEach((name, i) => {
    offsets[i + 1] = offsets[i] + name.length
  })
  return { bytes, offsets, counts: new Float64Array(names.length), size: names.length } as never
}

function areUnder(labels: readonly { x: number; y: number; half: { x: number; y: number } }[]): number {
  const { half } = buttons
  return labels.filter(
    label =>
      Math.abs(label.x - buttons.x) < label.half.x + half.x &&
      Math.abs(label.y - buttons.y) < label.half.y + half.y,
  ).length
}

test('no label lies under the buttons of a map, whether it rests or is on its way', () => {
  const order = Int32Array.from(names, (_, i) => i)
  for (const find of [
    (seen: View) => roomyLabels(content, seen, order, []),
    (seen: View) => passingLabels(content, seen, []),
  ]) {
    assert.ok(areUnder(find({ ...view, taken: [] })) > 0)
    const labels = find(view)
    assert.ok(labels.length > 20)
    assert.equal(areUnder(labels), 0)
  }
})

test('a marked word under the buttons is written beside its point, below or above them', () => {
  const words = [{ id: 0, color: '#000000', isBold: true }]
  const written = writtenMarks(
    words,
    () => ({ x: 0.93, y: -0.3 }),
    () => 'angle',
    () => 30,
    view,
  )
  assert.equal(written.length, 1)
  assert.equal(areUnder(written), 0)
})
