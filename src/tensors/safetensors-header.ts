import type { WordloomError } from '../errors.js'
import type { ByteReader } from './byte-reader.js'
import { excessOf, LONGEST_HEADER } from './header-bounds.js'
import { tensorBytes } from './item-bytes.js'
import { duplicateKey } from './unique-keys.js'

const AGAIN = 'fetch the file or make it again'

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

/** Whether these bytes can begin a file: the length of a header, and its brace. */
export function beginsHeader(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return head.length > 8 && head[8] === 0x7b && view.getBigUint64(0, true) <= LONGEST_HEADER
}

/** Takes the header: an 8-byte length and that much JSON. Throws `bad-data` for anything unsound in it. */
export async function takeHeader(reader: ByteReader): Promise<SafetensorsHeader> {
  const length = await takeLength(reader)
  if (!(await reader.fill(length))) throw reader.cutOff('the header')
  const bytes = reader.bytes.subarray(reader.position, reader.position + length)
  const excess = excessOf(bytes)
  if (excess)
    throw reader.error({ ...excess, cure: 'keep the tensors that are wanted in a file of their own' })
  const json = decode(reader, bytes)
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
  if (length > most)
    throw reader.error({
      found: `the first 8 bytes announce a header of ${length.toLocaleString('en')} bytes`,
      expected: `at most ${most.toLocaleString('en')} in a whole safetensors file`,
      cure: AGAIN,
    })
  reader.position += 8
  return Number(length)
}

function decode(reader: ByteReader, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw wrong(reader, 'the header is not UTF-8')
  }
}

function parse(reader: ByteReader, json: string): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(json)
  } catch (cause) {
    throw wrong(reader, `the header is not JSON (${(cause as Error).message})`)
  }
  if (!json.startsWith('{') || !isRecord(header)) throw wrong(reader, 'the header is not a JSON object')
  const twice = duplicateKey(json)
  if (twice !== undefined) throw wrong(reader, `the header has the key ${JSON.stringify(twice)} twice`)
  return header
}

function tensorOf(reader: ByteReader, name: string, entry: unknown): TensorPlace {
  const place = { part: `tensor ${JSON.stringify(name)} in the header` }
  const unsound = (found: string, expected?: string) => reader.error({ place, found, expected, cure: AGAIN })
  if (!isRecord(entry)) throw unsound('it is no object', 'dtype, shape and data_offsets')
  const { dtype, shape, data_offsets: offsets, ...others } = entry
  if (tensorBytes(dtype, []) === undefined) throw unsound(`the dtype ${JSON.stringify(dtype)} is not known`)
  if (!areCounts(shape)) throw unsound('the shape is unsound', 'an array of whole numbers')
  if (!areCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    throw unsound('data_offsets are unsound', 'two whole numbers, the second not below the first')
  const surplus = Object.keys(others)[0]
  if (surplus !== undefined) throw unsound(`the key ${JSON.stringify(surplus)} is not known`)
  const [start, end] = offsets as [number, number]
  const bytes = tensorBytes(dtype, shape)
  if (bytes !== end - start)
    throw unsound(`${dtype} [${shape}] takes ${bytes} bytes, but data_offsets span ${end - start}`)
  return { name, dtype: dtype as string, shape, start, end }
}

/** Tensors must follow each other from byte 0 to the end of the file: no holes, no overlaps. */
function checkContiguous(reader: ByteReader, tensors: readonly TensorPlace[]): void {
  let end = 0
  for (const { name, start, end: next } of tensors) {
    if (start !== end)
      throw wrong(
        reader,
        `the tensor ${JSON.stringify(name)} starts at byte ${start} of the data, but the one before it ends at ${end}`,
        'no gaps and no overlaps',
      )
    end = next
  }
  const rest = reader.size === undefined ? end : reader.size - reader.offset
  if (rest !== end)
    throw wrong(
      reader,
      `the header describes ${end.toLocaleString('en')} bytes of data, but ${rest.toLocaleString('en')} follow it; the file was cut off or is damaged`,
    )
}

function checkedMetadata(reader: ByteReader, metadata: unknown): Record<string, string> {
  if (!isRecord(metadata)) throw wrong(reader, '__metadata__ in the header is no object')
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'string')
      throw wrong(reader, `__metadata__ ${JSON.stringify(key)} is a ${typeof value}`, 'a string')
  return metadata as Record<string, string>
}

function wrong(reader: ByteReader, found: string, expected?: string): WordloomError {
  return reader.error({ found, expected, cure: AGAIN })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(n => Number.isSafeInteger(n) && n >= 0)
}
