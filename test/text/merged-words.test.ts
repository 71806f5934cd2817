import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { WordloomError } from 'wordloom'
import { type EncodeOptions, encodeCorpus, Vocabulary } from 'wordloom/text'

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'é', 'ab', '__proto__', 'z')
const text = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 })

function encode(sentences: string[][], options: EncodeOptions = {}) {
  return encodeCorpus(sentences, { minCount: 1, tokenizer: 'whitespace', ...options })
}

function countsOf(vocabulary: Vocabulary): [string, number][] {
  return [...vocabulary.words()].map((word, id) => [word, vocabulary.counts[id]!])
}

/** Both words at least, so that no text is too small to learn from. */
const whole = (sentences: string[][]) => [...sentences, ['a', 'b']]

test('a text counted on top of another gives the vocabulary of both counted at once', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (first, second) => {
      const [old, both] = [await encode(whole(first)), await encode([...whole(first), ...whole(second)])]
      const merged = await encode(whole(second), { known: old.vocabulary })
      assert.deepEqual([...merged.vocabulary.words()], [...both.vocabulary.words()])
      assert.deepEqual(merged.vocabulary.counts, both.vocabulary.counts)
      assert.equal(merged.vocabulary.tokens, old.vocabulary.tokens + merged.facts.tokens)
    }),
  )
})

test('what the text itself holds is told beside the merged counts, and its ids are those of its words', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (first, second) => {
      const old = await encode(whole(first))
      const { vocabulary, textCounts, ids } = await encode(whole(second), { known: old.vocabulary })
      const tokens = whole(second).flat()
      for (let id = 0; id < vocabulary.size; id++)
        assert.equal(textCounts![id], tokens.filter(token => token === vocabulary.word(id)).length)
      const numbers = new Int32Array(ids.length)
      ids.read(0, ids.length, numbers)
      assert.deepEqual(
        [...numbers].filter(id => id >= 0).map(id => vocabulary.word(id)),
        tokens,
      )
    }),
  )
})

test('minCount and maxWords choose among new words, and never drop an old one', async () => {
  const known = Vocabulary.of(['old', 'older', 'oldest'], Float64Array.of(1, 1, 0))
  const sentences = [['old', 'new', 'new', 'newer', 'newer', 'newer', 'rare']]
  const frequent = await encode(sentences, { known, minCount: 2 })
  assert.deepEqual(
    countsOf(frequent.vocabulary),
    Object.entries({ newer: 3, new: 2, old: 2, older: 1, oldest: 0 }),
  )
  const few = await encode(sentences, { known, minCount: 2, maxWords: 4 })
  assert.deepEqual([...few.vocabulary.words()], ['newer', 'old', 'older', 'oldest'])
  const none = await encode(sentences, { known, minCount: 2, maxWords: 2 })
  assert.deepEqual([...none.vocabulary.words()], ['old', 'older', 'oldest'])
})

test('every way to number a text merges alike', async () => {
  const known = Vocabulary.of(['the', 'cat', 'gone'], Float64Array.of(50, 20, 30))
  const lines = Array.from({ length: 400 }, (_, i) => `the cat sat on mat${i % 7} near the dog`)
  const results = []
  for (const tokenizer of ['whitespace' as const, (line: string) => line.split(' ')])
    for (const threads of [1, 2]) {
      const corpus = await encodeCorpus({ lines }, { tokenizer, threads, known })
      results.push({
        words: [...corpus.vocabulary.words()],
        counts: corpus.vocabulary.counts,
        here: corpus.textCounts,
      })
    }
  for (const result of results) assert.deepEqual(result, results[0])
  assert.deepEqual(results[0]!.words.slice(0, 3), ['the', 'cat', 'dog'])
})

test('a text of strange words is refused in one sentence', async () => {
  const known = Vocabulary.of(['cat', 'dog'], Float64Array.of(3, 2))
  await assert.rejects(
    encodeCorpus([['Katze', 'Hund', 'Katze']], { known, tokenizer: 'whitespace' }),
    (error: WordloomError) =>
      error.code === 'bad-data' &&
      /none of its 3 tokens is a known word, and no other word occurs 5 times/.test(error.message),
  )
})
