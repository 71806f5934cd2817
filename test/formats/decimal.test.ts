import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatFloat32, parseDecimal } from '#formats/lines/decimal'

const parse = (text: string) => parseDecimal(new TextEncoder().encode(text), 0, text.length)
const floatOfBits = (bits: number) => new Float32Array(Uint32Array.of(bits).buffer)[0]!

function shortest(x: number): number {
  for (let digits = 1; digits <= 9; digits++)
    if (Math.fround(Number(x.toPrecision(digits))) === x) return digits
  throw new Error(`${x} needs more than 9 digits`)
}

function significantDigits(text: string): number {
  return text.replace(/e.*/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length
}

test('every float32 is written in the fewest digits that read back the same', () => {
  const anyBits = fc.integer({ min: 0, max: 0xffffffff }).map(floatOfBits).filter(Number.isFinite)
  const usual = fc.float({ min: -10, max: 10, noNaN: true })
  fc.assert(
    fc.property(fc.oneof(anyBits, usual), x => {
      const text = formatFloat32(x)
      assert.ok(Object.is(Math.fround(parse(text)), x), `${x} became ${text}`)
      if (x !== 0) assert.equal(significantDigits(text), significantDigits(x.toPrecision(shortest(x))), text)
    }),
    { numRuns: 5000 },
  )
  assert.deepEqual(
    [0, -0, 1, -2.5, 100000, 1e-5, -0.000979306].map(x => formatFloat32(Math.fround(x))),
    ['0', '-0', '1', '-2.5', '100000', '0.00001', '-0.000979306'],
  )
})

test('decimals are read as Number reads them', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x =>
      assert.equal(parse(String(x)), x + 0),
    ),
  )
  for (const text of [
    '1',
    '-1',
    '+1',
    '.5',
    '5.',
    '1e5',
    '1E-5',
    '007',
    '123456789012345678901234567890',
    '1e-400',
    '1e400',
    '0e99999999999',
  ])
    assert.equal(parse(text), Number(text), text)
})

test('what Number would let pass and a file should not is NaN', () => {
  for (const text of [
    '',
    ' ',
    '1 ',
    '0x10',
    '0b1',
    'Infinity',
    'nan',
    '1e',
    '1e+',
    '-',
    '.',
    '1.5abc',
    '1_000',
    '1,5',
    '١',
  ])
    assert.ok(Number.isNaN(parse(text)), text)
})
