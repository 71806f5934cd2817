import type { AsyncBuffer, Compressors, PageHeader, SchemaTree } from 'hyparquet'
import { heapLimit } from '#platform/formats/parquet/heap'
import { WordloomError } from '../../errors.js'
import { endOfStruct } from './thrift.js'

/** A place in bytes, as the library keeps one. */
export interface Cursor {
  readonly view: DataView<ArrayBuffer>
  offset: number
}

/** How the pages of a column are packed. */
export interface Packing {
  /** Of the file, as errors show it. */
  readonly name: string
  readonly codec: Parameters<typeof import('hyparquet/src/datapage.js').decompressPage>[2]
  readonly compressors: Compressors
  readonly levels: Levels
}

/** A page that was looked over, without its compression. */
export interface Page {
  readonly header: PageHeader
  readonly content: Uint8Array<ArrayBuffer>
  readonly values: number
}

/** So many values may be in a page whatever its size: they take some megabytes. */
const FREE_VALUES = 1 << 18
/** Past that a byte holds at most this many values: a bit each, and runs of one value. */
const MOST_VALUES_A_BYTE = 64
/** What the library makes of a value on the way: two levels, an index, the value, a place in its row and slack. */
const HEAP_BYTES_A_VALUE = 64
const FREE_BYTES = 1 << 20
const MOST_TIMES = 2000

/** Looks over the description of a file, at its end: a struct of Thrift, its length and PAR1. Throws an Error. */
export async function checkDescription(file: AsyncBuffer): Promise<void> {
  const size = file.byteLength
  if (size < 12) throw new Error('it is too short')
  const footer = new DataView(await file.slice(size - 8, size))
  const length = footer.getUint32(0, true)
  if (length > size - 12) throw new Error(`its description is said to have ${length} bytes`)
  endOfStruct(new Uint8Array(await file.slice(size - 8 - length, size - 8)), 0)
}

/**
 * Takes the next page of a column and looks it over before the library makes values of it: it believes every length
 * that a file tells, and a run of 2²⁸ equal values is four bytes. Throws an Error that says what cannot be, and
 * `too-large` for a page of more values than the engine can hold at a time.
 */
export async function takePage(cursor: Cursor, packing: Packing): Promise<Page> {
  const { parquetHeader } = await import('hyparquet/src/column.js')
  const { buffer, byteOffset, byteLength } = cursor.view
  endOfStruct(new Uint8Array(buffer, byteOffset, byteLength), cursor.offset)
  const header = parquetHeader(cursor)
  const packed = header.compressed_page_size
  if (!(packed >= 0 && cursor.offset + packed <= byteLength))
    throw new Error(`a page is said to have ${packed} bytes`)
  const bytes = new Uint8Array(buffer, byteOffset + cursor.offset, packed)
  cursor.offset += packed
  return unpacked(header, bytes, packing)
}

/** How deep values can be nested, and how many of that may be missing. */
export interface Levels {
  readonly repetition: number
  readonly definition: number
}

export function levelsOf(schema: SchemaTree, path: readonly string[]): Levels {
  let [repetition, definition] = [0, 0]
  let node: SchemaTree | undefined = schema
  for (const name of path) {
    node = node.children.find(({ element }) => element.name === name)
    if (!node) throw new Error(`there is no column ${path.join('.')}`)
    const kind = node.element.repetition_type
    if (kind === 'REPEATED') repetition++
    if (kind !== 'REQUIRED') definition++
  }
  return { repetition, definition }
}

