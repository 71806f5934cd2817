import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { chanceOf, drawMap, NeighborLayout } from '#map/index'
import { layoutCurve } from '#map/layout-curve'
import type { NeighborLists } from '#map/nearest-rows'
import { neighborGraph } from '#map/neighbor-graph'
import { groupedVectors, madeWords } from './small-vectors.js'

/** Three rings of twenty rows, each near to those beside it; the third row of a list is of the next ring, and far. */
const RING = 20
const lists: NeighborLists = {
  count: 3,
  ids: Int32Array.from({ length: 9 * RING }, (_, at) => {
    const [i, place] = [Math.floor(at / 3), at % 3]
    const ring = RING * Math.floor(i / RING)
    return place === 2 ? (i + RING) % (3 * RING) : ring + ((i - ring + (place === 0 ? 1 : RING - 1)) % RING)
  }),
  similarities: Float32Array.from({ length: 9 * RING }, (_, at) => [0.9, 0.8, 0.1][at % 3]!),
}

test('the curve of a layout is the one that UMAP of its authors fits', () => {
  const known = [
    { minDist: 0.1, spread: 1, a: 1.57694, b: 0.89506 },
    { minDist: 0.5, spread: 1, a: 0.58303, b: 1.33417 },
  ]
  for (const { minDist, spread, a, b } of known) {
    const found = layoutCurve(minDist, spread)
    assert.ok(Math.abs(found.a - a) < 1e-5 && Math.abs(found.b - b) < 1e-5, JSON.stringify(found))
  }
})

test('a graph of neighbours has each pair both ways, alike, and the nearest as near as can be', () => {
  const { from, to, nearness } = neighborGraph(lists)
  const pairs = new Map(Array.from(from, (i, edge) => [`${i} ${to[edge]}`, nearness[edge]!]))
  for (const [i, j, near] of Array.from(from, (i, edge) => [i, to[edge]!, nearness[edge]!] as const)) {
    assert.equal(pairs.get(`${j} ${i}`), near)
    assert.ok(near > 0 && near <= 1)
  }
  for (let i = 0; i < 3 * RING; i++) assert.equal(pairs.get(`${i} ${lists.ids[3 * i]}`), 1)
})

test('near rows end up near, and every engine gives the same picture', () => {
  const start = {
    x: Float32Array.from({ length: 3 * RING }, (_, i) => (i * 7) % 11),
    y: Float32Array.from({ length: 3 * RING }, (_, i) => (i * 5) % 13),
  }
  const layout = new NeighborLayout(lists, start, chanceOf(1), { epochs: 300, minDist: 0.1, spread: 1 })
  while (!layout.isDone) layout.step()
  const { x, y } = layout.positions()
  const distance = (i: number, j: number) => Math.sqrt((x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2)
  let [near, far] = [0, 0]
  for (let i = 0; i < 3 * RING; i++) {
    near += distance(i, lists.ids[3 * i]!)
    far += distance(i, (i + RING / 2) % (3 * RING))
  }
  assert.ok(near < far / 3, `${near} and ${far}`)
  assert.equal(digestOf(new Uint8Array(x.buffer)), '333be3e7bb51dee9')
  const page = drawMap(groupedVectors(madeWords(200)), { words: 80 })
  assert.equal(digestOf(/id="data">(.*?)<\/script>/s.exec(page)![1]!), '4a9fdef70a0141b1')
})

function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}
