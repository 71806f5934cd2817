import { WordloomError } from '../errors.js'
import { allocateMatrix, type Matrix, row } from '../math/index.js'
import type { ByteReader, TensorPlace } from '../tensors/index.js'
import { SubwordVectors } from '../vectors/index.js'
import { takeRow } from './chosen-rows.js'

/**
 * Vectors of sub-words as tensors of our own file: `subwords.settings` U32 [3] (characters of the shortest and of
 * the longest n-grams, buckets), `subwords.buckets` U32 [R] where not every bucket has a row, `subwords.vectors`
 * F32 [R, d]; in whatever order they come.
 */
export class StoredSubwords {
  #settings: Uint32Array | undefined
  #buckets: Uint32Array | undefined
  #matrix: Matrix | undefined

  /** Takes a tensor if it is one of these; whether it was. */
  async take(reader: ByteReader, tensor: TensorPlace): Promise<boolean> {
    if (tensor.name === 'subwords.settings') this.#settings = await takeNumbers(reader, tensor)
    else if (tensor.name === 'subwords.buckets') this.#buckets = await takeNumbers(reader, tensor)
    else if (tensor.name === 'subwords.vectors') this.#matrix = await takeMatrix(reader, tensor)
    else return false
    return true
  }

  /** Undefined where the file has none. Throws `bad-data` where tensors are missing or contradict each other. */
  finish(reader: ByteReader, dimensions: number): SubwordVectors | undefined {
    const matrix = this.#matrix
    if (!matrix && !this.#settings && !this.#buckets) return undefined
    if (!matrix || this.#settings?.length !== 3 || matrix.columns !== dimensions)
      throw reader.error(
        `its sub-words are incomplete; "subwords.settings" U32 [3] and "subwords.vectors" F32 [rows, ${dimensions}] are expected`,
      )
    const [minNgram, maxNgram, buckets] = this.#settings as unknown as [number, number, number]
    const parts = { settings: { minNgram, maxNgram, buckets }, matrix }
    try {
      return new SubwordVectors(this.#buckets ? { ...parts, buckets: this.#buckets } : parts)
    } catch (error) {
      throw error instanceof WordloomError ? reader.error(error.message) : error
    }
  }
}

/** The tensors of sub-words in the order in which they are written, each with its bytes. */
export function subwordTensors({
  settings,
  matrix,
  buckets,
}: SubwordVectors): [name: string, dtype: string, shape: number[], pieces: Iterable<Uint8Array>][] {
  const { minNgram, maxNgram } = settings
  const numbers = Uint32Array.of(minNgram, maxNgram, settings.buckets)
  return [
    ['subwords.settings', 'U32', [3], [bytesOf(numbers)]],
    ...(buckets ? [bucketTensor(buckets)] : []),
    ['subwords.vectors', 'F32', [matrix.rows, matrix.columns], rowsOf(matrix)],
  ]
}

function bucketTensor(buckets: Uint32Array): ReturnType<typeof subwordTensors>[number] {
  return ['subwords.buckets', 'U32', [buckets.length], [bytesOf(buckets)]]
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
  return reader.error(`tensor "${name}" is ${dtype} [${shape}], and ${expected} is expected`)
}

function* rowsOf(matrix: Matrix): Generator<Uint8Array> {
  for (let i = 0; i < matrix.rows; i++) yield bytesOf(row(matrix, i))
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
