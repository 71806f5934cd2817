import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Vocabulary, type WordloomError, WordVectors } from 'wordloom'
import { Random } from '#math/random'
import { softCosine } from '#vectors/index'

/** cosines: film and movie 0.8, film and tea 0, movie and tea 0.6, away and film −1. */
const rows = { film: [1, 0], movie: [0.8, 0.6], tea: [0, 1], away: [-2, 0], nothing: [0, 0] }
const vectors = new WordVectors({
  vocabulary: Vocabulary.of(Object.keys(rows)),
  matrix: { data: Float32Array.from(Object.values(rows).flat()), rows: 5, columns: 2, stride: 2 },
})

const near = (found: number, right: number) =>
  assert.ok(Math.abs(found - right) < 1e-6, `${found}, not ${right}`)

test('a value computed by hand', () => {
  // a = film + 2 tea, b = movie: aᵀSb = 0.64 + 2 · 0.36, aᵀSa = 1 + 4, bᵀSb = 1
  near(softCosine(vectors, ['tea', 'film', 'tea'], ['movie']), 1.36 / Math.sqrt(5))
  near(softCosine(vectors, [['tea', 2], 'film'], ['movie']), 1.36 / Math.sqrt(5))
  near(softCosine(vectors, ['film', 'tea', 'tea'], ['movie'], { exponent: 1 }), (0.8 + 1.2) / Math.sqrt(5))
  near(softCosine(vectors, ['film', 'tea', 'tea'], ['movie'], { threshold: 0.7 }), 0.64 / Math.sqrt(5))
  assert.equal(softCosine(vectors, ['film', 'tea'], ['movie'], { threshold: 1 }), 0)
  assert.equal(softCosine(vectors, ['film'], ['away']), 0)
  assert.equal(softCosine(vectors, ['nothing'], ['film']), 0)
})

test('it is 1 for the same words in any order, symmetric, and from 0 to 1', () => {
  const random = new Random(2, 2)
  const words = Object.keys(rows)
  const text = () => Array.from({ length: 1 + random.below(6) }, () => words[random.below(words.length)]!)
  for (let i = 0; i < 300; i++) {
    const [a, b] = [text(), text()]
    const options = { exponent: 0.5 + 3 * random.uniform(), threshold: random.uniform() }
    const found = softCosine(vectors, a, b, options)
    assert.ok(found >= 0 && found <= 1, `${found}`)
    near(softCosine(vectors, b, a, options), found)
    assert.equal(softCosine(vectors, a, a.toReversed(), options), 1)
  }
  assert.equal(softCosine(vectors, ['nothing'], ['nothing']), 1)
})

test('unknown words are refused or skipped, and what is no text is refused', () => {
  assert.throws(() => softCosine(vectors, ['films'], ['tea']), { code: 'unknown-word' })
  assert.equal(softCosine(vectors, ['films', 'tea'], ['tea'], { unknown: 'skip' }), 1)
  assert.equal(softCosine(vectors, ['films'], ['tea'], { unknown: 'skip' }), 0)
  for (const [text, says] of [
    ['film', /a text is a value of type string/],
    [[['film', 0]], /\["film",0\]; expected a string, or \[word, weight\]/],
    [[5], /a word of a text is 5/],
  ] as const)
    assert.throws(
      () => softCosine(vectors, text as never, ['tea']),
      (error: WordloomError) => error.code === 'usage' && says.test(error.message),
    )
})
