import type { ByteReader } from './byte-reader.js'
import { duplicateKey } from './unique-keys.js'

/** The limit that the safetensors library keeps, too. */
export const LONGEST_HEADER = 100_000_000

/** Bytes of one number; names as in the safetensors library. */
const itemBytes = new Map(
  Object.entries({
    BOOL: 1,
    U8: 1,
    I8: 1,
    F8_E5M2: 1,
    F8_E4M3: 1,
    F8_E8M0: 1,
    U16: 2,
    I16: 2,
    F16: 2,
    BF16: 2,
    U32: 4,
    I32: 4,
    F32: 4,
    U64: 8,
    I64: 8,
    F64: 8,
    C64: 8,
  }),
)

/** One tensor; `start` and `end` are bytes after the header. */
export interface TensorPlace {
  name: string
  dtype: string
  shape: number[]
  start: number
  end: number
}

export interface SafetensorsHeader {
  /** In the order they stand in the file, without gaps. */
  tensors: TensorPlace[]
  metadata: Record<string, string>
}

/** Takes the header: an 8-byte length and that much JSON. Throws `bad-data` for anything unsound in it. */
export async function takeHeader(reader: ByteReader): Promise<SafetensorsHeader> {
  const length = await takeLength(reader)
  if (!(await reader.fill(length))) throw reader.cutOff('the header')
  const json = decode(reader, reader.bytes.subarray(reader.position, reader.position + length))
  const { __metadata__: metadata = {}, ...entries } = parse(reader, json)
  reader.position += length
  const tensors = Object.entries(entries).map(([name, entry]) => tensorOf(reader, name, entry))
  tensors.sort((a, b) => a.start - b.start || a.end - b.end)
  checkContiguous(reader, tensors)
  return { tensors, metadata: checkedMetadata(reader, metadata) }
}

/** The header in bytes, padded with spaces so that the tensors start at a multiple of 64. */
export function encodeHeader({ tensors, metadata }: SafetensorsHeader): Uint8Array {
  const entries = tensors.map(({ name, dtype, shape, start, end }) => [
    name,
    { dtype, shape, data_offsets: [start, end] },
  ])
  const json = new TextEncoder().encode(
    JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }),
  )
  const length = Math.ceil((8 + json.length) / 64) * 64 - 8
  const bytes = new Uint8Array(8 + length).fill(0x20)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  bytes.set(json, 8)
  return bytes
}

async function takeLength(reader: ByteReader): Promise<number> {
  if (!(await reader.fill(8))) throw reader.cutOff('the length of the header')
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, 8)
  const length = view.getBigUint64(0, true)
  const most = Math.min(LONGEST_HEADER, (reader.size ?? Number.POSITIVE_INFINITY) - 8)
  if (length > LONGEST_HEADER || length > most)
    throw reader.error(
      `the first 8 bytes announce a header of ${length.toLocaleString('en')} bytes, and at most ${most.toLocaleString('en')} are possible; this is not a whole safetensors file`,
    )
  reader.position += 8
  return Number(length)
}

function decode(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw reader.error('the header is not UTF-8; this is not a safetensors file, or it is damaged')
  }
}

function parse(reader: ByteReader, json: string): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(json)
  } catch (cause) {
    throw reader.error(`the header is not JSON (${(cause as Error).message}); the file is damaged`)
  }
  if (!json.startsWith('{') || !isRecord(header)) throw reader.error('the header is not a JSON object')
  const twice = duplicateKey(json)
  if (twice !== undefined) throw reader.error(`the header has the key ${JSON.stringify(twice)} twice`)
  return header
}

function tensorOf(reader: ByteReader, name: string, entry: unknown): TensorPlace {
  const wrong = (what: string) => reader.error(`tensor ${JSON.stringify(name)} in the header: ${what}`)
  if (!isRecord(entry)) throw wrong('an object with dtype, shape and data_offsets is expected')
  const { dtype, shape, data_offsets: offsets, ...others } = entry
  const size = typeof dtype === 'string' ? itemBytes.get(dtype) : undefined
  if (size === undefined) throw wrong(`the dtype ${JSON.stringify(dtype)} is not known`)
  if (!areCounts(shape)) throw wrong('the shape must be an array of whole numbers')
  if (!areCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    throw wrong('data_offsets must be two whole numbers, the second not below the first')
  const surplus = Object.keys(others)[0]
  if (surplus !== undefined) throw wrong(`the key ${JSON.stringify(surplus)} is not known`)
  const [start, end] = offsets as [number, number]
  const bytes = shape.reduce((product, n) => product * n, size)
  if (bytes !== end - start)
    throw wrong(`${dtype} [${shape}] takes ${bytes} bytes, but data_offsets span ${end - start}`)
  return { name, dtype: dtype as string, shape, start, end }
}

/** Tensors must follow each other from byte 0 to the end of the file: no holes, no overlaps. */
function checkContiguous(reader: ByteReader, tensors: readonly TensorPlace[]): void {
  let end = 0
  for (const tensor of tensors) {
    if (tensor.start !== end)
      throw reader.error(
        `tensor ${JSON.stringify(tensor.name)} starts at byte ${tensor.start} of the data, but the one before it ends at ${end}; there may be no gaps and no overlaps`,
      )
    end = tensor.end
  }
  const rest = reader.size === undefined ? end : reader.size - reader.offset
  if (rest !== end)
    throw reader.error(
      `the header describes ${end.toLocaleString('en')} bytes of data, but ${rest.toLocaleString('en')} follow it; the file was cut off or is damaged`,
    )
}

function checkedMetadata(reader: ByteReader, metadata: unknown): Record<string, string> {
  if (!isRecord(metadata)) throw reader.error('__metadata__ in the header must be an object')
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'string') throw reader.error(`__metadata__ ${JSON.stringify(key)} must be a string`)
  return metadata as Record<string, string>
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(n => Number.isSafeInteger(n) && n >= 0)
}
