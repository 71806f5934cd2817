import type { AsyncBuffer, SchemaTree } from 'hyparquet'
import { WordloomError } from '../../errors.js'
import { checkUnpacked, FREE_BYTES_OF_ROWS } from '../../files/index.js'
import { firstNotFinite } from '../../math/index.js'
import type { ByteReader } from '../../tensors/index.js'
import type { WordVectors } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { MOST_DIMENSIONS } from '../lines/header.js'
import { AGAIN, LEAVE_OUT } from '../refusals.js'
import { CollectedVectors } from '../selection/collected-vectors.js'
import { columnRows, inStep, type ParquetFile, type RowGroup } from './column.js'
import { checkDescription } from './pages.js'

/** Which columns are which. */
interface Columns {
  word: string
  vector: string
}

/**
 * Page by page: by position where the source can do that, else all bytes are kept first, since the description of a
 * Parquet file stands at its end. Throws `bad-data`, and `too-large`.
 */
export async function readParquet(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const ranges = await reader.ranges?.()
  try {
    return await collect(reader, await (ranges ? positional(ranges) : buffered(reader)), options)
  } catch (cause) {
    if (cause instanceof WordloomError || isOutOfMemory(cause)) throw cause
    throw reader.error(
      { found: `this is not a Parquet file that can be read (${(cause as Error).message})`, cure: AGAIN },
      cause,
    )
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
  return Uint8Array.from(reader.bytes.subarray(reader.position)).buffer // Buffer's own slice would share its pool
}

async function collect(reader: ByteReader, bytes: AsyncBuffer, options: ReadOptions): Promise<WordVectors> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  await checkDescription(bytes)
  // Nothing geographic is looked for: with fewer children than none, the search would never end.
  const metadata = await parquetMetadataAsync(bytes, { geoparquet: false })
  const file = { name: reader.name, bytes, schema: parquetSchema(metadata), compressors }
  const columns = columnsOf(reader, file.schema)
  const rows = new TakenRows(reader, bytes.byteLength, options)
  for (const group of metadata.row_groups) {
    if (rows.areEnough) break
    await takeGroup(file, group, columns, rows)
  }
  return rows.finish()
}

async function takeGroup(
  file: ParquetFile,
  group: RowGroup,
  columns: Columns,
  rows: TakenRows,
): Promise<void> {
  const announced = Number(group.num_rows)
  let taken = 0
  const [words, vectors] = [columnRows(file, group, columns.word), columnRows(file, group, columns.vector)]
  for await (const [someWords, someVectors] of inStep(words, vectors))
    for (let i = 0; i < someWords.length && taken < announced; i++, taken++) {
      if (rows.areEnough) return
      rows.add(someWords[i], someVectors[i])
    }
  if (taken < announced) throw new Error(`${announced} rows are announced, and ${taken} are there`)
}

/** The rows of all groups, one by one. */
class TakenRows {
  readonly #reader: ByteReader
  readonly #packed: number
  readonly #options: ReadOptions
  #collected: CollectedVectors | undefined
  #taken = 0
  #bytes = 0

  /** `packed` is how many bytes they come from. */
  constructor(reader: ByteReader, packed: number, options: ReadOptions) {
    this.#reader = reader
    this.#packed = packed
    this.#options = options
  }

  get areEnough(): boolean {
    return this.#collected?.isFull ?? false
  }

