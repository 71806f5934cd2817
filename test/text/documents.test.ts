import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeCorpus } from '#text/encode'

const encoder = new TextEncoder()

async function* bytes(...pieces: string[]) {
  for (const piece of pieces) yield encoder.encode(piece)
}

test('each sentence that is left knows its line: blank lines and lines of rare words have none', async () => {
  const { ids, lines, vocabulary } = await encodeCorpus(bytes('a b a\n\nra', 're\nb a', '\n...\nb b\n'), {
    documents: true,
    minCount: 2,
  })
  assert.deepEqual([...vocabulary.words()], ['b', 'a'])
  assert.deepEqual([...lines!], [0, 3, 5])
  assert.equal(ids.length, 3 + 2 + 2 + 3)
})

test('a last line without a line break is a line, and nothing is one behind a last line break', async () => {
  const open = await encodeCorpus(bytes('a b\na b'), { documents: true, minCount: 1 })
  assert.deepEqual([...open.lines!], [0, 1])
  const closed = await encodeCorpus(bytes('a b\na b\n'), { documents: true, minCount: 1 })
  assert.deepEqual([...closed.lines!], [0, 1])
})

test('sentences given as tokens are lines too, and a given vocabulary leaves out what it lacks', async () => {
  const { vocabulary } = await encodeCorpus([['a', 'b'], ['b']], { minCount: 1 })
  const { lines } = await encodeCorpus([['c'], ['a'], [], ['b', 'c']], { documents: true, vocabulary })
  assert.deepEqual([...lines!], [1, 3])
})
