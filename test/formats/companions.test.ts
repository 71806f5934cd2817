import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type FormatName, load, save } from '#formats/index'
import { plainWords } from './plain-words.js'
import { ascii, awkwardVectors, rowsOf, temporaryFolder, wordBytesOf } from './sample.js'

/** An array as numpy.save writes it. */
function npyOf(
  descr: string,
  shape: string,
  numbers: Uint8Array,
  version = 1,
  fortran = 'False',
): Uint8Array {
  const dict = ascii(`{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`)
  const length = version === 1 ? [dict.length, 0] : [dict.length, 0, 0, 0]
  return Buffer.concat([
    Uint8Array.of(0x93),
    ascii('NUMPY'),
    Uint8Array.of(version, 0, ...length),
    dict,
    numbers,
  ])
}

const floats = (...numbers: number[]) => new Uint8Array(Float32Array.from(numbers).buffer)

test('formats of several files write them beside each other and read them back', async () => {
  const files: [FormatName, string, string[]][] = [
    ['npy', 'v.npy', ['v.npy', 'v.words.txt']],
    ['projector', 'vectors.tsv', ['metadata.tsv', 'vectors.tsv']],
    ['projector', 'x_tensors.tsv', ['x_metadata.tsv', 'x_tensors.tsv']],
    ['projector', 'v.tsv', ['v.metadata.tsv', 'v.tsv']],
    ['model2vec', 'model.safetensors', ['config.json', 'model.safetensors', 'tokenizer.json']],
    ['parquet', 'v.parquet', ['v.parquet']],
  ]
  for (const [format, name, expected] of files) {
    const folder = await temporaryFolder()
    const vectors = awkwardVectors(plainWords, 5)
    await save(vectors, join(folder, name), { format })
    assert.deepEqual((await readdir(folder)).sort(), expected)
    const again = await load(join(folder, name))
    assert.deepEqual(wordBytesOf(again), wordBytesOf(vectors), format)
    assert.deepEqual(rowsOf(again), rowsOf(vectors), format)
    assert.deepEqual(again.warnings, [])
    assert.equal((await load(join(folder, name), { limit: 2 })).size, 2)
    const chosen = await load(join(folder, name), { words: ['2', 'new york', 'missing'] })
    assert.deepEqual([...chosen.vocabulary.words()], ['2', 'new york'])
    assert.deepEqual(rowsOf(chosen), [rowsOf(vectors)[3], rowsOf(vectors)[6]])
    assert.match(chosen.warnings[0]!, /1 of the 3 words asked for is not in it/)
    await assert.rejects(load(join(folder, name), { words: ['missing'] }), {
      code: 'bad-data',
      message: /none/,
    })
  }
})

test('arrays of two, four and eight bytes and of all versions are read, of other kinds refused by name', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'a.npy')
  await writeFile(join(folder, 'a.words.txt'), '\ufeffone\r\ntwo\n')
  const half = Uint8Array.of(0, 0x3c, 0, 0xc0, 1, 0, 0xff, 0x7b) // 1, −2, 2⁻²⁴, 65504
  const double = new Uint8Array(Float64Array.of(1, -2, 0.1, 1e30).buffer)
  const good: [Uint8Array, number[][]][] = [
    [
      npyOf("'<f4'", '(2, 2)', floats(1, -2, 3, 4)),
      [
        [1, -2],
        [3, 4],
      ],
    ],
    [
      npyOf("'<f4'", '(2, 2)', floats(1, -2, 3, 4), 2),
      [
        [1, -2],
        [3, 4],
      ],
    ],
    [
      npyOf("'<f4'", '(2, 2)', floats(1, -2, 3, 4), 3),
      [
        [1, -2],
        [3, 4],
      ],
    ],
    [
      npyOf("'<f2'", '(2, 2)', half),
      [
        [1, -2],
        [2 ** -24, 65504],
      ],
    ],
    [
      npyOf("'<f8'", '(2, 2)', double),
      [
        [1, -2],
        [Math.fround(0.1), Math.fround(1e30)],
      ],
    ],
  ]
  for (const [bytes, rows] of good) {
    await writeFile(path, bytes)
    const vectors = await load(path)
    assert.deepEqual(rowsOf(vectors), rows)
    assert.deepEqual([...vectors.vocabulary.words()], ['one', 'two'])
  }
  const wrong: [Uint8Array, RegExp][] = [
    [npyOf("'|O'", '(2, 2)', floats(1)), /pickle/],
    [npyOf("'<f4'", '(2, 2)', floats(1, 2, 3, 4), 1, 'True'), /Fortran order/],
    [npyOf("'>f4'", '(2, 2)', floats(1, 2, 3, 4)), />f4; expected <f2, <f4 or <f8/],
    [npyOf("'<i8'", '(2, 2)', floats(1, 2, 3, 4)), /<i8/],
    [npyOf("[('a', '<f4')]", '(2, 2)', floats(1)), /structured/],
    [npyOf("'<f4'", '(4,)', floats(1, 2, 3, 4)), /shape is \(4,\)/],
    [npyOf("'<f4'", '(2, 2, 1)', floats(1, 2, 3, 4)), /shape/],
    [npyOf("'<f4'", '(0, 2)', floats()), /shape/],
    [
      npyOf("'<f4'", '(1000000000, 300)', floats(1)),
      /4 bytes follow the header.*; expected 1,200,000,000,000 bytes of numbers/,
    ],
    [npyOf("'<f4'", '(2, 2)', floats(1, 2, 3)), /cut off/],
    [npyOf("'<f4'", '(2, 2)', floats(1, 2, Number.NaN, 4)), /row 1: number 0 is NaN/],
    [npyOf("'<f8'", '(1, 1)', new Uint8Array(Float64Array.of(1e300).buffer)), /row 0: number 0 is Infinity/],
    [npyOf("'<f4'", '(3, 1)', floats(1, 2, 3)), /there are 2 words; expected 3, one for each row/],
    [npyOf("'<f4'", '(1, 1)', floats(1)), /more words than rows; expected 1 words/],
    [npyOf("'<f4'", '(2, 2)', floats(1, 2, 3, 4), 9), /version 1, 2 or 3/],
  ]
  for (const [bytes, message] of wrong) {
    await writeFile(path, bytes)
    await assert.rejects(load(path), { code: 'bad-data', message })
  }
  const alone = join(await temporaryFolder(), 'alone.npy')
  await writeFile(alone, npyOf("'<f4'", '(1, 1)', floats(1)))
  await assert.rejects(load(alone), {
    code: 'bad-data',
    message: /there is no alone\.words\.txt or alone\.txt beside it/,
  })
})

