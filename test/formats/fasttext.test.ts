import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatOfExtension, load, lostIn, save } from '#formats/index'
import { allocateMatrix, row } from '#math/matrix'
import { tokenize } from '#text/index'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { compress, sentenceVectors, WordVectors } from '#vectors/index'
import { assertClose, assertPrinted, here, printed, skip, smallVectors } from './fasttext-models.js'
import { bytesIn, readBytesOf, rowsOf, temporaryFolder, wordBytesOf } from './sample.js'

const golden = ['skip-gram', 'cbow', 'supervised'] as const

for (const name of golden)
  test(`${name}: known and unknown words have the vectors that fastText prints`, async () => {
    const vectors = await load(here(`${name}.bin`))
    assertPrinted(vectors, readFileSync(here(`${name}.answers.txt`), 'utf8'))
  })

for (const name of ['skip-gram', 'cbow'] as const)
  test(`${name}: sentences of known and unknown words have the vectors that fastText prints`, async () => {
    const vectors = await load(here(`${name}.bin`))
    const lines = readFileSync(here('sentences.txt'), 'utf8').trimEnd().split('\n')
    const sentences = lines.map(line => tokenize(line, 'whitespace'))
    const pooled = sentenceVectors(vectors, sentences, { pooling: 'directions' })
    const printed = readFileSync(here(`${name}.sentences.txt`), 'utf8')
      .trimEnd()
      .split('\n')
    assert.equal(printed.length, lines.length)
    for (const [s, line] of printed.entries()) {
      const numbers = line.trimEnd().split(' ').map(Number)
      assertClose([...pooled.vector(s)], numbers, 1e-5)
    }
  })

test('buckets that pass by leave the same words and the same rows as those that are read whole', async () => {
  for (const name of ['skip-gram', 'cbow'] as const) {
    const bytes = readFileSync(here(`${name}.bin`))
    for (const limit of [3, 1000]) {
      const whole = await readBytesOf(bytes, { limit })
      const passed = await readBytesOf(bytes, { limit, buckets: 10 })
      assertClose(rowsOf(passed).flat(), rowsOf(whole).flat(), 1e-6)
      const { buckets, matrix, heldBack } = passed.subwords!
      assert.equal(buckets!.length, 10)
      for (const [i, bucket] of buckets!.entries())
        assert.deepEqual(row(matrix, i), row(whole.subwords!.matrix, bucket))
      for (const [i, word] of heldBack!.words.entries())
        assertClose([...row(heldBack!.matrix, i)], [...whole.subwords!.vector(word)!], 1e-6)
    }
    const all = await readBytesOf(bytes)
    const [passed, chosen] = [
      await readBytesOf(bytes, { buckets: 10 }),
      compress(all, { buckets: 10 }).vectors,
    ]
    assert.deepEqual(passed.subwords!.buckets, chosen.subwords!.buckets)
    const { loss } = compress(passed, {})
    assert.ok(loss.unknown!.meanCosine < 0.99999, 'told against what the file had')
  }
})

test('settings, counts and output rows are read, and of a classifier all but its labels', async () => {
  const skipGram = await load(here('skip-gram.bin'))
  assert.deepEqual(skipGram.subwords!.settings, { minNgram: 3, maxNgram: 6, buckets: 50 })
  const { architecture, objective, options } = skipGram.metadata
  assert.deepEqual([architecture, objective], ['skip-gram', 'negative-sampling'])
  assert.deepEqual(JSON.parse(options!), {
    dimensions: 4,
    window: 5,
    epochs: 20,
    minCount: 3,
    negativeSamples: 3,
    subsampling: 1e-4,
    minNgram: 3,
    maxNgram: 6,
    buckets: 50,
  })
  assert.equal(skipGram.vocabulary.counts[skipGram.vocabulary.idOf('the')!], 24)
  assert.equal(skipGram.outputVectors!.rows, skipGram.size)
  assert.equal((await load(here('cbow.bin'))).metadata.objective, 'hierarchical-softmax')
  const classifier = await load(here('supervised.bin'))
  assert.equal(classifier.outputVectors, undefined)
  assert.match(classifier.warnings[0]!, /this is a classifier; .* its 2 labels left out/)
})

test('a file reads back as it was, also by way of our own file', async () => {
  for (const name of ['skip-gram', 'cbow'] as const) {
    const bytes = readFileSync(here(`${name}.bin`))
    const vectors = await readBytesOf(bytes)
    const ours = await readBytesOf(bytesIn('safetensors', vectors))
    for (const copy of [bytesIn('fasttext', vectors), bytesIn('fasttext', ours)]) {
      assert.equal(copy.length, bytes.length)
      const again = await readBytesOf(copy)
      assert.deepEqual(again.metadata, vectors.metadata)
      assert.deepEqual(again.outputVectors, vectors.outputVectors)
      assert.deepEqual(again.subwords, vectors.subwords)
      assertClose(rowsOf(again).flat(), rowsOf(vectors).flat(), 1e-6)
    }
  }
})

