import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseWords, isWordLike } from '#map/choose-words'
import { row } from '#math/matrix'
import { groupedVectors, madeWords } from './small-vectors.js'

test('words that keep company with everything are left out, however frequent', () => {
  const words = ['the', 'and', 'with', ...madeWords(400)]
  const vectors = groupedVectors(words, { groups: 8 })
  for (let id = 0; id < 3; id++)
    row(vectors.matrix, id)
      .fill(1)
      .set([0.9, 1.1 - id / 10], 2)
  const chosen = chooseWords(vectors, 150)
  assert.equal(chosen.length, 150)
  assert.deepEqual(
    chosen.filter(id => id < 3),
    [],
  )
})

test('highlighted words are in, whatever they are', () => {
  const vectors = groupedVectors(['42', 'of', ...madeWords(200)])
  row(vectors.matrix, 1).fill(0)
  const chosen = chooseWords(vectors, 20, ['of', '42', 'baaa'])
  assert.deepEqual(chosen.slice(0, 3), [0, 1, 2])
  assert.equal(chosen.length, 20)
})

test('a highlighted word that is not there is named', () => {
  assert.throws(() => chooseWords(groupedVectors(madeWords(20)), 10, ['nowhere']), {
    code: 'unknown-word',
    message: /"nowhere"/,
  })
})

test('ids come once each, ascending', () => {
  const chosen = chooseWords(groupedVectors(madeWords(500)), 120, ['baab', 'baab'])
  assert.deepEqual(
    chosen,
    [...new Set(chosen)].sort((a, b) => a - b),
  )
})

test('numbers, signs and short words are not worth drawing, single characters of Chinese are', () => {
  assert.deepEqual(['1999', '--', 'of', 'a1', '水', '日本', 'कमल', "it's"].map(isWordLike), [
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
  ])
})
