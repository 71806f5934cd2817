import type { AsyncBuffer, FileMetaData, SchemaTree } from 'hyparquet'
import { WordloomError } from '../errors.js'
import type { ByteReader } from '../tensors/index.js'
import type { WordVectors } from '../vectors/index.js'
import { CollectedVectors } from './collected-vectors.js'
import { firstNotFinite } from './finite.js'
import type { ReadOptions } from './format.js'
import { MOST_DIMENSIONS } from './header.js'
import { checkDescription, checkPages } from './parquet-pages.js'

/** Which columns are which. */
interface Columns {
  word: string
  vector: string
}

/**
 * Row group by row group: by position where the source can do that, else all bytes are kept first, since the
 * description of a Parquet file stands at its end. Throws `bad-data`.
 */
export async function readParquet(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const ranges = await reader.ranges?.()
  try {
    return await collect(reader, await (ranges ? positional(ranges) : buffered(reader)), options)
  } catch (cause) {
    if (cause instanceof WordloomError || isOutOfMemory(cause)) throw cause
    throw reader.error(`not a Parquet file that can be read (${(cause as Error).message})`)
  } finally {
    await ranges?.close()
  }
}

/** Other RangeErrors are of damaged files: places outside of a buffer. */
function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof RangeError && /alloc|array length/i.test(cause.message)
}

function positional(
  ranges: NonNullable<Awaited<ReturnType<NonNullable<ByteReader['ranges']>>>>,
): AsyncBuffer {
  return {
    byteLength: ranges.size,
    slice: async (start, end = ranges.size) => (await ranges.read(start, end)).buffer,
  }
}

async function buffered(reader: ByteReader): Promise<AsyncBuffer> {
  while (await reader.fill(reader.available + 1)) await reader.fill(reader.available * 2)
  return reader.bytes.slice(reader.position).buffer as ArrayBuffer
}

async function collect(reader: ByteReader, file: AsyncBuffer, options: ReadOptions): Promise<WordVectors> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  await checkDescription(file)
  // Nothing geographic is looked for: with fewer children than none, the search would never end.
  const metadata = await parquetMetadataAsync(file, { geoparquet: false })
  const schema = parquetSchema(metadata)
  const columns = columnsOf(reader, schema)
  let collected: CollectedVectors | undefined
  for (const { group, start, end } of rowGroups(metadata)) {
    if (collected?.isFull) break
    await checkPages(file, group, [columns.word, columns.vector], schema, compressors)
    const read = {
      file,
      metadata,
      compressors,
      parsers: { stringFromBytes: (bytes: Uint8Array) => bytes },
      columns: [columns.word, columns.vector],
      rowStart: start,
      rowEnd: end,
    }
    let rows: unknown[][] = []
    await parquetRead({
      ...read,
      rowFormat: 'array',
      onComplete: found => {
        rows = found as unknown[][]
      },
    })
    for (const [i, found] of rows.entries()) {
      collected ??= new CollectedVectors(checkedLength(reader, found[1]), 0, options)
      if (collected.isFull) break
      addRow(reader, collected, start + i, found)
    }
  }
  if (!collected) throw reader.error('there is no row in it')
  return collected.finish(reader.name)
}

function addRow(
  reader: ByteReader,
  collected: CollectedVectors,
  index: number,
  [word, vector]: unknown[],
): void {
  const target = collected.next()
  if (lengthOf(vector) !== target.length)
    throw reader.error(
      `row ${index} has ${lengthOf(vector)} numbers, and ${target.length} are expected, as in row 0`,
    )
  target.set(vector as number[])
  const bytes = word instanceof Uint8Array ? word : new TextEncoder().encode(String(word ?? ''))
  if (word === null || word === undefined) throw reader.error(`row ${index} has no word`)
  if (!collected.wants(bytes)) return
  const isSound = firstNotFinite(target) < 0
  if (!isSound && collected.leavesOut) {
    collected.leaveOut()
    return
  }
  if (!isSound) throw reader.error(`row ${index} has a number that is missing or not finite`)
  collected.add(bytes)
}

function checkedLength(reader: ByteReader, vector: unknown): number {
  const length = lengthOf(vector)
  if (length > 0 && length <= MOST_DIMENSIONS) return length
  throw reader.error(`row 0 has ${length} numbers, and 1 to ${MOST_DIMENSIONS} are read`)
}

function lengthOf(vector: unknown): number {
  return Array.isArray(vector) || ArrayBuffer.isView(vector) ? (vector as number[]).length : 0
}

type RowGroup = FileMetaData['row_groups'][number]

/** The rows of each group. */
function* rowGroups({
  row_groups,
}: FileMetaData): Generator<{ group: RowGroup; start: number; end: number }> {
  let start = 0
  for (const group of row_groups) {
    const end = start + Number(group.num_rows)
    yield { group, start, end }
    start = end
  }
}

/** The column of strings and that of lists of numbers; where there are several, the one of a usual name. */
function columnsOf(reader: ByteReader, { children }: SchemaTree): Columns {
  const usual = /^(word|token|label|key|text|vector|embedding|values?)s?$/i
  const choose = (found: SchemaTree[]) =>
    (found.find(({ element }) => usual.test(element.name)) ?? found[0])?.element.name
  const word = choose(children.filter(({ element }) => element.type === 'BYTE_ARRAY'))
  const vector = choose(children.filter(column => isListOfFloats(column)))
  if (word !== undefined && vector !== undefined) return { word, vector }
  const names = children
    .map(({ element }) => `${element.name} (${element.type?.toLowerCase() ?? 'nested'})`)
    .slice(0, 8)
  throw reader.error(
    `a Parquet file, but not of word vectors: a column of strings and one of lists of floats are expected (found: ${names.join(', ')})`,
  )
}

function isListOfFloats({ children, element }: SchemaTree): boolean {
  if (children.length === 1) return isListOfFloats(children[0]!)
  return children.length === 0 && (element.type === 'FLOAT' || element.type === 'DOUBLE')
}
