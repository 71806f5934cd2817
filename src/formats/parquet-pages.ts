import type { AsyncBuffer, Compressors, FileMetaData, PageHeader, SchemaTree } from 'hyparquet'
import { endOfStruct } from './thrift.js'

type RowGroup = FileMetaData['row_groups'][number]
type ColumnFacts = NonNullable<RowGroup['columns'][number]['meta_data']>

/** A place in bytes, as the library keeps one. */
interface Cursor {
  readonly view: DataView<ArrayBuffer>
  offset: number
}

/** So many values may be in a page whatever its size: they take some megabytes. */
const FREE_VALUES = 1 << 18
/** Past that a byte holds at most so many values: a bit each, and runs of one value. */
const MOST_VALUES_A_BYTE = 64
const FREE_BYTES = 1 << 20
const MOST_TIMES = 2000

/**
 * Looks over the pages of these columns of a row group before the library unpacks them: it believes every length that a file
 * tells, and a run of 2²⁸ equal values is four bytes. Throws an Error that says what cannot be.
 */
export async function checkPages(
  file: AsyncBuffer,
  group: RowGroup,
  columns: readonly string[],
  schema: SchemaTree,
  compressors: Compressors,
): Promise<void> {
  for (const { meta_data: facts } of group.columns) {
    if (!facts || !columns.includes(facts.path_in_schema[0]!)) continue
    const levels = levelsOf(schema, facts.path_in_schema)
    const values = await checkChunk(file, facts, levels, compressors)
    if (!levels.repetition && values < Number(group.num_rows))
      throw new Error(`${group.num_rows} rows are announced, and ${values} are there`)
  }
}

/** Looks over the description of a file, at its end: a struct of Thrift, its length and PAR1. Throws an Error. */
export async function checkDescription(file: AsyncBuffer): Promise<void> {
  const size = file.byteLength
  if (size < 12) throw new Error('it is too short')
  const footer = new DataView(await file.slice(size - 8, size))
  const length = footer.getUint32(0, true)
  if (length > size - 12) throw new Error(`its description is said to have ${length} bytes`)
  endOfStruct(new Uint8Array(await file.slice(size - 8 - length, size - 8)), 0)
}

/** How deep values can be nested, and how many of that may be missing. */
interface Levels {
  readonly repetition: number
  readonly definition: number
}

function levelsOf(schema: SchemaTree, path: readonly string[]): Levels {
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

/** Gives how many values the pages have. */
async function checkChunk(
  file: AsyncBuffer,
  facts: ColumnFacts,
  levels: Levels,
  compressors: Compressors,
): Promise<number> {
  const { parquetHeader } = await import('hyparquet/src/column.js')
  const start = Number(facts.dictionary_page_offset ?? facts.data_page_offset)
  const end = start + Number(facts.total_compressed_size)
  if (!(start >= 0 && start < end && end <= file.byteLength))
    throw new Error(`a column is said to be bytes ${start} to ${end} of ${file.byteLength}`)
  const chunk = new Uint8Array(await file.slice(start, end))
  const cursor = cursorOver(chunk)
  let values = 0
  while (cursor.offset < cursor.view.byteLength - 1) {
    endOfStruct(chunk, cursor.offset)
    const header = parquetHeader(cursor)
    const packed = header.compressed_page_size
    if (!(packed >= 0 && cursor.offset + packed <= cursor.view.byteLength))
      throw new Error(`a page is said to have ${packed} bytes`)
    const bytes = new Uint8Array(cursor.view.buffer, cursor.view.byteOffset + cursor.offset, packed)
    values += await checkPage(header, bytes, facts, levels, compressors)
    cursor.offset += packed
  }
  return values
}

async function checkPage(
  header: PageHeader,
  bytes: Uint8Array<ArrayBuffer>,
  { codec }: ColumnFacts,
  levels: Levels,
  compressors: Compressors,
): Promise<number> {
  const size = header.uncompressed_page_size
  const page = header.data_page_header ?? header.data_page_header_v2
  const values = page?.num_values ?? header.dictionary_page_header?.num_values ?? 0
  if (!(size >= 0 && size <= Math.max(FREE_BYTES, MOST_TIMES * bytes.length)))
    throw new Error(`a page of ${bytes.length} bytes is said to unpack to ${size}`)
  if (!(values >= 0 && values <= Math.max(FREE_VALUES, MOST_VALUES_A_BYTE * size)))
    throw new Error(`a page of ${size} bytes is said to have ${values} values`)
  if (!page) return 0
  const { decompressPage } = await import('hyparquet/src/datapage.js')
  if (header.data_page_header) {
    const content = decompressPage(bytes, size, codec, compressors) as Uint8Array<ArrayBuffer>
    await checkValues(cursorOver(content), levels, page, undefined)
  } else if (header.data_page_header_v2) {
    const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } =
      header.data_page_header_v2
    const cut = repetition + definition
    if (!(repetition >= 0 && definition >= 0 && cut <= Math.min(size, bytes.length)))
      throw new Error(`the levels of a page are said to have ${cut} bytes`)
    const rest = bytes.subarray(cut)
    const content =
      header.data_page_header_v2.is_compressed === false
        ? rest
        : (decompressPage(rest, size - cut, codec, compressors) as Uint8Array<ArrayBuffer>)
    const whole = new Uint8Array(cut + content.length)
    whole.set(bytes.subarray(0, cut))
    whole.set(content, cut)
    await checkValues(cursorOver(whole), levels, page, [repetition, definition])
  }
  return values
}

/** `lengths` are those of both kinds of levels, where they do not say so themselves. */
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

function cursorOver(bytes: Uint8Array<ArrayBuffer>): Cursor {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
}