  /** Throws `bad-data` if they are not a word and numbers, `too-large` if the rows are too many bytes. */
  add(word: unknown, vector: unknown): void {
    this.#collected ??= new CollectedVectors(checkedLength(this.#reader, vector), 0, this.#options)
    const index = this.#taken++
    const target = this.#collected.next()
    const bytes = this.#wordIn(word, index)
    this.#bytes += bytes.length + target.byteLength
    checkUnpacked(this.#bytes, this.#packed, this.#reader.name, {
      most: this.#options.maxDecompressed,
      free: FREE_BYTES_OF_ROWS,
    })
    this.#copy(vector, target, index)
    if (!this.#collected.wants(bytes)) return
    if (firstNotFinite(target) < 0) this.#collected.add(bytes)
    else if (this.#collected.leavesOut) this.#collected.leaveOut()
    else
      throw this.#reader.error({
        place: { part: `row ${index}` },
        found: 'a number is not finite',
        expected: 'finite numbers',
        cure: LEAVE_OUT,
      })
  }

  /** Throws `bad-data` if there was none. */
  finish(): WordVectors {
    if (!this.#collected)
      throw this.#reader.error({ found: 'there is no row in it', expected: 'word vectors' })
    return this.#collected.finish(this.#reader.name)
  }

  #wordIn(word: unknown, index: number): Uint8Array {
    if (word === null || word === undefined)
      throw this.#reader.error({ place: { part: `row ${index}` }, found: 'there is no word' })
    return word instanceof Uint8Array ? word : new TextEncoder().encode(String(word))
  }

  #copy(vector: unknown, target: Float32Array, index: number): void {
    if (lengthOf(vector) !== target.length)
      throw this.#reader.error({
        place: { part: `row ${index}` },
        found: `there are ${lengthOf(vector)} numbers`,
        expected: `${target.length}, as in row 0`,
      })
    const numbers = vector as ArrayLike<unknown>
    for (let i = 0; i < target.length; i++) {
      const number = numbers[i]
      if (typeof number !== 'number')
        throw this.#reader.error({
          place: { part: `row ${index}, number ${i + 1}` },
          found: `there is ${number}`,
          expected: 'a number',
        })
      target[i] = number
    }
  }
}

function checkedLength(reader: ByteReader, vector: unknown): number {
  const length = lengthOf(vector)
  if (length > 0 && length <= MOST_DIMENSIONS) return length
  throw reader.error({
    place: { part: 'row 0' },
    found: `there are ${length.toLocaleString('en')} numbers`,
    expected: `1 to ${MOST_DIMENSIONS.toLocaleString('en')}`,
  })
}

function lengthOf(vector: unknown): number {
  return Array.isArray(vector) || ArrayBuffer.isView(vector) ? (vector as number[]).length : 0
}

/** The column of strings and that of lists of numbers; if there are several, the one of a usual name. */
function columnsOf(reader: ByteReader, { children }: SchemaTree): Columns {
  const usual = /^(word|token|label|key|text|vector|embedding|values?)s?$/i
  const choose = (found: SchemaTree[]) =>
    (found.find(({ element }) => usual.test(element.name)) ?? found[0])?.element.name
  const word = choose(children.filter(({ element }) => element.type === 'BYTE_ARRAY'))
  const vector = choose(children.filter(column => isListOfFloats(column)))
  if (word !== undefined && vector !== undefined) return { word, vector }
  const missing = word === undefined ? 'column of strings' : 'column of lists of floats'
  const more = children.length > 8 ? ', …' : ''
  throw reader.error({
    found: `there is no ${missing} among ${children.slice(0, 8).map(described).join(', ')}${more}`,
    expected: 'a column of strings and one of lists of float or double, as word vectors have',
  })
}

/** "id (int32)", "vector (list of float16)" */
function described(column: SchemaTree): string {
  const { element } = innermost(column)
  const type =
    element.logical_type?.type === 'FLOAT16' ? 'float16' : (element.type?.toLowerCase() ?? 'nested')
  return `${column.element.name} (${column.children.length > 0 ? 'list of ' : ''}${type})`
}

/** Numbers that have a column each are no list. */
function isListOfFloats(column: SchemaTree): boolean {
  const { element, children } = innermost(column)
  const isFloat = element.type === 'FLOAT' || element.type === 'DOUBLE'
  return children.length === 0 && isFloat && (column.children.length > 0 || isRepeated(column))
}

function isRepeated({ element }: SchemaTree): boolean {
  return element.repetition_type === 'REPEATED'
}

function innermost(column: SchemaTree): SchemaTree {
  return column.children.length === 1 ? innermost(column.children[0]!) : column
}