test('a file of our own keeps some buckets or all of them', async () => {
  for (const buckets of [undefined, Uint32Array.of(0, 3, 7, 999)]) {
    const vectors = smallVectors(buckets ? 1000 : 4, buckets)
    const again = await readBytesOf(bytesIn('safetensors', vectors), {}, 9)
    assert.deepEqual(again.subwords, vectors.subwords)
    const part = await readBytesOf(bytesIn('safetensors', vectors), { words: ['b'] })
    assert.deepEqual([part.size, part.subwords], [1, vectors.subwords])
    assert.deepEqual(
      (await readBytesOf(bytesIn('safetensors', vectors), { limit: 1 })).subwords,
      vectors.subwords,
    )
  }
})

test('n-grams longer than any that are trained are refused before they are made, in files of both kinds', async () => {
  const vectors = smallVectors(4)
  const patched = (format: 'fasttext' | 'safetensors', at: (view: DataView) => number) => {
    const bytes = bytesIn(format, vectors)
    const view = new DataView(bytes.buffer)
    view.setInt32(at(view), 2 ** 31 - 1, true)
    return readBytesOf(bytes)
  }
  await assert.rejects(
    patched('fasttext', () => 8 + 10 * 4),
    {
      code: 'bad-data',
      message: /n-grams of the fastText file have up to 2,147,483,647 characters; expected at most 100/,
    },
  )
  const settings = new Uint8Array(Uint32Array.of(3, 5, 4).buffer)
  await assert.rejects(
    patched('safetensors', ({ buffer }) => Buffer.from(buffer).indexOf(settings) + 4),
    { code: 'bad-data', message: /minNgram at most maxNgram, that at most 100/ },
  )
})

test('what is missing or contradictory among the tensors of sub-words is refused', async () => {
  const vectors = smallVectors(1000, Uint32Array.of(0, 3, 7, 999))
  const text = Buffer.from(bytesIn('safetensors', vectors)).toString('latin1')
  for (const [from, to] of [
    ['subwords.settings', 'subwords.sEttings'],
    ['subwords.buckets', 'subwords.bUckets'],
    ['subwords.vectors', 'subwords.vEctors'],
  ] as const) {
    const wrong = Uint8Array.from(Buffer.from(text.replace(from, to), 'latin1'))
    await assert.rejects(readBytesOf(wrong), { code: 'bad-data', message: /sub-words/ })
  }
})

test('a limit and a list of words keep those words and all n-grams', async () => {
  const whole = await load(here('skip-gram.bin'))
  for (const options of [{ limit: 5 }, { words: ['loom', 'Fäden', 'nowhere'] }]) {
    const part = await load(here('skip-gram.bin'), options)
    for (const word of [...part.vocabulary.words(), 'Weberinnen', 'nowhere'])
      assert.deepEqual(part.vector(word), whole.vector(word), word)
    assert.equal(part.outputVectors!.rows, part.size)
  }
  const listed = await load(here('skip-gram.bin'), { words: ['loom', 'nowhere'] })
  assert.deepEqual(row(listed.outputVectors!, 0), row(whole.outputVectors!, whole.vocabulary.idOf('loom')!))
  assert.match(listed.warnings[0]!, /1 of the 2 words asked for is not in it/)
  assert.deepEqual((await load(here('cbow.bin'), { limit: 5 })).outputVectors, undefined) // rows of a tree
})

test('files of version 11 and of the time before versions are read', async () => {
  const bytes = readFileSync(here('skip-gram.bin'))
  const expected = await readBytesOf(bytes)
  const eleven = Buffer.from(bytes)
  eleven.writeInt32LE(11, 4)
  for (const old of [eleven, withoutVersion(bytes)]) {
    const found = await readBytesOf(old)
    assert.deepEqual(rowsOf(found), rowsOf(expected))
    assert.deepEqual(found.vector('Weberinnen'), expected.vector('Weberinnen'))
    assert.deepEqual(found.outputVectors, expected.outputVectors)
  }
})

test('the format of .bin is fastText’s for vectors with sub-words, and others say what they lose', async () => {
  const path = join(await temporaryFolder(), 'some.bin')
  const vectors = smallVectors(10)
  await save(vectors, path)
  assert.deepEqual((await load(path)).subwords, vectors.subwords)
  assert.equal(formatOfExtension(path), 'word2vec-binary')
  assert.match(
    lostIn('word2vec-text', vectors)!,
    /no room for sub-words.*safetensors and fasttext keep them$/,
  )
  assert.equal(lostIn('safetensors', vectors), undefined)
  assert.equal(lostIn('word2vec-text', {}), undefined)
})

