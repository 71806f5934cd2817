import type { ByteRanges } from '../../files/index.js'
import { CENTERS, decodeRow, type EncodedRows, ProductQuantizer } from '../../math/index.js'
import type { TensorPlace } from '../../tensors/index.js'
import type { RowLayout } from '../safetensors/row-layout.js'

/** Rows of a file that is read by position, in whatever precision. */
export class RowFinder {
  readonly #ranges: ByteRanges
  readonly #places: ReadonlyMap<string, TensorPlace>
  readonly #layout: RowLayout
  #quantizer: Promise<ProductQuantizer> | undefined

  constructor(ranges: ByteRanges, places: ReadonlyMap<string, TensorPlace>, layout: RowLayout) {
    this.#ranges = ranges
    this.#places = places
    this.#layout = layout
  }

  get rows(): number {
    return this.#layout.rows
  }

  get dimensions(): number {
    return this.#layout.dimensions
  }

  /** A copy of row `id`, which may have numbers that are not finite. */
  async row(id: number): Promise<Float32Array> {
    const { dimensions, rowBytes, precision, tensors } = this.#layout
    const bytes = await this.#read(tensors.rows, id * rowBytes, rowBytes)
    if (precision === 'float32') return new Float32Array(bytes.buffer, 0, dimensions)
    const numbers = new Float32Array(dimensions)
    decodeRow(await this.#encoded(id, bytes), 0, numbers)
    return numbers
  }

  /** The one row. */
  async #encoded(id: number, bytes: Uint8Array<ArrayBuffer>): Promise<EncodedRows> {
    const factor = async (name: string) => new Float32Array((await this.#read(name, id * 4, 4)).buffer)
    const { precision, tensors } = this.#layout
    if (precision === 'float16') return { precision, halves: new Uint16Array(bytes.buffer) }
    if (precision === 'int8')
      return { precision, numbers: new Int8Array(bytes.buffer), scales: await factor(tensors.scales) }
    this.#quantizer ??= this.#readQuantizer()
    const [quantizer, lengths] = await Promise.all([this.#quantizer, factor(tensors.lengths)])
    return { precision: 'pq', codes: bytes, lengths, quantizer }
  }

  /** Once: 1 KB a dimension. */
  async #readQuantizer(): Promise<ProductQuantizer> {
    const { dimensions, rowBytes, tensors } = this.#layout
    const centers = await this.#read(tensors.centers, 0, CENTERS * dimensions * 4)
    return new ProductQuantizer(dimensions, rowBytes, new Float32Array(centers.buffer))
  }

  #read(name: string, from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const start = this.#places.get(name)!.start + from
    return this.#ranges.read(start, start + length)
  }
}
