import { type FileMetaData, parquetMetadata } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema']

/** Words and lists of numbers, any of which may be missing, in one row group and one page a column. */
export function parquetOf(
  words: readonly (string | null)[],
  vectors: readonly ((number | null)[] | null)[],
  type: 'FLOAT' | 'DOUBLE' = 'FLOAT',
): Uint8Array<ArrayBuffer> {
  const schema: Schema = [
    { name: 'root', num_children: 2 },
    { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    { name: 'vector', converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'OPTIONAL' },
  ]
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema, codec: 'UNCOMPRESSED', statistics: false })
  const column = { encoding: 'RLE_DICTIONARY', offsetIndex: false } as const
  file.write({
    columnData: [
      { name: 'word', data: [...words], ...column },
      { name: 'vector', data: [...vectors], ...column },
    ],
    rowGroupSize: words.length,
    pageSize: 2 ** 30,
  })
  file.finish()
  return new Uint8Array(writer.getBuffer())
}

/** A file of one row group with its data pages over and over, as large row groups of equal rows have them. */
export function withPagesRepeated(bytes: Uint8Array<ArrayBuffer>, times: number): Uint8Array<ArrayBuffer> {
  const metadata = parquetMetadata(bytes.buffer)
  const writer = new ByteWriter()
  writer.appendBytes(bytes.subarray(0, 4))
  const columns = metadata.row_groups[0]!.columns.map(column => {
    const facts = column.meta_data!
    const dictionary = Number(facts.dictionary_page_offset)
    const [data, end] = [Number(facts.data_page_offset), dictionary + Number(facts.total_compressed_size)]
    const start = writer.offset
    writer.appendBytes(bytes.subarray(dictionary, data))
    const dataStart = writer.offset
    for (let i = 0; i < times; i++) writer.appendBytes(bytes.subarray(data, end))
    return {
      ...column,
      meta_data: {
        ...facts,
        dictionary_page_offset: BigInt(start),
        data_page_offset: BigInt(dataStart),
        total_compressed_size: BigInt(writer.offset - start),
        num_values: facts.num_values * BigInt(times),
      },
    }
  })
  const rows = metadata.num_rows * BigInt(times)
  const repeated: FileMetaData = {
    ...metadata,
    num_rows: rows,
    row_groups: [{ ...metadata.row_groups[0]!, num_rows: rows, columns }],
  }
  writeMetadata(writer, repeated)
  writer.appendBytes(new TextEncoder().encode('PAR1'))
  return new Uint8Array(writer.getBuffer())
}
