import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, awkwardVectors, bytesIn, readBytesOf } from './sample.js'

const whole = bytesIn('safetensors', awkwardVectors())
const headerLength = Number(new DataView(whole.buffer).getBigUint64(0, true))
const header = new TextDecoder().decode(whole.subarray(8, 8 + headerLength))
const data = whole.subarray(8 + headerLength)
const vectorsStart = placeOf('vectors')[0]

function placeOf(tensor: string): [number, number] {
  return JSON.parse(header)[tensor].data_offsets
}

/** The same file with another header. */
function withHeader(json: string, content: Uint8Array = data): Uint8Array {
  const bytes = ascii(json)
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true)
  return Buffer.concat([length, bytes, content])
}

function edited(from: string | RegExp, to: string): Uint8Array {
  assert.match(header, from instanceof RegExp ? from : new RegExp(from.replace(/[[\]{}.]/g, '\\$&')))
  return withHeader(header.replace(from, to))
}

test('tensors are aligned to their items, and the header fills 64 bytes', () => {
  assert.equal((8 + headerLength) % 64, 0)
  const { __metadata__, ...tensors } = JSON.parse(header)
  const sizes: Record<string, number> = { F64: 8, U64: 8, F32: 4, U32: 4, U8: 1 }
  for (const { dtype, data_offsets } of Object.values(tensors) as { dtype: string; data_offsets: number[] }[])
    assert.equal(data_offsets[0]! % sizes[dtype]!, 0)
  assert.deepEqual(Object.keys(tensors), [
    'vocabulary.counts',
    'vocabulary.offsets',
    'vocabulary.bytes',
    'vocabulary.index',
    'vectors',
  ])
  assert.equal(__metadata__.format, 'wordloom/1')
})

test('an unsound header is refused with what is wrong', async () => {
  await readBytesOf(withHeader(header))
  const wrong: [string, Uint8Array, RegExp][] = [
    ['a gap', edited('"data_offsets":[64,136]', '"data_offsets":[72,144]'), /starts at byte 72.*ends at 64/],
    ['an overlap', edited('"data_offsets":[64,136]', '"data_offsets":[56,128]'), /no gaps and no overlaps/],
    [
      'out of range',
      edited(
        /"shape":\[8,3\],"data_offsets":\[\d+,\d+\]/,
        `"shape":[8,30],"data_offsets":[${vectorsStart},${vectorsStart + 960}]`,
      ),
      /describes/,
    ],
    [
      'wrong size',
      edited('"shape":[8,3]', '"shape":[8,4]'),
      /F32 \[8,4\] takes 128 bytes, but data_offsets span 96/,
    ],
    ['another dtype', edited('"F64"', '"I64"'), /"vocabulary.counts": it is I64 \[8\]; expected F64 \[8\]/],
    ['an unknown dtype', edited('"F64"', '"F63"'), /dtype "F63" is not known/],
    ['a negative offset', edited('[0,64]', '[-64,0]'), /data_offsets .* two whole numbers/],
    ['a fraction', edited('[0,64]', '[0,64.5]'), /whole numbers/],
    ['offsets turned round', edited('[0,64]', '[64,0]'), /not below the first/],
    ['a huge shape', edited('"shape":[8,3]', '"shape":[9007199254740991,9007199254740991]'), /takes/],
    [
      'a key twice',
      edited('"vectors":', '"vectors":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"v\\u0065ctors":'),
      /the key "vectors" twice/,
    ],
    ['an inner key twice', edited('"dtype":"F64"', '"dtype":"F64","dtype":"F64"'), /the key "dtype" twice/],
    ['an unknown key', edited('"dtype":"F64"', '"dtype":"F64","x":1'), /the key "x" is not known/],
    [
      'metadata not a string',
      edited('"seed":"7"', '"seed":7'),
      /__metadata__ "seed" is a number; expected a string/,
    ],
    ['metadata not an object', edited(/"__metadata__":\{[^}]*\}/, '"__metadata__":[]'), /__metadata__/],
    ['no object', withHeader('[]', new Uint8Array(0)), /not a JSON object/],
    ['no JSON', withHeader('{"a":', new Uint8Array(0)), /not JSON/],
    ['a missing tensor', withHeader('{}', new Uint8Array(0)), /no tensor "vectors" .*\(none\)/],
    ['a newer format', edited('wordloom/1', 'wordloom/3'), /[Uu]se a newer wordloom/],
    ['bytes at the end', withHeader(header, Buffer.concat([data, ascii('x')])), /the header describes/],
  ]
  for (const [name, bytes, message] of wrong)
    await assert.rejects(readBytesOf(bytes, { format: 'safetensors' }), { code: 'bad-data', message }, name)
})

