import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from '#formats/index'
import { rowsOf, sharedVectors, temporaryFolder, withoutShared, wordBytesOf } from './sample.js'

const skip = withoutShared

test('the same vectors as binary, text, and text without a header are the same', { skip }, async () => {
  const [binary, text, headerless] = await Promise.all(
    ['bin', 'txt', 'nodims'].map(extension => load(sharedVectors(`finalfusion/similarity.${extension}`))),
  )
  assert.equal(binary!.size, 41)
  for (const other of [text!, headerless!]) {
    assert.deepEqual(wordBytesOf(other), wordBytesOf(binary!))
    assert.deepEqual(rowsOf(other), rowsOf(binary!))
  }
  assert.equal(binary!.nearest('Berlin', 1)[0]!.word, text!.nearest('Berlin', 1)[0]!.word)
})

test('files that word2vec, gensim, fastText and GloVe wrote are read whole', { skip }, async () => {
  const files: [string, number, number, string][] = [
    ['gensim/euclidean_vectors.bin', 2747, 10, 'the'],
    ['gensim/poincare_vectors.bin', 1182, 10, 'mammal.n.01'],
    ['gensim/word2vec_pre_kv_c', 1750, 10, 'the'],
    ['gensim/EN.1-10.cbow1_wind5_hs0_neg10_size300_smpl1e-05.txt', 20, 300, 'one'],
    ['gensim/high_precision.kv.bin', 2, 2, 'kangaroo.n.01'],
    ['gensim/high_precision.kv.txt', 2, 2, 'kangaroo.n.01'],
    ['gensim/lee_fasttext.vec', 1762, 10, 'the'],
    ['gensim/crime-and-punishment.vec', 291, 5, 'и'],
    ['gensim/test_glove.txt', 76, 50, 'the'],
    ['finalfusion/analogy.bin', 43, 100, 'Paris'],
  ]
  for (const [file, size, dimensions, first] of files) {
    const vectors = await load(sharedVectors(file))
    assert.deepEqual(
      [vectors.size, vectors.dimensions, vectors.vocabulary.word(0)],
      [size, dimensions, first],
      file,
    )
  }
})

test('words cut inside a character keep their bytes', { skip }, async () => {
  const file = sharedVectors('gensim/w2v_keyedvectors_load_test.modeldata')
  const vectors = await load(file)
  const bytes = Buffer.from(vectors.vocabulary.bytes(0))
  assert.ok((await readFile(file)).includes(Buffer.concat([bytes, Buffer.from(' 0.6')])))
  assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
})

test('a header that announces too many rows is refused, and a limit reads what is there', {
  skip,
}, async () => {
  const file = sharedVectors('gensim/pretrained.vec')
  await assert.rejects(load(file), { code: 'bad-data', message: /announces 3 words.*after 1: .*limit: 1/ })
  assert.equal((await load(file, { limit: 1 })).size, 1)
})

test('safetensors files of others are opened and refused by what is in them', { skip }, async () => {
  for (const name of readdirSync(sharedVectors('safetensors')))
    await assert.rejects(load(sharedVectors(`safetensors/${name}`)), {
      code: 'bad-data',
      message: /there is no tensor "vectors" .*; expected a safetensors file of word vectors/,
    })
})

/** Every file of the shared data that is no list of word vectors that we read, and what its sentence says. */
const refusals: Record<string, RegExp> = {
  'finalfusion/similarity.fifu': /this is a finalfusion file\. Convert it/,
  'gensim/crime-and-punishment.txt': /expected a word and its numbers/,
  'gensim/fb-ngrams.txt': /"<start>" is not a header of word vectors/,
  'gensim/lda_3_0_1_model.expElogbeta.npy': /expected the words, which a NumPy array does not hold/,
  'gensim/lee_background.cor': /neither its first bytes nor its extension/,
  'gensim/pretrained.vec': /announces 3 words, but the file ends/,
  'gensim/reproduce.dat': /neither its first bytes nor its extension/,
  'gensim/reproduce.dat.gz': /neither its first bytes nor its extension/,
  'gensim/toy-data.txt': /without a line break/,
  'gensim/w2v_keyedvectors_load_test.vocab': /is not a header of word vectors/,
  'gensim/word2vec_old_sep.syn1neg.npy': /expected the words, which a NumPy array does not hold/,
  'gensim/word2vec_pre_kv_sep_py3.neg_labels.npy': /its shape is \(6,\)/,
  'gensim/word2vec_pre_kv_sep_py3.syn0.npy': /expected the words, which a NumPy array does not hold/,
  'gensim/word2vec_pre_kv_sep_py3.syn1neg.npy': /expected the words, which a NumPy array does not hold/,
  'medallia/cbowBasic.model': /this is a model of Word2VecJava \(medallia\)/,
  'medallia/skipGramBasic.model': /this is a model of Word2VecJava \(medallia\)/,
  'medallia/word2vec.short.txt': /"anarchism" is not a header of word vectors/,
}

test('every file of the shared data opens, or is refused by name', { skip }, async () => {
  const folders = ['finalfusion', 'gensim', 'medallia', 'safetensors']
  const files = folders.flatMap(folder => readdirSync(sharedVectors(folder)).map(name => `${folder}/${name}`))
  const message = (file: string) =>
    file.startsWith('safetensors/')
      ? /there is no tensor .*; expected a safetensors file of word vectors/
      : refusals[file]
  for (const file of files) {
    const expected = message(file)
    if (expected)
      await assert.rejects(load(sharedVectors(file)), { code: 'bad-data', message: expected }, file)
    else assert.ok((await load(sharedVectors(file))).size > 1, file)
  }
  assert.ok(files.length >= 40)
})

test('arrays of gensim are read where their words lie beside them', { skip }, async () => {
  const folder = await temporaryFolder()
  const array = await readFile(sharedVectors('gensim/word2vec_pre_kv_sep_py3.syn0.npy'))
  await writeFile(join(folder, 'syn0.npy'), array)
  await writeFile(join(folder, 'syn0.txt'), 'a\nb\nc\nd\ne\nf\ng\nh\ni\n')
  const vectors = await load(join(folder, 'syn0.npy'))
  assert.deepEqual([vectors.size, vectors.dimensions], [9, 2])
  assert.equal(vectors.vector('b')![0], array.readFloatLE(array.length - 9 * 8 + 8))
})
