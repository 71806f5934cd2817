import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { finished } from 'wordloom/map'
import { clusterDirections } from '#map/clusters'
import { directionsOf } from '#map/directions'
import { labelScales } from '#map/labels'
import { alongAxes, mainAxes } from '#map/main-axes'
import { nearestRows } from '#map/nearest-rows'
import { unitRows } from '#map/neighbors'
import { placedByNeighbors } from '#map/place'
import { extentOf, framed, frameOf } from '#map/positions'
import { Random } from '#math/random'
import { SearchMatrix } from '#scan/search-matrix'
import { groupedVectors, madeWords } from './small-vectors.js'

const vectors = groupedVectors(madeWords(300), { groups: 5, dimensions: 10 })
const ids = Array.from({ length: 300 }, (_, id) => id)
const rows = unitRows(vectors.matrix, ids)
const cosine = (i: number, j: number) => rows[i]!.reduce((sum, value, d) => sum + value * rows[j]![d]!, 0)

function searchMatrix(): SearchMatrix {
  const search = SearchMatrix.allocate(300, 10)
  search.matrix.data.set(vectors.matrix.data)
  return search
}

test('the main axes are square to each other, of length 1, and hold more than any other two directions', () => {
  const { axes, explained } = mainAxes(directionsOf(rows), new Random(1, 0))
  const product = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)
  assert.ok(Math.abs(product(axes[0], axes[1])) < 1e-9)
  for (const axis of axes) assert.ok(Math.abs(product(axis, axis) - 1) < 1e-9)
  assert.ok(explained > 2 / 10 && explained <= 1)
})

test('rows on a plane lose nothing', () => {
  const flat = Array.from({ length: 50 }, (_, i) => Float32Array.of(Math.sin(i), 0, Math.cos(i) * 2, 0))
  const axes = mainAxes(directionsOf(flat), new Random(1, 0))
  assert.ok(axes.explained > 0.999999)
  const { x, y } = alongAxes(directionsOf(flat), axes)
  for (let i = 1; i < 50; i++) {
    const true2 = (flat[i]![0]! - flat[0]![0]!) ** 2 + (flat[i]![2]! - flat[0]![2]!) ** 2
    assert.ok(Math.abs((x[i]! - x[0]!) ** 2 + (y[i]! - y[0]!) ** 2 - true2) < 1e-4)
  }
})

test('rows that are all the same, and no rows, have axes too', () => {
  const same = mainAxes(directionsOf([Float32Array.of(1, 0), Float32Array.of(1, 0)]), new Random(1, 0))
  assert.equal(same.explained, 0)
  assert.ok([...same.axes[0], ...same.axes[1]].every(Number.isFinite))
  assert.equal(mainAxes(directionsOf([]), new Random(1, 0)).explained, 0)
})

test('nearest rows are those of a plain search, without the row itself', () => {
  const lists = finished(nearestRows(searchMatrix(), { from: 3, to: 40, among: 200, count: 7 }))
  for (let i = 3; i < 40; i++) {
    const wanted = ids
      .filter(j => j < 200 && j !== i)
      .sort((a, b) => cosine(i, b) - cosine(i, a))
      .slice(0, 7)
    const found = [...lists.ids.subarray((i - 3) * 7, (i - 2) * 7)]
    found.forEach((id, place) => {
      assert.ok(Math.abs(cosine(i, id) - cosine(i, wanted[place]!)) < 1e-6)
      assert.notEqual(id, i)
    })
  }
})

test('rows of another matrix find their equals', () => {
  const range = { from: 0, to: 20, among: 300, count: 1, of: directionsOf(rows) }
  const { similarities } = finished(nearestRows(searchMatrix(), range))
  for (const similarity of similarities) assert.ok(similarity > 0.99999)
})

test('there are fewer neighbours where there are fewer words', () => {
  const lists = finished(nearestRows(searchMatrix(), { from: 0, to: 3, among: 3, count: 7 }))
  assert.equal(lists.count, 2)
})

test('a word is placed among its neighbours, and with most of them where they are apart', () => {
  const anchors = { x: Float32Array.of(0, 0.01, 0, 1), y: Float32Array.of(0, 0, 0.01, 1) }
  const lists = {
    count: 4,
    ids: Int32Array.of(0, 1, 2, 3),
    similarities: Float32Array.of(0.5, 0.5, 0.5, 0.5),
  }
  const { x, y } = placedByNeighbors(lists, anchors, new Random(1, 0))
  assert.ok(x[0]! < 0.1 && y[0]! < 0.1) // a mean would be at 0.25
})

test('a framed picture lies around the middle and reaches 1, but for a few strays', () => {
  const number = fc.float({ noNaN: true, min: -1000, max: 1000 })
  const points = fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 100 })
  fc.assert(
    fc.property(points, found => {
      const positions = {
        x: Float32Array.from(found, ([x]) => x),
        y: Float32Array.from(found, ([, y]) => y),
      }
      const picture = framed(positions, frameOf(positions))
      for (const value of [...picture.x, ...picture.y]) assert.ok(Math.abs(value) < 1.001)
      const { x, y } = extentOf(picture)
      assert.ok(x > 0 && y > 0)
    }),
  )
})

test('clusters of very many rows follow those of the first', () => {
  const clusters = clusterDirections(directionsOf(rows), 5, new Random(2, 0))
  assert.deepEqual(clusterDirections(directionsOf(rows), 5, new Random(2, 0)), clusters)
  for (let i = 5; i < 300; i++) assert.equal(clusters[i], clusters[i % 5])
})

test('rare words wait until so many may be written', () => {
  const labels = ids.map(i => ({ text: 'w', fontSize: 10, x: 100 * (i % 20), y: 100 * Math.floor(i / 20) }))
  const growth = {
    scales: [1, 2, 4],
    shrinkage: (scale: number) => 1 / scale,
    most: (scale: number) => 50 * scale,
  }
  const scales = labelScales(labels, growth)
  for (const scale of growth.scales) assert.equal(scales.filter(since => since <= scale).length, 50 * scale)
})

test('the functions of wordloom/map can be called with a seed alone', async () => {
  const map = await import('wordloom/map')
  const rows = Array.from({ length: 30 }, (_, i) => Float32Array.of(Math.cos(i), Math.sin(i)))
  const directions = { size: 30, dimensions: 2, direction: (i: number) => rows[i]! }
  const axes = map.mainAxes(directions, map.chanceOf(1))
  assert.deepEqual(map.mainAxes(directions, map.chanceOf(1)), axes)
  const start = map.alongAxes(directions, axes)
  assert.equal(map.clusterDirections(directions, 3, map.chanceOf(1, 1)).length, 30)
  const lists = {
    count: 2,
    ids: Int32Array.from({ length: 60 }, (_, i) => ((i >> 1) + 1 + (i & 1)) % 30),
    similarities: new Float32Array(60).fill(0.5),
  }
  assert.equal(map.placedByNeighbors(lists, start, map.chanceOf(2)).x.length, 30)
  const layout = new map.NeighborLayout(lists, start, map.chanceOf(3), { epochs: 2, minDist: 0.1, spread: 1 })
  layout.step()
  assert.equal(layout.positions().x.length, 30)
})
