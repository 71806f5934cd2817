import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { load } from '#formats/index'
import { tokenCutterOf } from '#formats/token-embeddings/token-cutter'
import { fileOf } from '#tensors/index'
import { sentenceVectors } from '#vectors/index'
import { wordloom } from '../cli/wordloom.js'
import { temporaryFolder } from './sample.js'

interface TokenizerFile {
  readonly normalizer?: unknown
  readonly pre_tokenizer?: unknown
  readonly model: { readonly vocab: object; readonly [key: string]: unknown }
}

/** Cuts texts into the names of tokens, without the unknown ones. */
async function pieceTokenizer(json: TokenizerFile): Promise<(text: string) => string[]> {
  const { vocab, unk_token: unknown, unk_id: unknownId } = json.model
  const names = new Map<number, string>(
    Array.isArray(vocab)
      ? vocab.map(([token], id) => [id, token])
      : Object.entries(vocab).map(([token, id]) => [id, token]),
  )
  const cut = await tokenCutterOf({ ...json })
  return text => {
    const known = cut(text).filter(id => id !== unknownId && names.get(id) !== unknown)
    return known.map(id => names.get(id)!)
  }
}

const bert = {
  normalizer: { type: 'BertNormalizer', lowercase: true, strip_accents: null, handle_chinese_chars: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
}
const wordPiece = {
  type: 'WordPiece',
  unk_token: '[UNK]',
  continuing_subword_prefix: '##',
  vocab: { '[UNK]': 0, em: 1, '##bed': 2, '##ding': 3, '##s': 4, king: 5, cafe: 6, ',': 7, 東: 8 },
}
const unigram = {
  type: 'Unigram',
  unk_id: 0,
  vocab: [
    ['<unk>', 0],
    ['▁the', -2],
    ['▁', -3],
    ['t', -4],
    ['he', -4],
    ['cat', -3],
    ['▁ca', -3],
    ['ts', -3],
    ['s', -5],
  ],
}

test('a word is cut into the longest pieces from its beginning, as WordPiece does', async () => {
  const tokens = await pieceTokenizer({ ...bert, model: wordPiece })
  assert.deepEqual(tokens('Embeddings king'), ['em', '##bed', '##ding', '##s', 'king'])
  assert.deepEqual(tokens('Café, KING'), ['cafe', ',', 'king'])
  assert.deepEqual(tokens('king東king'), ['king', '東', 'king'])
  assert.deepEqual(tokens('kingz [UNK] ##s emz'), [], 'no piece, no token')
  assert.deepEqual(tokens(''), [])
  const long = await pieceTokenizer({ ...bert, model: { ...wordPiece, max_input_chars_per_word: 4 } })
  assert.deepEqual(long('king embed'), ['king'])
})

test('a word is cut into the likeliest pieces, as Unigram does', async () => {
  const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }
  const tokens = await pieceTokenizer({
    normalizer: { type: 'Nmt' },
    pre_tokenizer: metaspace,
    model: unigram,
  })
  assert.deepEqual(tokens('the cats'), ['▁the', '▁ca', 'ts'])
  assert.deepEqual(tokens('zthez'), ['▁', 't', 'he'], 'characters without a piece are left out')
  const split = await pieceTokenizer({ pre_tokenizer: { type: 'WhitespaceSplit' }, model: unigram })
  assert.deepEqual(split('cats he'), ['cat', 's', 'he'])
})