async function unpacked(header: PageHeader, bytes: Uint8Array<ArrayBuffer>, packing: Packing): Promise<Page> {
  const size = header.uncompressed_page_size
  const page = header.data_page_header ?? header.data_page_header_v2
  const values = page?.num_values ?? header.dictionary_page_header?.num_values ?? 0
  checkSizes(packing.name, bytes.length, size, values)
  const { decompressPage } = await import('hyparquet/src/datapage.js')
  const content = (part: Uint8Array<ArrayBuffer>, length: number) =>
    decompressPage(part, length, packing.codec, packing.compressors) as Uint8Array<ArrayBuffer>
  const v2 = header.data_page_header_v2
  if (!v2) {
    const whole = content(bytes, size)
    if (page) await checkValues(cursorOver(whole), packing.levels, page, undefined)
    return { header, content: whole, values }
  }
  const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } = v2
  const cut = repetition + definition
  if (!(repetition >= 0 && definition >= 0 && cut <= Math.min(size, bytes.length)))
    throw new Error(`the levels of a page are said to have ${cut} bytes`)
  const rest = bytes.subarray(cut)
  const whole = joined(bytes.subarray(0, cut), v2.is_compressed === false ? rest : content(rest, size - cut))
  await checkValues(cursorOver(whole), packing.levels, v2, [repetition, definition])
  return { header, content: whole, values }
}

function checkSizes(name: string, packed: number, size: number, values: number): void {
  if (!(size >= 0 && size <= Math.max(FREE_BYTES, MOST_TIMES * packed)))
    throw new Error(`a page of ${packed} bytes is said to unpack to ${size}`)
  if (!(values >= 0 && values <= Math.max(FREE_VALUES, MOST_VALUES_A_BYTE * size)))
    throw new Error(`a page of ${size} bytes is said to have ${values} values`)
  const most = Math.floor(heapLimit() / 2 / HEAP_BYTES_A_VALUE)
  if (values > Math.max(FREE_VALUES, most))
    throw new WordloomError('too-large', {
      place: { file: name },
      found: `a page announces ${values.toLocaleString('en')} values`,
      expected: `at most ${most.toLocaleString('en')}, which the memory of the engine can hold`,
      cure: 'write the file with smaller pages, or give the engine more memory (node --max-old-space-size)',
    })
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length)
  whole.set(a)
  whole.set(b, a.length)
  return whole
}

/** `lengths` are those of both kinds of levels, if they do not say so themselves. */
async function checkValues(
  cursor: Cursor,
  { repetition, definition }: Levels,
  { num_values: values, encoding }: { num_values: number; encoding: string },
  lengths: readonly [number, number] | undefined,
): Promise<void> {
  if (repetition > 0) await checkRuns(cursor, bitsFor(repetition), values, lengths?.[0])
  if (definition > 0) await checkRuns(cursor, bitsFor(definition), values, lengths?.[1])
  if (!encoding?.endsWith('_DICTIONARY')) return
  const bits = cursor.view.getUint8(cursor.offset++)
  if (bits > 32) throw new Error(`indices of ${bits} bits`)
  if (bits > 0) await checkRuns(cursor, bits, values, cursor.view.byteLength - cursor.offset)
}

/** Runs of equal values and packed ones: together they must not be more than there are (but for a last group of 8). */
async function checkRuns(
  cursor: Cursor,
  bits: number,
  values: number,
  given: number | undefined,
): Promise<void> {
  const { readVarInt } = await import('hyparquet/src/thrift.js')
  const length = given ?? cursor.view.getUint32(cursor.offset, true)
  if (given === undefined) cursor.offset += 4
  const end = cursor.offset + length
  for (let seen = 0; seen < values; ) {
    const header = readVarInt(cursor)
    const count = header & 1 ? (header >>> 1) * 8 : header >>> 1
    if (header < 0 || count === 0 || seen + count > values + 8 * MOST_VALUES_A_BYTE)
      throw new Error(`a run of ${count} values in a page of ${values}`)
    seen += count
    cursor.offset += header & 1 ? Math.ceil((Math.min(count, values) * bits) / 8) : (bits + 7) >> 3
  }
  cursor.offset = end
}

function bitsFor(level: number): number {
  return 32 - Math.clz32(level)
}

export function cursorOver(bytes: Uint8Array<ArrayBuffer>): Cursor {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
}
