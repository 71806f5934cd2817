import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load, save, train, type WordloomError, type WordVectors } from 'wordloom'
import { encodeCorpus } from '#text/encode'
import { temporaryFolder } from '../formats/sample.js'

const options = { dimensions: 4, epochs: 1, threads: 1, subsampling: 0, minCount: 3 } as const
const lines = [
  ...Array.from({ length: 9 }, () => 'the pot and the pan'),
  'a kettle sings',
  'the kettle whistles',
]

function refusalOf(vectors: WordVectors, word: string): string {
  try {
    vectors.nearest(word)
  } catch (error) {
    assert.equal((error as WordloomError).code, 'unknown-word')
    return (error as WordloomError).message
  }
  throw new Error(`"${word}" is known`)
}

test('a word that training left out is told with how often it came, also from a file', async () => {
  const { vectors } = await train({ lines }, options)
  const path = `${await temporaryFolder()}/v.safetensors`
  await save(vectors, path)
  for (const one of [vectors, await load(path)]) {
    assert.equal(
      refusalOf(one, 'kettle'),
      '"kettle" was in the text 2 times, and words that came fewer than 3 times were not learned. To learn it, train with a lower minCount.',
    )
    assert.match(refusalOf(one, 'sings'), /^"sings" was in the text once, and words/)
    assert.match(refusalOf(one, 'Kettle'), /^"kettle" was in the text 2 times, and words/)
    assert.match(refusalOf(one, 'saucer'), /^"saucer" is not in the vocabulary/)
    assert.match(refusalOf(one, 'pit'), /Did you mean pot/)
    assert.match(refusalOf(one, 'a kettle'), /is not in the vocabulary/)
  }
})

test('a word beyond the most frequent ones is told so', async () => {
  const { vectors } = await train({ lines }, { ...options, maxWords: 2 })
  assert.match(
    refusalOf(vectors, 'pot'),
    /^"pot" was in the text 9 times, .* train with more words \(maxWords\)/,
  )
})

test('the list is the same on any number of threads, from phrases and documents, and ends at 64 KB', async () => {
  const rare = Array.from({ length: 30_000 }, (_, i) => `${(i * 7919).toString(36)}x`)
  const text = [...lines, rare.join(' '), rare.slice(0, 100).join(' '), 'caf\ufffd a\u00a0b']
  const lists = await Promise.all(
    [
      { threads: 1 },
      { threads: 3 },
      { documents: true },
      { tokenizer: (line: string) => line.split(' ') },
    ].map(async more => (await encodeCorpus({ lines: text }, { minCount: 3, ...more })).leftOut),
  )
  for (const list of lists.slice(0, 3)) assert.deepEqual(list, lists[0])
  const [list] = lists
  assert.equal(list!['2']!.split(' ').length, 102) // a hundred, kettle and a
  assert.ok(list!['2']!.split(' ').includes('kettle'))
  const once = list!['1']!.split(' ')
  assert.deepEqual(once, once.toSorted())
  assert.ok(once.length > 5000 && JSON.stringify(list).length < 66_000)
  assert.ok(!Object.values(lists[3]!).some(words => words.includes('a\u00a0b')))
})

test('facts of files of others are no list, and documents have none', async () => {
  const { vectors } = await train({ lines }, options)
  for (const leftOutWords of ['', 'null', '{', '{"x":"kettle"}', '{"2":["kettle"]}', '[]', '"kettle"']) {
    const odd = vectors.with({ metadata: { ...vectors.metadata, leftOutWords } })
    assert.match(refusalOf(odd, 'kettle'), /not in the vocabulary/)
  }
  const documents = await train({ lines }, { ...options, architecture: 'pv-dm' })
  assert.ok(documents.vectors.metadata.leftOutWords)
  assert.equal(documents.documents!.metadata.leftOutWords, undefined)
  const more = await train({ lines }, { ...options, continue: vectors })
  assert.ok(!more.vectors.metadata.history!.includes('leftOutWords'))
})
