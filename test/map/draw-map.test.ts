import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { drawMap } from '#map/index'
import { row } from '#math/matrix'
import { groupedVectors, madeWords } from './small-vectors.js'

interface PageWord {
  word: string
  x: number
  y: number
  color: number
  near: [number, number][]
}

/** What the page's script reads. */
function dataOf(html: string): PageWord[] {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1]!)
}

test('the same vectors give the same bytes, and another seed another map', () => {
  const vectors = groupedVectors(madeWords(200))
  assert.equal(drawMap(vectors, { words: 80 }), drawMap(vectors, { words: 80 }))
  assert.notEqual(drawMap(vectors, { words: 80 }), drawMap(vectors, { words: 80, seed: 2 }))
})

test('the page asks nothing of the network', () => {
  const html = drawMap(groupedVectors(madeWords(40)))
  assert.doesNotMatch(html, /\b(?:src|href|action|srcset)\s*=/i)
  assert.doesNotMatch(html, /@import|url\((?!#)|\bfetch\(|XMLHttpRequest|WebSocket|\bimport\b/)
  const addresses = html.match(/\w+:\/\/[^\s"']*/g) ?? []
  assert.deepEqual(new Set(addresses), new Set(['http://www.w3.org/2000/svg'])) // the name of SVG, not a place
})

test('the script in the page is JavaScript', () => {
  const html = drawMap(groupedVectors(madeWords(40)))
  const script = /<script>(.*?)<\/script>/s.exec(html)![1]!
  assert.doesNotThrow(() => new Script(script))
})

test('words are text whatever they look like', () => {
  const words = [
    '<script>alert(1)</script>',
    '</script><img src=x onerror=alert(1)>',
    '"quoted"',
    "it's'",
    '&amp;',
    '__proto__',
    'constructor',
    'שלום',
    'مرحبا',
    '日本語',
    '<!--',
    'a\u0000null',
    '\u202Ereversed',
  ]
  const html = drawMap(groupedVectors(words), {
    title: '<b>&"title"',
    subtitle: '</p><script>',
    highlight: words,
  })
  assert.deepEqual(html.match(/<script[^>]*>/g), ['<script type="application/json" id="data">', '<script>'])
  assert.doesNotMatch(html, /<img|<b>|<!--/)
  assert.ok(html.includes('&lt;b&gt;&amp;&quot;title&quot;'))
  assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
  assert.deepEqual(new Set(dataOf(html).map(({ word }) => word)), new Set(words))
})

test('every word lies inside the frame and has a color and true neighbors', () => {
  const words = dataOf(drawMap(groupedVectors(madeWords(300)), { words: 120 }))
  assert.equal(words.length, 120)
  for (const [i, { x, y, color, near }] of words.entries()) {
    assert.ok(x >= 0 && x <= 1200 && y >= 0 && y <= 840)
    assert.ok(Number.isInteger(color) && color >= 0 && color < 12)
    assert.equal(near.length, 8)
    assert.ok(near.every(([other, similarity]) => other !== i && similarity > 0 && similarity <= 1))
    assert.deepEqual(
      near.map(([, similarity]) => similarity),
      near.map(([, s]) => s).toSorted((a, b) => b - a),
    )
  }
})

for (const count of [1, 2, 3, 4, 5, 11, 12, 13, 14])
  test(`a vocabulary of ${count} makes a map of ${count}`, () => {
    const html = drawMap(groupedVectors(madeWords(count)))
    assert.equal(dataOf(html).length, count)
    assert.doesNotMatch(html.slice(0, html.lastIndexOf('<script>')), /NaN|Infinity|undefined|null/)
  })

test('vectors of zeros, of copies and of what is no number still make a map', () => {
  for (const fill of [0, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e-30]) {
    for (const count of [3, 40]) {
      const vectors = groupedVectors(madeWords(count))
      vectors.matrix.data.fill(fill)
      const html = drawMap(vectors)
      assert.doesNotMatch(html, /NaN/, `${count} words filled with ${fill}`)
      assert.ok(dataOf(html).every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
    }
  }
})

test('a few bad vectors do not spoil the others', () => {
  const vectors = groupedVectors(madeWords(60))
  row(vectors.matrix, 3).fill(0)
  row(vectors.matrix, 4).fill(Number.NaN)
  row(vectors.matrix, 5).set(row(vectors.matrix, 6))
  const words = dataOf(drawMap(vectors, { highlight: ['baad', 'baae'] }))
  assert.equal(words.length, 60)
  assert.deepEqual(words.find(({ word }) => word === 'baae')!.near, [])
})

test('vectors without counts are drawn by rank', () => {
  const { vocabulary, ...rest } = groupedVectors(madeWords(50))
  vocabulary.counts.fill(0)
  assert.equal(dataOf(drawMap({ vocabulary, ...rest })).length, 50)
})

test('a number of words that cannot be is refused', () => {
  const vectors = groupedVectors(madeWords(20))
  for (const words of [0, -3, 1.5, Number.NaN, 5000])
    assert.throws(() => drawMap(vectors, { words }), {
      code: 'usage',
      message: `Cannot draw a map: words is ${words}; expected a whole number from 1 to 2,000.`,
    })
  const others: [object, string][] = [
    [{ labels: -1 }, 'labels is -1; expected a whole number from 0 up'],
    [{ seed: 0.5 }, 'seed is 0.5; expected a whole number from 0 up'],
    [{ projection: 'tsne' }, 'projection is "tsne"; expected one of pca, umap'],
  ]
  for (const [options, message] of others)
    assert.throws(() => drawMap(vectors, options), {
      code: 'usage',
      message: `Cannot draw a map: ${message}.`,
    })
  assert.throws(() => drawMap(groupedVectors([])), { code: 'bad-data' })
})
