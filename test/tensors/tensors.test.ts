import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ByteReader,
  bytesOf,
  damageIn,
  digestSection,
  digestsOf,
  fileOf,
  fold,
  type Section,
  stretchesOf,
  TensorFile,
  takeHeader,
} from '#tensors/index'
import { rangesOf } from '../faults/memory-disk.js'
import { growthOf } from '../faults/sizes.js'

const numbers = Float32Array.of(1, 2, 3, 4, 5, 6)
const sections: Section[] = [
  {
    name: 'rows',
    dtype: 'F32',
    shape: [2, 3],
    chunks: [bytesOf(numbers.subarray(0, 3)), bytesOf(numbers.subarray(3))],
  },
  { name: 'none', dtype: 'F64', shape: [0, 3], chunks: [] },
  { name: 'bytes', dtype: 'U8', shape: [3], chunks: [Uint8Array.of(7, 8, 9)] },
]

const joined = (chunks: Iterable<Uint8Array>) => new Uint8Array(Buffer.concat([...chunks]))

function headerOf(json: string | Uint8Array): Promise<unknown> {
  const bytes = Buffer.from(json)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(bytes.length))
  return takeHeader(new ByteReader({ name: 'bomb', chunks: [length, bytes] }))
}

test('what is written as sections is read back by position, whole and in parts', async () => {
  const file = await TensorFile.open(rangesOf('x', joined(fileOf(sections, { kind: 'small' }))))
  assert.deepEqual(file.metadata, { kind: 'small' })
  assert.equal(file.dataStart % 64, 0)
  assert.deepEqual(
    file.tensors.map(({ name }) => name),
    ['rows', 'none', 'bytes'],
  )
  assert.deepEqual(new Float32Array((await file.read('rows')).buffer), numbers)
  assert.deepEqual(new Float32Array((await file.read('rows', 8, 16)).buffer), numbers.subarray(2, 4))
  assert.equal((await file.read('none')).length, 0)
  assert.deepEqual([...(await file.read('bytes', 1))], [8, 9])
})

test('a section of more or fewer bytes than its shape tells is a bug that is not written', () => {
  for (const chunks of [[new Uint8Array(2)], [new Uint8Array(2), new Uint8Array(2)]])
    assert.throws(() => joined(fileOf([{ name: 'x', dtype: 'U8', shape: [3], chunks }], {})), {
      code: 'internal',
    })
})

test('digests at the end tell which section has changed, and what was read back is compared with what was written', async () => {
  const stretches = stretchesOf(sections, {}, [digestSection('digests', sections.length)])
  const sums = stretches.map(({ chunks }) => [...chunks].reduce(fold, 0))
  const bytes = joined(stretches.flatMap(({ chunks }) => [...chunks]))
  const whole = Buffer.concat([bytes, await digestsOf(rangesOf('x', bytes), stretches, sums)])
  assert.equal(await damageIn(await TensorFile.open(rangesOf('x', whole))), undefined)
  const changed = Buffer.from(whole)
  changed[bytes.length - 1]! ^= 1
  assert.equal(
    await damageIn(await TensorFile.open(rangesOf('x', changed))),
    'bytes is not as it was written',
  )
  await assert.rejects(
    digestsOf(rangesOf('x', changed.subarray(0, bytes.length)), stretches, [...sums].fill(0, 1)),
    {
      code: 'EIO',
    },
  )
})

test('C1 a header of more tensors, values or lists than any file needs is refused before it is parsed', async () => {
  const entry = '{"dtype":"U8","shape":[0],"data_offsets":[0,0]}'
  const tensors = (count: number) =>
    `{"__metadata__":{"a":"{[,:"},${Array.from({ length: count }, (_, i) => `"t${i}":${entry}`).join()}}`
  await headerOf(tensors(4096))
  const bombs: [string | Uint8Array, RegExp][] = [
    [tensors(4097), /more than 4,096 tensors; expected at most 4,096/],
    [tensors(300_000), /more than 4,096 tensors/],
    [
      `{"t":{"dtype":"U8","shape":[${'1,'.repeat(20_000_000)}1],"data_offsets":[0,1]}}`,
      /more than 65,536 values/,
    ],
    [`{"__metadata__":{${'"a":"",'.repeat(3_000_000)}"b":""}}`, /more than 65,536 values/],
    [`{"t":${'['.repeat(30_000_000)}`, /nests lists in lists/],
  ]
  for (const [json, message] of bombs) {
    const bytes = Buffer.from(json)
    const grown = await growthOf(() => assert.rejects(headerOf(bytes), { code: 'bad-data', message }))
    assert.ok(grown < 160, `${message}: ${grown} MB`)
  }
})