test('metadata with several columns has a header, and its column of words is taken', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'vectors.tsv'), '1\t2\n3\t4\n', 'utf8')
  await writeFile(join(folder, 'metadata.tsv'), 'count\tWord\n7\tking\n5\tqueen\n')
  await assert.rejects(load(join(folder, 'vectors.tsv')), { message: /header announces/ }) // or word2vec's header
  const vectors = await load(join(folder, 'vectors.tsv'), { format: 'projector' })
  assert.deepEqual([...vectors.vocabulary.words()], ['king', 'queen'])
  for (const [content, message] of [
    ['1.5\t2\n3\tx\n', /line 2, column 3: "x" is not a number/],
    ['1.5\t2\n3\n', /line 2, column \d+: the line is too short; expected 2 numbers with tabs/],
    ['1.5\t2\n', /more words than rows; expected 1 words/],
    ['1.5\t2\n3\t4\n5\t6\n', /there are 2 words; expected more, one for each row/],
  ] as const) {
    await writeFile(join(folder, 'vectors.tsv'), content)
    await assert.rejects(load(join(folder, 'vectors.tsv')), { code: 'bad-data', message })
  }
})

test('what a format cannot hold is refused with the word', async () => {
  const path = join(await temporaryFolder(), 'v')
  const bad: [FormatName, string | Uint8Array][] = [
    ['npy', 'a\nb'],
    ['projector', 'a\tb'],
    ['projector', ''],
    ['model2vec', Uint8Array.of(0x61, 0xff)],
    ['model2vec', '[UNK]'],
    ['parquet', Uint8Array.of(0x61, 0xff)],
    ['glove', 'a b'],
  ]
  for (const [format, word] of bad)
    await assert.rejects(save(awkwardVectors([word]), path, { format }), {
      code: 'bad-data',
      message: /the word "/,
    })
})

/** A safetensors file of others. */
function safetensorsOf(
  tensors: Record<string, [dtype: string, shape: number[], bytes: Uint8Array]>,
): Uint8Array {
  let end = 0
  const entries = Object.entries(tensors).map(([name, [dtype, shape, bytes]]) => {
    const start = end
    end += bytes.length
    return [name, { dtype, shape, data_offsets: [start, end] }]
  })
  const header = ascii(JSON.stringify(Object.fromEntries(entries)))
  const length = new Uint8Array(BigUint64Array.of(BigInt(header.length)).buffer)
  return Buffer.concat([length, header, ...Object.values(tensors).map(tensor => tensor[2])])
}