test('rules of texts are those of the file', async () => {
  const level = { type: 'WordLevel', unk_token: '?', vocab: { a: 0, B: 1, '1': 2, '.': 3, 'x y': 4, '?': 5 } }
  const cut = async (normalizer: object | null, pre_tokenizer: object | null, text: string) =>
    (await pieceTokenizer({ normalizer, pre_tokenizer, model: level }))(text)
  assert.deepEqual(await cut(null, { type: 'WhitespaceSplit' }, 'a B a.'), ['a', 'B'])
  assert.deepEqual(await cut(null, { type: 'Whitespace' }, 'a B.'), ['a', 'B', '.'])
  assert.deepEqual(await cut({ type: 'Lowercase' }, { type: 'Whitespace' }, 'A B'), ['a'])
  assert.deepEqual(await cut(null, null, 'x y'), ['x y'])
  const parts = [
    { type: 'WhitespaceSplit' },
    { type: 'Punctuation' },
    { type: 'Digits', individual_digits: true },
  ]
  assert.deepEqual(await cut(null, { type: 'Sequence', pretokenizers: parts }, 'a1. 11?'), [
    'a',
    '1',
    '.',
    '1',
    '1',
  ])
  const changes = [
    { type: 'NFKC' },
    { type: 'Replace', pattern: { String: 'q' }, content: 'a' },
    { type: 'Strip' },
  ]
  assert.deepEqual(await cut({ type: 'Sequence', normalizers: changes }, null, ' q '), ['a'])
  assert.deepEqual(await cut({ type: 'Prepend', prepend: 'x' }, null, ' y'), ['x y'])
  await assert.rejects(cut({ type: 'Magic' }, null, 'a'), /its normalizer is "Magic"/)
  await assert.rejects(cut(null, { type: 'UnicodeScripts' }, 'a'), /its pre_tokenizer is "UnicodeScripts"/)
  const refused = async (model: object, message: RegExp) => assert.rejects(tokenCutterOf({ model }), message)
  await refused({ type: 'Magic', vocab: {} }, /its model is "Magic"/)
  await refused({ type: 'BPE', dropout: 0.1, vocab: {}, merges: [] }, /its model is "BPE with dropout"/)
  await refused(
    { ...unigram, byte_fallback: true },
    /its model is "Unigram with bytes for unknown characters"/,
  )
  await refused({ type: 'Unigram', vocab: 3 }, /its content is "/)
})

async function modelIn(folder: string, tokenizer: object): Promise<string> {
  const path = join(folder, 'model.safetensors')
  const rows = Float32Array.from({ length: 9 }, (_, i) => i)
  const embeddings = {
    name: 'embeddings',
    dtype: 'F32',
    shape: [9, 1],
    chunks: [new Uint8Array(rows.buffer)],
  }
  await writeFile(path, Buffer.concat([...fileOf([embeddings], {})]))
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
  return path
}

test('sentences of a model of model2vec are the means of their tokens, and zeros come with a warning', async () => {
  const folder = await temporaryFolder()
  const path = await modelIn(folder, { ...bert, model: wordPiece })
  const vectors = await load(path)
  const pooled = sentenceVectors(vectors, ['Embeddings king', 'zebra'].map(vectors.tokenize!), {
    pooling: 'mean',
  })
  assert.deepEqual([pooled.vector(0)[0], pooled.vector(1)[0]], [(1 + 2 + 3 + 4 + 5) / 5, 0])
  assert.match(String(pooled.warnings), /1 of 2 sentences has no word/)
  const given = { cwd: folder, input: 'Embeddings king\nKING\nzebra\n' }
  const { stdout, stderr } = await wordloom(['sentences', path, '--pooling', 'mean'], given)
  assert.equal(stdout, '3\n5\n0\n')
  assert.match(stderr, /1 of 3 sentences has no word with a vector/)
  const whole = await wordloom(['sentences', path, '--pooling', 'mean', '--tokenizer', 'whitespace'], given)
  assert.equal(whole.stdout, '5\n0\n0\n')
})

test('a tokenizer that is not known here is told, and words are looked up whole', async () => {
  const model = { ...wordPiece, type: 'Magic' }
  const folder = await temporaryFolder()
  const vectors = await load(await modelIn(folder, { model }))
  assert.equal(vectors.tokenize, undefined)
  assert.match(
    String(vectors.warnings),
    /texts are not encoded as the makers of the model do it, since its model is "Magic"$/,
  )
  assert.throws(() => sentenceVectors(vectors, ['king'], { pooling: 'mean' }), {
    code: 'usage',
    message: /a sentence is a text, and these vectors came without rules to cut it/,
  })
  assert.throws(() => sentenceVectors(vectors, [['king']], { pooling: 'model' }), {
    code: 'usage',
    message: /pooling is model, and these vectors are not those of a static sentence model/,
  })
})