test('a hostile header length is refused before anything is read', async () => {
  for (const length of [2n ** 63n, 2n ** 64n - 1n, 100_000_001n, 99_000_000n]) {
    const bytes = new Uint8Array(whole)
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    await assert.rejects(readBytesOf(bytes, { format: 'safetensors' }), {
      code: 'bad-data',
      message: /announce a header/,
    })
  }
})

test('a header that is not UTF-8 is refused', async () => {
  const bytes = new Uint8Array(whole)
  bytes[20] = 0xff
  await assert.rejects(readBytesOf(bytes), { code: 'bad-data', message: /not UTF-8/ })
})

test('a vocabulary that contradicts itself, and numbers that are not finite, are refused', async () => {
  const start = 8 + headerLength
  const damaged = (change: (view: DataView) => void) => {
    const bytes = new Uint8Array(whole)
    change(new DataView(bytes.buffer, start))
    return readBytesOf(bytes)
  }
  await assert.rejects(
    damaged(view => view.setFloat64(8, Number.NaN, true)),
    { message: /count of word 1 is NaN/ },
  )
  await assert.rejects(
    damaged(view => view.setBigUint64(64, 1n, true)),
    { message: /word 0 is said to be bytes 1/ },
  )
  await assert.rejects(
    damaged(view => view.setBigUint64(72, 2n ** 60n, true)),
    { message: /word 0 is said/ },
  )
  await assert.rejects(
    damaged(view => view.setBigUint64(128, 1n, true)),
    { message: /word 7 is said to be bytes 41 to 1/ },
  )
  await assert.rejects(
    damaged(view => view.setFloat32(vectorsStart + 4, Number.NaN, true)),
    { message: /row 0 of "vectors": number \d+ is NaN/ },
  )
  const twice = awkwardVectors(['ab', 'cd'])
  const bytes = Buffer.from(bytesIn('safetensors', twice))
  bytes.set(ascii('abab'), bytes.indexOf('abcd'))
  await assert.rejects(readBytesOf(bytes), { code: 'bad-data', message: /word 1, "ab", is there twice/ })
})

test('tensors in another order, and tensors of others, do no harm', async () => {
  const { __metadata__, ...tensors } = JSON.parse(header) as Record<
    string,
    { data_offsets: [number, number] }
  >
  const extra = { dtype: 'U8', shape: [3], data_offsets: [0, 3] as [number, number] }
  const parts: Uint8Array[] = [ascii('abc')]
  let end = 3
  const reordered: Record<string, object> = { extra }
  for (const [name, tensor] of Object.entries(tensors).reverse()) {
    const part = data.subarray(...tensor.data_offsets)
    reordered[name] = { ...tensor, data_offsets: [end, end + part.length] }
    parts.push(part)
    end += part.length
  }
  const again = await readBytesOf(withHeader(JSON.stringify(reordered), Buffer.concat(parts)))
  assert.deepEqual(again.matrix.data, awkwardVectors().matrix.data)
  assert.deepEqual([...again.vocabulary.words()], [...awkwardVectors().vocabulary.words()])
})
