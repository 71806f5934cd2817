import {
  CENTERS,
  decodeRow,
  type EncodedRows,
  firstNotFinite,
  type Matrix,
  ProductQuantizer,
  row,
} from '../../math/index.js'
import { type ByteReader, type Section, slicesOf, type TensorPlace } from '../../tensors/index.js'
import type { RowLayout } from './row-layout.js'

/** Rows that are kept in fewer bytes than float32 takes, read tensor by tensor, in whatever order they come. */
export class SmallerRows {
  readonly #layout: RowLayout
  readonly #taken = new Map<string, Uint8Array<ArrayBuffer>>()

  constructor(layout: RowLayout) {
    this.#layout = layout
  }

  /** Takes these rows (the first ones, or ids that rise) of a tensor if it is one of ours; returns whether it was. */
  async take(
    reader: ByteReader,
    tensor: TensorPlace,
    wanted: number | (() => readonly number[]),
    isLast: boolean,
  ): Promise<boolean> {
    const rowBytes = this.#rowBytes(tensor.name)
    if (rowBytes === undefined) return false
    const ofRows = typeof wanted === 'number' ? wanted : wanted()
    const rows = tensor.name === this.#layout.tensors.centers ? CENTERS : ofRows
    this.#taken.set(tensor.name, await takeRows(reader, tensor, rowBytes, rows, isLast))
    return true
  }

  /** All rows, and as float32 in the matrix. Throws `bad-data`. */
  finishInto(matrix: Matrix, reader: ByteReader): EncodedRows {
    const encoded = this.finish(reader)
    decodeInto(reader, encoded, matrix, this.#layout.tensors.rows)
    return encoded
  }

  /** Only `ids` where given: tensors of which all rows were taken are cut to them. Throws `bad-data`. */
  finish(reader: ByteReader, ids?: readonly number[]): EncodedRows {
    const { precision, dimensions, rowBytes, tensors } = this.#layout
    const bytes = this.#rows(tensors.rows, ids)
    const floats = (name: string) => {
      const numbers = new Float32Array(this.#rows(name, ids).buffer)
      const wrong = firstNotFinite(numbers)
      if (wrong < 0) return numbers
      throw reader.error({
        place: { part: `tensor "${name}"` },
        found: `number ${wrong} is ${numbers[wrong]}`,
        expected: 'finite numbers',
      })
    }
    if (precision === 'float16') return { precision, halves: new Uint16Array(bytes.buffer) }
    if (precision === 'int8')
      return { precision, numbers: new Int8Array(bytes.buffer), scales: floats(tensors.scales) }
    const quantizer = new ProductQuantizer(dimensions, rowBytes, floats(tensors.centers))
    return { precision: 'pq', codes: bytes, lengths: floats(tensors.lengths), quantizer }
  }

  #rows(name: string, ids: readonly number[] | undefined): Uint8Array<ArrayBuffer> {
    const bytes = this.#taken.get(name)!
    const rowBytes = this.#rowBytes(name)!
    if (name === this.#layout.tensors.centers || ids === undefined || bytes.length === ids.length * rowBytes)
      return bytes
    const picked = new Uint8Array(ids.length * rowBytes)
    for (const [i, id] of ids.entries())
      picked.set(bytes.subarray(id * rowBytes, (id + 1) * rowBytes), i * rowBytes)
    return picked
  }

  #rowBytes(name: string): number | undefined {
    const { rowBytes, dimensions, tensors } = this.#layout
    if (name === tensors.rows) return rowBytes
    if (name === tensors.centers) return dimensions * 4
    return name === tensors.scales || name === tensors.lengths ? 4 : undefined
  }
}

/** Rows as float32. Throws `bad-data` if a number is not finite, which float16 can have. */
export function decodeInto(reader: ByteReader, encoded: EncodedRows, matrix: Matrix, name = 'vectors'): void {
  for (let i = 0; i < matrix.rows; i++) {
    const numbers = row(matrix, i)
    decodeRow(encoded, i, numbers)
    const wrong = firstNotFinite(numbers)
    if (wrong >= 0)
      throw reader.error({
        place: { part: `row ${i} of "${name}"` },
        found: `number ${wrong} is ${numbers[wrong]}`,
        expected: 'finite numbers',
      })
  }
}

/** The tensors that stand for those of float32 of this name, whose extras begin with `prefix`. */
export function smallerSections(
  encoded: EncodedRows,
  { rows, columns }: Matrix,
  name: string,
  prefix: string,
): Section[] {
  const section = (name: string, dtype: string, shape: number[], numbers: ArrayBufferView): Section => ({
    name,
    dtype,
    shape,
    chunks: slicesOf(numbers),
  })
  if (encoded.precision === 'float16') return [section(name, 'F16', [rows, columns], encoded.halves)]
  if (encoded.precision === 'int8')
    return [
      section(`${prefix}.scales`, 'F32', [rows], encoded.scales),
      section(name, 'I8', [rows, columns], encoded.numbers),
    ]
  const { codes, lengths, quantizer } = encoded
  return [
    section(`${prefix}.lengths`, 'F32', [rows], lengths),
    section(`${prefix}.centers`, 'F32', [CENTERS, columns], quantizer.centers),
    section(name, 'U8', [rows, quantizer.segments], codes),
  ]
}

async function takeRows(
  reader: ByteReader,
  tensor: TensorPlace,
  rowBytes: number,
  wanted: number | readonly number[],
  isLast: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const count = typeof wanted === 'number' ? wanted : wanted.length
  const bytes = new Uint8Array(count * rowBytes)
  let next = 0
  if (typeof wanted === 'number') {
    await reader.readInto(bytes, `"${tensor.name}"`)
    next = wanted
  } else
    for (const [i, id] of wanted.entries()) {
      await reader.skip((id - next) * rowBytes, tensor.name)
      await reader.readInto(bytes.subarray(i * rowBytes, (i + 1) * rowBytes), `row ${id}`)
      next = id + 1
    }
  if (!isLast) await reader.skip(tensor.end - tensor.start - next * rowBytes, tensor.name)
  return bytes
}
