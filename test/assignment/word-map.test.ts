import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { placeLabels } from '#assignment/placed-labels'
import { principalAxes } from '#assignment/principal-axes'
import { treebankOf } from '#assignment/treebank'
import { TreebankRun } from '#assignment/treebank-run'
import { drawWordMap } from '#assignment/word-map'
import { DRAWN_WORDS, wordPlane } from '#assignment/word-plane'
import { assertRowsClose } from '../equations/closeness.js'
import { smallTreebank } from './small-treebank.js'

const symmetric = fc
  .integer({ min: 1, max: 10 })
  .chain(n => fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: n * n, maxLength: n * n }))
  .map(numbers => {
    const n = Math.sqrt(numbers.length)
    return Array.from({ length: n }, (_, i) =>
      Float64Array.from({ length: n }, (_, j) => numbers[i * n + j] + numbers[j * n + i]),
    )
  })

const drawn = Object.values(DRAWN_WORDS).flat()

function trainedRun(): TreebankRun {
  const run = new TreebankRun(smallTreebank())
  while (run.iteration < 50) run.advance()
  return run
}

test('principal axes are orthonormal eigenvectors, the greatest variance first', () => {
  fc.assert(
    fc.property(symmetric, matrix => {
      const axes = principalAxes(matrix)
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0)
      for (const [i, { direction, variance }] of axes.entries()) {
        const image = [matrix.map(row => dot(row, direction))]
        assertRowsClose(image, [direction.map(x => variance * x)], 1e-9)
        const products = axes.map(other => dot(direction, other.direction))
        assertRowsClose([products], [axes.map((_, j) => (i === j ? 1 : 0))], 1e-9)
        if (i > 0) assert.ok(variance <= axes[i - 1].variance)
      }
    }),
  )
})

test('a plane keeps the variances: its coordinates are uncorrelated and centered', () => {
  const { words, shares } = wordPlane(trainedRun())
  const mean = (of: (word: { x: number; y: number }) => number) =>
    words.reduce((sum, word) => sum + of(word), 0) / words.length
  const spread = mean(({ x }) => x * x)
  assert.deepEqual(
    words.map(({ word }) => word),
    drawn,
  )
  assert.ok(spread >= mean(({ y }) => y * y))
  for (const product of [mean(({ x }) => x), mean(({ y }) => y), mean(({ x, y }) => x * y) / spread])
    assert.ok(Math.abs(product) < 1e-10)
  assert.ok(shares[0] >= shares[1] && shares[0] + shares[1] <= 1 + 1e-12)
})

test('the map has every word once, and is well formed', () => {
  const svg = drawWordMap(trainedRun())
  for (const word of drawn) assert.equal(svg.split(`>${word}</text>`).length, 2, word)
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  assert.ok(!/NaN|undefined|Infinity/.test(svg))
  assert.equal(svg.match(/<text/g)?.length, svg.match(/<\/text>/g)?.length)
})

test('labels keep to the frame and off each other while there is room', () => {
  const settings = { fontSize: 16, dotRadius: 5, width: 900, height: 600 }
  const points = drawn.map((text, i) => ({
    text,
    x: 60 + ((i * 151) % 780),
    y: 40 + ((i * 89) % 520),
  }))
  const placed = placeLabels(points, settings)
  placed.forEach((a, i) => {
    assert.ok(a.x > 0 && a.x < 900 && a.y > 0 && a.y < 600)
    placed.forEach((b, j) => {
      const apart = Math.abs(a.y - b.y) >= 17 || Math.abs(a.x - b.x) >= 30
      assert.ok(i === j || apart, `${points[i].text} and ${points[j].text}`)
    })
  })
})

test('a treebank without the words cannot be drawn', () => {
  const run = new TreebankRun(treebankOf([['the', 'great', 'film']]))
  assert.throws(() => drawWordMap(run), { code: 'unknown-word', message: /"cool"/ })
})
