/** Types of Thrift's compact protocol. */
const STOP = 0
const BOOLEANS = [1, 2]
const BYTE = 3
const VARINTS = [4, 5, 6]
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const STRUCT = 12

/** Parquet's own descriptions are less than ten deep. */
const DEEPEST = 40

/**
 * Passes over a struct of Thrift's compact protocol (bytes[at …)) and gives where it ends. Throws an Error if a
 * length in it is more than the bytes that follow: unpacking it would first set aside room for that length.
 */
export function endOfStruct(bytes: Uint8Array, at: number, depth = 0): number {
  if (depth > DEEPEST) throw new Error('its description is nested too deeply')
  for (let i = at; ; ) {
    const byte = byteAt(bytes, i++)
    const type = byte & 0x0f
    if (type === STOP) return i
    if (byte >> 4 === 0) i = endOfVarint(bytes, i)
    if (!BOOLEANS.includes(type)) i = endOfElement(bytes, i, type, depth)
  }
}

function endOfElement(bytes: Uint8Array, at: number, type: number, depth: number): number {
  if (VARINTS.includes(type)) return endOfVarint(bytes, at)
  if (type === STRUCT) return endOfStruct(bytes, at, depth + 1)
  if (type === LIST) return endOfList(bytes, at, depth)
  if (type === BINARY) return checked(bytes, endOfVarint(bytes, at), varint(bytes, at))
  if (type === BYTE || BOOLEANS.includes(type)) return checked(bytes, at, 1)
  if (type === DOUBLE) return checked(bytes, at, 8)
  throw new Error(`its description has something of type ${type}`)
}

/** Every element takes a byte or more. */
function endOfList(bytes: Uint8Array, at: number, depth: number): number {
  const byte = byteAt(bytes, at)
  const isLong = byte >> 4 === 15
  const count = isLong ? varint(bytes, at + 1) : byte >> 4
  let i = isLong ? endOfVarint(bytes, at + 1) : at + 1
  checked(bytes, i, count)
  for (let n = 0; n < count; n++) i = endOfElement(bytes, i, byte & 0x0f, depth + 1)
  return i
}

function checked(bytes: Uint8Array, at: number, length: number): number {
  if (length >= 0 && at + length <= bytes.length) return at + length
  throw new Error(`its description names a length of ${length} where ${bytes.length - at} bytes follow`)
}

function endOfVarint(bytes: Uint8Array, at: number): number {
  let i = at
  while (byteAt(bytes, i) >= 0x80) i++
  return i + 1
}

/** As a float64: longer ones are too long for anything. */
function varint(bytes: Uint8Array, at: number): number {
  let value = 0
  let unit = 1
  for (let i = at; ; i++) {
    const byte = byteAt(bytes, i)
    value += (byte & 0x7f) * unit
    unit *= 128
    if (byte < 0x80) return value
  }
}

function byteAt(bytes: Uint8Array, at: number): number {
  if (at < bytes.length) return bytes[at]!
  throw new Error('its description breaks off')
}