test('headers that cannot be are refused before memory is taken, by name', async () => {
  const bytes = readFileSync(here('skip-gram.bin'))
  const sizes = 64 // of the dictionary
  const wrong: [at: number, value: number | bigint, message: RegExp][] = [
    [4, 13, /version of the fastText file is 13; expected version 11 or 12/],
    [8, 0, /0 dimensions/],
    [8, -1, /dimensions of the fastText file is -1/],
    [8, 2 ** 30, /dimensions/],
    [32, 7, /unknown loss or model/],
    [40, -1, /buckets of the fastText file is -1/],
    [40, 2 ** 31 - 1, /the file announces .* for the input rows/],
    [sizes, 2 ** 31 - 1, /dictionary of the fastText file announces/],
    [sizes + 12, -5n, /dictionary of the fastText file announces/],
    [sizes + 20, 7n, /quantised/],
  ]
  for (const [at, value, message] of wrong) {
    const copy = Buffer.from(bytes)
    if (typeof value === 'bigint') copy.writeBigInt64LE(value, at)
    else copy.writeInt32LE(value, at)
    await assert.rejects(readBytesOf(copy), { code: 'bad-data', message })
  }
  const many = Buffer.from(bytes)
  for (const at of [sizes, sizes + 4]) many.writeInt32LE(2 ** 31 - 1, at)
  await assert.rejects(readBytesOf(many), { code: 'bad-data', message: /2,147,483,647 words and labels/ })
  const quantised = Buffer.from(bytes)
  quantised[matrixStart(bytes)] = 1
  await assert.rejects(readBytesOf(quantised), { code: 'bad-data', message: /quantised fastText model/ })
})

test('a word with a NUL is refused, and one with a space kept', () => {
  const vectors = (words: string[]) =>
    new WordVectors({ vocabulary: Vocabulary.of(words), matrix: allocateMatrix(words.length, 2) })
  assert.throws(() => bytesIn('fasttext', vectors(['a\0b'])), { code: 'bad-data', message: /NUL/ })
  assert.ok(bytesIn('fasttext', vectors(['new york'])).length > 0)
})

test('vectors without sub-words, and with few of their buckets, answer fastText', { skip }, async () => {
  const path = join(await temporaryFolder(), 'ours.bin')
  for (const vectors of [smallVectors(1000, Uint32Array.of(0, 3, 7, 999)), smallVectors(5)]) {
    await save(vectors, path)
    assertPrinted(vectors, printed(path, ['a', 'loom', 'b', 'looms', 'naïve']))
  }
  const { vocabulary, matrix } = smallVectors(5)
  const plain = new WordVectors({ vocabulary, matrix })
  await save(plain, path, { format: 'fasttext' })
  assertPrinted(plain, printed(path, ['a', 'loom', 'b', 'naïve']))
})

test('a model that fastText has quantised is refused by name', { skip }, async () => {
  const folder = await temporaryFolder()
  const text = join(folder, 'labelled.txt')
  const words = Array.from({ length: 300 }, (_, i) => `w${i}`)
  writeFileSync(text, words.map((word, i) => `__label__${i % 2} ${word} ${word}x\n`).join(''))
  const [model, quiet] = [join(folder, 'model'), ['-verbose', '0', '-thread', '1']]
  execFileSync('fasttext', ['supervised', '-input', text, '-output', model, '-dim', '4', ...quiet])
  execFileSync('fasttext', ['quantize', '-input', text, '-output', model, ...quiet])
  await assert.rejects(load(`${model}.ftz`), {
    code: 'bad-data',
    message: /quantised fastText model \(\.ftz\)/,
  })
})

/** Before version 11 there was no number of the format, no pruning and no quantising. */
function withoutVersion(bytes: Buffer): Buffer {
  const input = matrixStart(bytes)
  const rows = Number(bytes.readBigInt64LE(input + 1))
  const columns = Number(bytes.readBigInt64LE(input + 9))
  const output = input + 17 + rows * columns * 4
  return Buffer.concat([
    bytes.subarray(8, 84),
    bytes.subarray(92, input),
    bytes.subarray(input + 1, output),
    bytes.subarray(output + 1),
  ])
}

/** Where the flag of the input rows stands. */
function matrixStart(bytes: Buffer): number {
  let at = 92
  for (let entry = bytes.readInt32LE(64); entry > 0; entry--) at = bytes.indexOf(0, at) + 10
  return at
}

test('words come in the order of the file', async () => {
  const vectors = await load(here('skip-gram.bin'))
  const bytes = readFileSync(here('skip-gram.bin'))
  assert.equal(wordBytesOf(vectors).length, bytes.readInt32LE(68))
  assert.equal(vectors.vocabulary.word(0), '</s>')
})
