import type { ParquetWriter } from 'hyparquet-writer'
import { row } from '../../math/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { checkEach } from '../chunks.js'
import type { VectorFormat } from '../format.js'
import { unholdable } from '../refusals.js'
import { readParquet } from './reader.js'

/** Numbers in a row group: some megabytes, and what the writer makes of them on the way. */
const GROUP_NUMBERS = 1 << 20

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema']

const schema: Schema = [
  { name: 'wordloom', num_children: 2 },
  { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'vector', converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
]

/**
 * Parquet with a column of words (UTF-8) and one of lists of float32. The libraries that read and write it are
 * loaded when they are first needed.
 */
export const parquet: VectorFormat = {
  extensions: ['.parquet'],
  description: 'Parquet: words, and lists of numbers',
  recognizes: head => head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31,
  read: readParquet,
  refuse: vocabulary => checkEach(vocabulary, textOf),
  write,
}

async function* write({ vocabulary, matrix }: WordVectors): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer')
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema, codec: 'UNCOMPRESSED', statistics: false })
  const rows = Math.max(1, Math.floor(GROUP_NUMBERS / matrix.columns))
  const taken = () => {
    const bytes = new Uint8Array(writer.getBuffer())
    writer.index = 0 // its offset goes on
    return bytes
  }
  for (let start = 0; start < matrix.rows; start += rows) {
    const ids = Array.from({ length: Math.min(rows, matrix.rows - start) }, (_, i) => start + i)
    await file.write({
      columnData: [
        { name: 'word', data: ids.map(id => textOf(vocabulary, id)), encoding: 'PLAIN', offsetIndex: false },
        { name: 'vector', data: ids.map(id => [...row(matrix, id)]), encoding: 'PLAIN', offsetIndex: false },
      ],
      rowGroupSize: rows,
    })
    yield taken()
  }
  await file.finish()
  yield taken()
}

/** Parquet's strings are UTF-8. */
function textOf(vocabulary: Vocabulary, id: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(vocabulary.bytes(id))
  } catch {
    throw unholdable(vocabulary, id, 'is not UTF-8', 'Parquet')
  }
}
