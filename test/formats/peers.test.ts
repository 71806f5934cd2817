import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { load } from '#formats/index'
import { rowsOf, sharedVectors, withoutShared, wordBytesOf } from './sample.js'

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
  await assert.rejects(load(file), { code: 'bad-data', message: /announces 3 words.*after 1; .*limit of 1/ })
  assert.equal((await load(file, { limit: 1 })).size, 1)
})

test('safetensors files of others are opened and refused by what is in them', { skip }, async () => {
  for (const name of readdirSync(sharedVectors('safetensors')))
    await assert.rejects(load(sharedVectors(`safetensors/${name}`)), {
      code: 'bad-data',
      message: /not of word vectors: there is no tensor "vectors" \(found: "/,
    })
})

test('models of fastText and finalfusion, arrays and prose are refused with a sentence', {
  skip,
}, async () => {
  const files = [
    'gensim/lee_fasttext.bin',
    'gensim/lee_fasttext_new.bin',
    'gensim/crime-and-punishment.txt',
    'gensim/lee_background.cor',
    'gensim/reproduce.dat.gz',
    'gensim/word2vec_pre_kv_sep_py3.syn0.npy',
    'gensim/fb-ngrams.txt',
    'gensim/toy-data.txt',
    'medallia/cbowBasic.model',
    'finalfusion/similarity.fifu',
  ]
  for (const file of files) await assert.rejects(load(sharedVectors(file)), { code: 'bad-data' }, file)
})
