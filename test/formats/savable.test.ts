import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkSavable, type FormatName, formats, load, save } from 'wordloom/formats'
import { Vocabulary } from 'wordloom/text'
import { train } from 'wordloom/training'
import { WordVectors } from 'wordloom/vectors'
import { allocateMatrix } from '#math/matrix'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-savable-'))

after(() => rmSync(folder, { recursive: true, force: true }))

const awkward: readonly (string | Uint8Array)[] = [
  'made up',
  'tab\tbed',
  'line\nbreak',
  'return\r',
  'no\0thing',
  '',
  '[UNK]',
  '\ufeffmark',
  Uint8Array.of(0xff, 0xfe),
  Uint8Array.of(0x1f, 0x8b, 0x08), // as gzip begins
  Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), // Zstandard
  Uint8Array.of(0x80, 4, 0x95), // a pickle
  Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59),
  'PK\x03\x04',
  'PAR1',
  'BZh9',
  'x'.repeat(65_536),
  'x'.repeat(65_537),
  'plain',
]

const vectorsOf = (vocabulary: Vocabulary) =>
  new WordVectors({ vocabulary, matrix: allocateMatrix(vocabulary.size, 2) })

const failure = async (work: () => unknown) => {
  try {
    await work()
    return undefined
  } catch (error) {
    return error as Error & { code: string }
  }
}

function names(): FormatName[] {
  return (Object.keys(formats) as FormatName[]).filter(name => formats[name].extensions.length > 0)
}

for (const format of names())
  test(`${format} says of words before they are learned what it says when they are written`, async () => {
    let refused = 0
    for (const word of awkward)
      for (const words of [
        [word, 'other'],
        ['other', word],
      ]) {
        const vocabulary = Vocabulary.of(words)
        const path = join(folder, `x${formats[format].extensions[0]}`)
        const before = await failure(() =>
          checkSavable(path, { vocabulary, subwords: format === 'fasttext' }),
        )
        const atEnd = await failure(() => save(vectorsOf(vocabulary), path, { format }))
        assert.equal(before?.code, atEnd?.code)
        assert.equal(before?.message, atEnd?.message.replace('the vectors', path))
        if (atEnd) assert.deepEqual(readdirSync(folder), [], 'not even the words beside')
        for (const name of readdirSync(folder)) rmSync(join(folder, name))
        refused += Number(before !== undefined)
      }
    assert.equal(refused > 0, format !== 'safetensors')
  })

test('what a format takes of such words it gives back', async () => {
  for (const format of names())
    for (const word of awkward)
      for (const words of [
        [word, 'other'],
        ['other', word],
      ]) {
        const path = join(folder, `x${formats[format].extensions[0]}`)
        const vectors = vectorsOf(Vocabulary.of(words))
        vectors.matrix.data.fill(0.5, 0, 2)
        if (await failure(() => save(vectors, path, { format }))) continue
        const read = await load(path)
        assert.deepEqual([...read.vocabulary.words()], [...vectors.vocabulary.words()], `${format}: ${words}`)
        for (const name of readdirSync(folder)) rmSync(join(folder, name))
      }
})

test('rows of one number come back, whatever the format', async () => {
  for (const format of names()) {
    const path = join(folder, `x${formats[format].extensions[0]}`)
    const vocabulary = Vocabulary.of(['a', 'b'])
    await save(new WordVectors({ vocabulary, matrix: allocateMatrix(2, 1) }), path, { format })
    const { size, dimensions } = await load(path)
    assert.deepEqual([size, dimensions], [2, 1], format)
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  }
})

test('model2vec writes nothing of words that it cannot hold', async () => {
  const path = join(folder, 'model.safetensors')
  await assert.rejects(save(vectorsOf(Vocabulary.of(['plain', '[UNK]'])), path, { format: 'model2vec' }), {
    code: 'bad-data',
  })
  assert.deepEqual(readdirSync(folder), [])
})

const lines = Array.from({ length: 60 }, (_, i) => `alpha beta gamma w${i % 7}`)
const call = { minCount: 1, dimensions: 4, threads: 1, subsampling: 0 } as const
const given = Vocabulary.of(['alpha', 'made up', 'beta'], Float64Array.of(9, 8, 7))

/** A text that must not be read. */
const unread = (): AsyncIterable<string> => ({
  [Symbol.asyncIterator]: () => ({ next: () => assert.fail('the text was read') }),
})

test('a given word that the output cannot hold is refused before the text is read', async () => {
  const expected = {
    code: 'bad-data',
    message: /Cannot write .*x\.vec: the word "made up" has a space/,
  }
  await assert.rejects(train(unread(), { ...call, vocabulary: given, output: 'x.vec' }), expected)
  const spaced = await train({ lines }, { ...call, vocabulary: given, epochs: 1 })
  await assert.rejects(train(unread(), { ...call, continue: spaced, output: 'x.vec' }), expected)
})

test('what the output cannot hold whatever the words is refused before the text is read', async () => {
  await assert.rejects(train(unread(), { ...call, output: 'x.mdoel' }), {
    code: 'usage',
    message: /tells no format/,
  })
  await assert.rejects(train(unread(), { ...call, output: 1 as unknown as string }), { code: 'usage' })
})

test('a word of the text that the output cannot hold is refused before training', async () => {
  const untrained = { onProgress: ({ phase }: { phase: string }) => assert.equal(phase, 'reading') }
  const sentences = lines.map(line => [...line.split(' '), 'made up'])
  for (const [output, refused] of [
    ['x.vec', true],
    ['x.bin', true],
    ['x.glove.gz', true],
    ['x.npy', false],
    ['x.safetensors', false],
  ] as const)
    if (refused)
      await assert.rejects(train(sentences, { ...call, ...untrained, output }), {
        code: 'bad-data',
        message: /Cannot write .*: the word "made up"/,
      })
    else await train(sentences, { ...call, epochs: 1, output })
  const fasttext = { subwords: true, buckets: 100, epochs: 1, output: 'x.bin' } as const
  await train(sentences, { ...call, ...fasttext }) // which may have spaces
})

test('onVocabulary is called once with the words that are trained, and ends the call with what it throws', async () => {
  for (const vocabulary of [undefined, given]) {
    const seen: string[][] = []
    const onVocabulary = (words: Vocabulary) => void seen.push([...words.words()])
    const words = vocabulary && { vocabulary }
    const { vectors } = await train({ lines }, { ...call, ...words, epochs: 1, onVocabulary })
    assert.deepEqual(seen, [[...vectors.vocabulary.words()]])
  }
  const onVocabulary = () => Promise.reject(new Error('not these'))
  await assert.rejects(train({ lines }, { ...call, onVocabulary }), { message: 'not these' })
  await assert.rejects(train(unread(), { ...call, vocabulary: given, onVocabulary }), {
    message: 'not these',
  })
})
