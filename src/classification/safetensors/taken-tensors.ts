import type { WordloomError } from '../../errors.js'
import { allocateMatrix, firstNotFinite, type Matrix, row } from '../../math/index.js'
import type { ByteReader, TensorPlace } from '../../tensors/index.js'
import { takeBytes } from '../taken-bytes.js'

interface Taken {
  readonly tensor: TensorPlace
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Tensors of a file, each asked for by its name when all are read. What is asked for and not so is `bad-data`. */
export class TakenTensors {
  readonly #reader: ByteReader
  readonly #taken = new Map<string, Taken>()

  constructor(reader: ByteReader) {
    this.#reader = reader
  }

  async take(tensor: TensorPlace): Promise<void> {
    const bytes = await takeBytes(this.#reader, tensor.end - tensor.start, `"${tensor.name}"`)
    this.#taken.set(tensor.name, { tensor, bytes })
  }

  has(name: string): boolean {
    return this.#taken.has(name)
  }

  /** Empty if the tensor is missing. */
  shape(name: string): readonly number[] {
    return this.#taken.get(name)?.tensor.shape ?? []
  }

  /** U8 of this length, whatever its shape. */
  bytes(name: string, length: number): Uint8Array {
    const { bytes } = this.#of(name, 'U8')
    if (bytes.length === length) return bytes
    throw this.unsound(
      name,
      `it is ${bytes.length.toLocaleString('en')} bytes, not ${length.toLocaleString('en')}`,
    )
  }

  /** U32, or undefined if the tensor is missing. */
  buckets(name: string): Uint32Array | undefined {
    return this.has(name) ? new Uint32Array(this.#of(name, 'U32').bytes.buffer) : undefined
  }

  /** F32, all finite. */
  floats(name: string): Float32Array {
    const numbers = new Float32Array(this.#of(name, 'F32').bytes.buffer)
    const wrong = firstNotFinite(numbers)
    if (wrong >= 0) throw this.unsound(name, `number ${wrong} is ${numbers[wrong]}`)
    return numbers
  }

  /** F32 [rows, columns], all finite. */
  matrix(name: string): Matrix {
    const { tensor } = this.#of(name, 'F32')
    const [rows = 0, columns = 0] = tensor.shape
    if (tensor.shape.length !== 2) throw this.unsound(name, `its shape is [${tensor.shape}]`)
    const numbers = this.floats(name)
    const matrix = allocateMatrix(rows, columns)
    for (let i = 0; i < rows; i++) row(matrix, i).set(numbers.subarray(i * columns, (i + 1) * columns))
    return matrix
  }

  unsound(name: string, found: string): WordloomError {
    return this.#reader.error({
      place: { part: `tensor "${name}"` },
      found,
      cure: 'fetch the file or make it again',
    })
  }

  #of(name: string, dtype: string): Taken {
    const taken = this.#taken.get(name)
    if (!taken) throw this.unsound(name, 'it is missing')
    if (taken.tensor.dtype !== dtype) throw this.unsound(name, `it is ${taken.tensor.dtype}, not ${dtype}`)
    return taken
  }
}
