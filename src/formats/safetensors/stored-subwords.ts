import { WordloomError } from '../../errors.js'
import { allocateMatrix, type EncodedRows, type Matrix, row } from '../../math/index.js'
import { type ByteReader, bytesOf, type Section, type TensorPlace } from '../../tensors/index.js'
import { SubwordVectors } from '../../vectors/index.js'
import { takeRow } from '../selection/chosen-rows.js'
import { matrixSection } from './matrix-section.js'
import type { RowLayout } from './row-layout.js'
import { decodeInto, SmallerRows, smallerSections } from './smaller-rows.js'
import { subwordLayoutOf } from './subword-layout.js'

/**
 * Vectors of sub-words as tensors of our own file: `subwords.settings` U32 [3] (characters of the shortest and of
 * the longest n-grams, buckets), `subwords.buckets` U32 [R] where not every bucket has a row, `subwords.vectors`
 * F32 [R, d], or in fewer bytes as rows of words are (row-layout.ts); in whatever order they come.
 */
export class StoredSubwords {
  #settings: Uint32Array | undefined
  #buckets: Uint32Array | undefined
  #matrix: Matrix | undefined
  readonly #layout: RowLayout | undefined
  readonly #smaller: SmallerRows | undefined

  /** Throws `bad-data` if tensors of the file cannot be those of sub-words of so many dimensions. */
  constructor(reader: ByteReader, tensors: readonly TensorPlace[], dimensions: number) {
    const layout = subwordLayoutOf(reader, tensors, dimensions)
    this.#layout = layout
    if (layout && layout.precision !== 'float32') this.#smaller = new SmallerRows(layout)
  }

  /** Takes a tensor if it is one of these; whether it was. */
  async take(reader: ByteReader, tensor: TensorPlace): Promise<boolean> {
    if (await this.#smaller?.take(reader, tensor, this.#layout!.rows, false)) return true
    if (tensor.name === 'subwords.settings') this.#settings = await takeNumbers(reader, tensor)
    else if (tensor.name === 'subwords.buckets') this.#buckets = await takeNumbers(reader, tensor)
    else if (tensor.name === 'subwords.vectors') this.#matrix = await takeMatrix(reader, tensor)
    else return false
    return true
  }

  /** Undefined where the file has none. Throws `bad-data` if tensors are missing or contradict each other. */
  finish(reader: ByteReader, dimensions: number): SubwordVectors | undefined {
    const encoded = this.#smaller && this.#layout && this.#smaller.finish(reader)
    const matrix = encoded ? decoded(reader, encoded, this.#layout!) : this.#matrix
    if (!matrix && !this.#settings && !this.#buckets) return undefined
    if (!matrix || this.#settings?.length !== 3 || matrix.columns !== dimensions)
      throw reader.error({
        found: 'its sub-words are incomplete',
        expected: `"subwords.settings" U32 [3] and "subwords.vectors" F32 [rows, ${dimensions}]`,
      })
    const [minNgram, maxNgram, buckets] = this.#settings as unknown as [number, number, number]
    const parts = { settings: { minNgram, maxNgram, buckets }, matrix, ...(encoded && { encoded }) }
    try {
      return new SubwordVectors(this.#buckets ? { ...parts, buckets: this.#buckets } : parts)
    } catch (error) {
      throw error instanceof WordloomError ? reader.error(error.fault) : error
    }
  }
}

/** The tensors of sub-words in the order in which they are written. */
export function subwordSections({ settings, matrix, buckets, encoded }: SubwordVectors): Section[] {
  const { minNgram, maxNgram } = settings
  return [
    numberSection('subwords.settings', Uint32Array.of(minNgram, maxNgram, settings.buckets)),
    ...(buckets ? [numberSection('subwords.buckets', buckets)] : []),
    ...(encoded
      ? smallerSections(encoded, matrix, 'subwords.vectors', 'subwords')
      : [matrixSection('subwords.vectors', matrix)]),
  ]
}

function decoded(reader: ByteReader, encoded: EncodedRows, { rows, dimensions, tensors }: RowLayout): Matrix {
  const matrix = allocateMatrix(rows, dimensions)
  decodeInto(reader, encoded, matrix, tensors.rows)
  return matrix
}

function numberSection(name: string, numbers: Uint32Array): Section {
  return { name, dtype: 'U32', shape: [numbers.length], chunks: [bytesOf(numbers)] }
}

async function takeNumbers(reader: ByteReader, tensor: TensorPlace): Promise<Uint32Array> {
  if (tensor.dtype !== 'U32' || tensor.shape.length !== 1) throw unexpected(reader, tensor, 'U32 [n]')
  const numbers = new Uint32Array(tensor.shape[0]!)
  await reader.readInto(new Uint8Array(numbers.buffer), tensor.name)
  return numbers
}

async function takeMatrix(reader: ByteReader, tensor: TensorPlace): Promise<Matrix> {
  if (tensor.dtype !== 'F32' || tensor.shape.length !== 2) throw unexpected(reader, tensor, 'F32 [rows, d]')
  const matrix = allocateMatrix(tensor.shape[0]!, tensor.shape[1]!)
  for (let i = 0; i < matrix.rows; i++) await takeRow(reader, row(matrix, i), `row ${i} of "${tensor.name}"`)
  return matrix
}

function unexpected(reader: ByteReader, { name, dtype, shape }: TensorPlace, expected: string) {
  return reader.error({ place: { part: `tensor "${name}"` }, found: `it is ${dtype} [${shape}]`, expected })
}