test("model2vec's mapping, weights and small floats are applied", async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'model.safetensors')
  const half = Uint8Array.of(0, 0x3c, 0, 0xc0, 0, 0x40, 0, 0x44) // [[1, −2], [2, 4]]
  const model = {
    type: 'Unigram',
    unk_id: 0,
    vocab: [
      ['a', 0],
      ['b', -1],
      ['c', -2],
    ],
  }
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify({ added_tokens: [], model }))
  await writeFile(
    path,
    safetensorsOf({
      embeddings: ['F16', [2, 2], half],
      mapping: ['I64', [3], new Uint8Array(BigInt64Array.of(1n, 0n, 1n).buffer)],
      weights: ['F64', [3], new Uint8Array(Float64Array.of(1, 0.5, 2).buffer)],
    }),
  )
  const vectors = await load(path)
  assert.deepEqual([...vectors.vocabulary.words()], ['a', 'b', 'c'])
  assert.deepEqual(rowsOf(vectors), [
    [2, 4],
    [0.5, -1],
    [4, 8],
  ])

  for (const weights of [[], [1], [1, 0.5], [1, 0.5, 2, 4]]) {
    const bytes = new Uint8Array(Float64Array.from(weights).buffer)
    const shape = [weights.length]
    await writeFile(
      path,
      safetensorsOf({ embeddings: ['F32', [3, 1], floats(1, 2, 3)], weights: ['F64', shape, bytes] }),
    )
    const message = new RegExp(`there are ${weights.length} weights; expected 3, one for each token`)
    await assert.rejects(load(path), { code: 'bad-data', message }, String(weights))
  }

  const bfloat = Uint8Array.of(0x80, 0x3f, 0x00, 0xc0) // 1, −2
  const words = { type: 'WordLevel', unk_token: '<unk>', vocab: { ['__proto__']: 1, '<unk>': 0 } }
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify({ model: words }))
  await writeFile(path, safetensorsOf({ embeddings: ['BF16', [2, 1], bfloat] }))
  assert.deepEqual(rowsOf(await load(path)), [[1], [-2]])
  await writeFile(path, safetensorsOf({ embeddings: ['I8', [2, 1], Uint8Array.of(1, 254)] }))
  assert.deepEqual(rowsOf(await load(path)), [[1], [-2]])
  await writeFile(path, safetensorsOf({ embeddings: ['U8', [2, 1], Uint8Array.of(1, 2)] }))
  await assert.rejects(load(path), {
    code: 'bad-data',
    message: /it is U8; expected one of F16, BF16, F32, F64, I8/,
  })
  await writeFile(path, safetensorsOf({ embeddings: ['F32', [3, 1], floats(1, 2, 3)] }))
  const padded = await load(path)
  assert.deepEqual(rowsOf(padded), [[1], [2]])
  assert.match(String(padded.warnings), /left out, without a token in tokenizer\.json: 1 row$/)
  await writeFile(path, safetensorsOf({ embeddings: ['F32', [1, 1], floats(1)] }))
  assert.match(String((await load(path)).warnings), /left out, without a row: 1 token of tokenizer\.json$/)
  const mapping = ['I32', [2], new Uint8Array(Int32Array.of(1, 0).buffer)] as [string, number[], Uint8Array]
  await writeFile(path, safetensorsOf({ embeddings: ['F32', [2, 1], floats(1, 2)], mapping }))
  assert.deepEqual(rowsOf(await load(path)), [[2], [1]])
})

test('a token that is half of a surrogate pair is refused', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'model.safetensors')
  const tokenizer = '{"model":{"type":"WordLevel","vocab":{"\\ud800":0,"\\ud801":1}}}'
  await writeFile(join(folder, 'tokenizer.json'), tokenizer)
  await writeFile(path, safetensorsOf({ embeddings: ['F32', [2, 1], floats(1, 2)] }))
  await assert.rejects(load(path), {
    code: 'bad-data',
    message: /token 0: tokenizer\.json has half of a surrogate/,
  })
})

test('a header of 128 bytes is no pickle', async () => {
  const path = join(await temporaryFolder(), 'v.safetensors')
  const json = JSON.stringify({ vectors: { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] } }).padEnd(128)
  const length = new Uint8Array(BigUint64Array.of(128n).buffer)
  await writeFile(path, Buffer.concat([length, ascii(json), floats(1)]))
  await assert.rejects(load(path), { message: /there is no tensor "vocabulary/ })
  for (const protocol of [2, 3, 4, 5]) {
    await writeFile(path, Buffer.concat([Uint8Array.of(0x80, protocol), ascii('x'.repeat(50))]))
    await assert.rejects(load(path), { message: /this is a Python pickle/ })
  }
})

test('the rows of a StaticEmbedding, and the unknown token of a Unigram model, are known', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'model.safetensors')
  const vocab = [
    ['[UNK]', 0],
    ['▁cat', -1],
  ]
  const model = { type: 'Unigram', unk_id: 0, vocab }
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify({ added_tokens: [], model }))
  await writeFile(path, safetensorsOf({ 'embedding.weight': ['F32', [2, 1], floats(0, 3)] }))
  const vectors = await load(path)
  assert.deepEqual([[...vectors.vocabulary.words()], rowsOf(vectors)], [['▁cat'], [[3]]])
})
