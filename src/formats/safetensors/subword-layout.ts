import type { ByteReader, TensorPlace } from '../../tensors/index.js'
import {
  type ByName,
  check,
  checkCodes,
  expectedOf,
  type RowLayout,
  type RowTensors,
  rowsIn,
  typeOf,
} from './row-layout.js'

const SUBWORDS: RowTensors = {
  rows: 'subwords.vectors',
  scales: 'subwords.scales',
  lengths: 'subwords.lengths',
  centers: 'subwords.centers',
}

/**
 * The layout of sub-words, whose tensors are named and made as those of words; undefined if the file has none. Throws
 * `bad-data` unless they have as many dimensions.
 */
export function subwordLayoutOf(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  dimensions: number,
): RowLayout | undefined {
  const byName: ByName = new Map(tensors.map(tensor => [tensor.name, tensor]))
  if (!byName.has(SUBWORDS.rows)) return undefined
  const layout = rowsIn(byName, SUBWORDS)
  check(reader, byName, expectedOf(byName, layout))
  checkCodes(reader, layout)
  if (layout.dimensions === dimensions) return layout
  throw reader.error({
    place: { part: `tensor "${SUBWORDS.rows}"` },
    found: `it is ${typeOf(byName.get(SUBWORDS.rows)!)}`,
    expected: `${dimensions} dimensions, as the vectors of words have`,
  })
}
