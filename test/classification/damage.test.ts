import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsOf } from '#classification/classifier'
import { classifierPieces } from '#classification/fasttext/classifier-writer'
import { type Classifier, quantizeClassifier, readClassifier, writeClassifier } from '#classification/index'
import { sparse, trained } from './classifiers.js'

const stored = (classifier: Classifier) => Buffer.concat([...writeClassifier(classifier)])
const fastTexts = (classifier: Classifier) => Buffer.concat([...classifierPieces(partsOf(classifier))])
const coded = async () =>
  (await quantizeClassifier(trained(), { cutoff: 256, norms: true, subvectorSize: 3 })).classifier

/** What comes of the bytes, of a length that is known or not. */
function read(bytes: Uint8Array, isSized: boolean): Promise<Classifier> {
  return readClassifier({ name: 'c', chunks: [bytes], ...(isSized && { size: bytes.length }) })
}

const files: [name: string, bytes: () => Promise<Buffer>, step: number][] = [
  ['.bin', async () => fastTexts(sparse({})), 3],
  ['.ftz', async () => fastTexts(await coded()), 29],
  ['.safetensors', async () => stored(sparse({})), 3],
  ['.safetensors of codes', async () => stored(await coded()), 29],
]
for (const [name, make, step] of files)
  test(`a ${name} that is cut off anywhere is refused`, async () => {
    const whole = await make()
    await read(whole, true)
    await read(whole, false)
    for (let length = 0; length < whole.length; length += length < 200 ? 1 : step)
      for (const isSized of [true, false])
        await assert.rejects(
          read(whole.subarray(0, length), isSized),
          { code: 'bad-data' },
          `${length} of ${whole.length} bytes`,
        )
    await assert.rejects(read(Buffer.concat([whole, Buffer.of(0)]), true), { code: 'bad-data' })
  })

/** The header of a .safetensors, changed; its tensors stay. */
function withHeader(bytes: Buffer, change: (header: string) => string): Buffer {
  const length = Number(bytes.readBigUInt64LE(0))
  const header = bytes
    .subarray(8, 8 + length)
    .toString()
    .trimEnd()
  const changed = change(header)
  assert.notEqual(changed, header)
  const begin = Buffer.alloc(8)
  begin.writeBigUInt64LE(BigInt(Buffer.byteLength(changed)))
  return Buffer.concat([begin, Buffer.from(changed), bytes.subarray(8 + length)])
}

const lies: [string, string | RegExp, string, RegExp][] = [
  ['a loss that is none', 'softmax', 'hardmax', /the loss is unsound/],
  [
    'n-grams of no length',
    String.raw`\"wordNgrams\":2`,
    String.raw`\"wordNgrams\":-2`,
    /a setting is unsound/,
  ],
  [
    'n-grams of characters past any',
    String.raw`\"maxNgram\":3`,
    String.raw`\"maxNgram\":3e9`,
    /a setting is unsound/,
  ],
  [
    'fewer buckets',
    /\\"buckets\\":50/g,
    String.raw`\"buckets\":9`,
    /a bucket is there twice, or past the last one/,
  ],
  ['no settings', '"classifier":', '"klassifier":', /metadata "classifier": it is unsound/],
  [
    'a newer version',
    'wordloom-classifier/1',
    'wordloom-classifier/9',
    /expected wordloom-classifier\/1. Use a newer/,
  ],
  ['another program', 'wordloom-classifier/1', 'other/1', /is no classifier of Wordloom’s/],
  ['rows of another name', '"input":{', '"inputs":{', /tensor "input": it is missing/],
  [
    'rows that are codes',
    '"widths":{}'.replaceAll('"', String.raw`\"`),
    String.raw`\"widths\":{\"input\":2}`,
    /tensor "input.centroids": it is missing/,
  ],
  [
    'rows of another shape',
    /"shape":\[23,6\]/,
    '"shape":[6,23]',
    /tensor "input": it is \[6, 23\] for 23 words and buckets/,
  ],
  ['words of another shape', /"shape":\[4\]/, '"shape":[2,2]', /tensors "words"|tensors "labels"/],
]
for (const [name, from, to, message] of lies)
  test(`a .safetensors with ${name} is refused`, async () => {
    const bytes = withHeader(stored(sparse({})), header => header.replace(from, () => to))
    await assert.rejects(read(bytes, true), { code: 'bad-data', message })
  })

test('numbers that are not finite are refused', async () => {
  const bytes = stored(sparse({}))
  const at = bytes.length - 4 * 6 * 3 // the output rows, before words and labels
  for (let place = at - 400; place < bytes.length - 4; place += 4) {
    const changed = Buffer.from(bytes)
    changed.writeFloatLE(Number.NaN, place)
    await read(changed, true).then(
      () => {},
      error => assert.equal(error.code, 'bad-data'),
    )
  }
})
