import type { Random } from '#math/random'

/** Numbers at which readers go wrong. */
const lengths = [
  0,
  1,
  0x7f,
  0xff,
  0x100,
  0x7fff,
  0xffff,
  0x10000,
  0x7fffffff,
  0x80000000,
  0xffffffff,
  2 ** 40,
  2 ** 53,
  2 ** 63,
]

/** Fields at which readers of text go wrong. */
const fields = [
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  '0',
  '-1',
  '1e9',
  '1e999',
  'nan',
  'inf',
  '0x10',
  '1_000',
  '1.5abc',
  '2147483648',
  '9007199254740993',
  '99999999999999999999',
  '__proto__',
  '{"a":',
  '[[[[',
  '"',
  '\\u0000',
  '\ufeff',
  '\u2028',
]

type Mutation = (bytes: Buffer, random: Random, others: readonly Uint8Array[]) => Buffer

const mutations: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const copy = Buffer.from(bytes)
    if (copy.length > 0) copy[place(copy, random)]! ^= 1 << random.below(8)
    return copy
  },
  function setByte(bytes, random) {
    const copy = Buffer.from(bytes)
    if (copy.length > 0) copy[place(copy, random)] = random.below(256)
    return copy
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length + 1))
  },
  function remove(bytes, random) {
    const at = place(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(16))])
  },
  function repeat(bytes, random) {
    const at = place(bytes, random)
    const part = bytes.subarray(at, at + 1 + random.below(40))
    const times = 1 + random.below(4)
    return Buffer.concat([bytes.subarray(0, at), ...Array(times).fill(part), bytes.subarray(at)])
  },
  function writeLength(bytes, random) {
    const copy = Buffer.from(bytes)
    const size = [1, 2, 4, 8][random.below(4)]!
    if (copy.length < size) return copy
    const chosen =
      random.below(4) === 0 ? copy.length + random.below(9) - 4 : lengths[random.below(lengths.length)]!
    const value = BigInt.asUintN(8 * size, BigInt(Math.max(0, chosen)) - BigInt(random.below(2)))
    const at = Math.min(place(copy, random), copy.length - size)
    for (let i = 0; i < size; i++) copy[at + i] = Number((value >> BigInt(8 * i)) & 0xffn)
    return copy
  },
  function insertField(bytes, random) {
    const at = place(bytes, random)
    const field = Buffer.from(fields[random.below(fields.length)]!)
    return Buffer.concat([bytes.subarray(0, at), field, bytes.subarray(at)])
  },
  function replaceDigits(bytes, random) {
    const at = bytes.subarray(place(bytes, random)).findIndex(byte => byte >= 0x30 && byte <= 0x39)
    if (at < 0) return bytes
    let end = at
    while (end < bytes.length && bytes[end]! >= 0x30 && bytes[end]! <= 0x39) end++
    const field = Buffer.from(fields[random.below(fields.length)]!)
    return Buffer.concat([bytes.subarray(0, at), field, bytes.subarray(end)])
  },
  function splice(bytes, random, others) {
    const other = Buffer.from(others[random.below(others.length)]!)
    return Buffer.concat([bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random))])
  },
]

/** One to four mutations, as `random` draws them; `others` are whole files to splice with. */
export function mutated(
  bytes: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  let result = Buffer.from(bytes)
  for (let times = 1 + random.below(4); times > 0; times--)
    result = Buffer.from(mutations[random.below(mutations.length)]!(result, random, others))
  return new Uint8Array(result)
}

/** Half of the time near the beginning, where lengths and types stand. */
function place(bytes: Uint8Array, random: Random): number {
  const end = random.below(2) === 0 ? bytes.length : Math.min(bytes.length, 96)
  return random.below(Math.max(1, end))
}
