import type { AsyncBuffer, Compressors, FileMetaData, SchemaTree } from 'hyparquet'
import { type Cursor, cursorOver, levelsOf, type Packing, type Page, takePage } from './pages.js'

export type RowGroup = FileMetaData['row_groups'][number]
type ColumnFacts = NonNullable<RowGroup['columns'][number]['meta_data']>
export type Rows = ArrayLike<unknown>

/** A Parquet file that is read. */
export interface ParquetFile {
  readonly name: string
  readonly bytes: AsyncBuffer
  readonly schema: SchemaTree
  readonly compressors: Compressors
}

/** A row that continues over pages ends within this many values. */
const LONGEST_ROW = 1 << 22

/** A column of a row group, page by page: what is in memory is a page, never what all of them unpack to. */
export async function* columnRows(file: ParquetFile, group: RowGroup, name: string): AsyncGenerator<Rows> {
  const facts = factsOf(group, name)
  const packing = { ...file, codec: facts.codec, levels: levelsOf(file.schema, facts.path_in_schema) }
  const cursor = cursorOver(await chunkOf(file.bytes, facts))
  const rows = packing.levels.repetition > 0 ? nestedRows : flatRows
  for await (const found of rows(pages(cursor, packing), await decoderOf(file, facts)))
    if (found.length > 0) yield await assembled(found, facts, file.schema)
}

/** Two columns in step: as many rows at a time as both have. */
export async function* inStep(
  first: AsyncGenerator<Rows>,
  second: AsyncGenerator<Rows>,
): AsyncGenerator<readonly [Rows, Rows]> {
  let [left, right]: [Rows, Rows] = [[], []]
  for (;;) {
    if (left.length === 0) left = (await first.next()).value ?? []
    if (right.length === 0) right = (await second.next()).value ?? []
    const count = Math.min(left.length, right.length)
    if (count === 0) return
    yield [slice(left, 0, count), slice(right, 0, count)]
    left = slice(left, count)
    right = slice(right, count)
  }
}

function slice(rows: Rows, start: number, end?: number): Rows {
  return Array.prototype.slice.call(rows, start, end)
}

function factsOf(group: RowGroup, name: string): ColumnFacts {
  const found = group.columns.find(({ meta_data: facts }) => facts?.path_in_schema[0] === name)?.meta_data
  if (found) return found
  throw new Error(`a group of rows has no column ${name}`)
}

async function chunkOf(bytes: AsyncBuffer, facts: ColumnFacts): Promise<Uint8Array<ArrayBuffer>> {
  const start = Number(facts.dictionary_page_offset ?? facts.data_page_offset)
  const end = start + Number(facts.total_compressed_size)
  if (start >= 0 && start < end && end <= bytes.byteLength)
    return new Uint8Array(await bytes.slice(start, end))
  throw new Error(`a column is said to be bytes ${start} to ${end} of ${bytes.byteLength}`)
}

async function* pages(cursor: Cursor, packing: Packing): AsyncGenerator<Page> {
  while (cursor.offset < cursor.view.byteLength - 1) yield takePage(cursor, packing)
}

/** Values of a page in rows; `begun` are rows of pages before, the last of which it may go on with. */
type Decoder = (page: Page, begun: unknown[]) => Rows

/** Remembers the dictionary, of which a page of its own gives no rows. */
async function decoderOf({ schema, compressors }: ParquetFile, facts: ColumnFacts): Promise<Decoder> {
  const { readPage } = await import('hyparquet/src/column.js')
  const { convert, DEFAULT_PARSERS } = await import('hyparquet/src/convert.js')
  const { getTreePath } = await import('hyparquet/src/schema.js')
  const schemaPath = getTreePath(schema, facts.path_in_schema)
  const decoder = {
    ...facts,
    codec: 'UNCOMPRESSED' as const, // pages come without it
    pathInSchema: facts.path_in_schema,
    element: schemaPath.at(-1)!.element,
    schemaPath,
    compressors,
    parsers: { ...DEFAULT_PARSERS, stringFromBytes: (bytes: Uint8Array) => bytes },
  }
  let dictionary: ReturnType<typeof convert> | undefined
  return ({ header, content }, begun) => {
    const bare = { ...header, compressed_page_size: content.length }
    if (bare.data_page_header_v2)
      bare.data_page_header_v2 = { ...bare.data_page_header_v2, is_compressed: false }
    const { data = [] } = readPage(cursorOver(content), bare, decoder, dictionary, begun, 0)
    if (header.type !== 'DICTIONARY_PAGE') return data as Rows
    dictionary = convert(data, decoder)
    return []
  }
}

async function* flatRows(found: AsyncGenerator<Page>, decode: Decoder): AsyncGenerator<Rows> {
  for await (const page of found) yield decode(page, [])
}

/** The last row of a page is kept until it is known that the next does not go on with it. */
async function* nestedRows(found: AsyncGenerator<Page>, decode: Decoder): AsyncGenerator<Rows> {
  let begun: unknown[] = []
  let values = 0
  for await (const page of found) {
    const isOneRow = begun.length === 1
    if (page.header.type === 'DICTIONARY_PAGE' || page.values > 0) decode(page, begun)
    values = isOneRow && begun.length === 1 ? values + page.values : page.values
    if (begun.length === 1 && values > LONGEST_ROW)
      throw new Error(`a row of more than ${LONGEST_ROW.toLocaleString('en')} values`)
    const last = begun.pop()
    yield begun
    begun = last === undefined ? [] : [last]
  }
  yield begun
}

/** Rows as the schema says: lists within optional groups come wrapped. */
async function assembled(
  rows: Rows,
  { path_in_schema: path }: ColumnFacts,
  schema: SchemaTree,
): Promise<Rows> {
  const [name] = path
  if (path.length === 1) return rows
  const { assembleNested } = await import('hyparquet/src/assemble.js')
  const { DEFAULT_PARSERS } = await import('hyparquet/src/convert.js')
  const columns = new Map([[path.join('.'), rows as unknown[]]])
  assembleNested(columns, schema.children.find(({ element }) => element.name === name)!, DEFAULT_PARSERS)
  return columns.get(name!) ?? []
}
