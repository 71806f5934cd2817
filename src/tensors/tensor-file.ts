import type { ByteRanges } from '../files/index.js'
import { ByteReader } from './byte-reader.js'
import { type TensorPlace, takeHeader } from './safetensors-header.js'

const HEADER_BYTES = 1 << 12

/** A safetensors file that is read by position; of its tensors nothing is read until it is asked for. */
export class TensorFile {
  readonly ranges: ByteRanges
  /** Where the header ends. */
  readonly dataStart: number
  /** In the order they stand in the file, without gaps; `start` and `end` are bytes of the file. */
  readonly tensors: readonly TensorPlace[]
  readonly places: ReadonlyMap<string, TensorPlace>
  readonly metadata: Readonly<Record<string, string>>

  private constructor(
    ranges: ByteRanges,
    dataStart: number,
    tensors: readonly TensorPlace[],
    metadata: Readonly<Record<string, string>>,
  ) {
    this.ranges = ranges
    this.dataStart = dataStart
    this.tensors = tensors.map(tensor => ({
      ...tensor,
      start: tensor.start + dataStart,
      end: tensor.end + dataStart,
    }))
    this.places = new Map(this.tensors.map(tensor => [tensor.name, tensor]))
    this.metadata = metadata
  }

  /** Reads the header, in a few kilobytes. Throws `bad-data` if it is unsound. */
  static async open(ranges: ByteRanges): Promise<TensorFile> {
    return TensorFile.take(readerOf(ranges), ranges)
  }

  /** The same by a reader that stands at the start. */
  static async take(reader: ByteReader, ranges: ByteRanges): Promise<TensorFile> {
    const { tensors, metadata } = await takeHeader(reader)
    return new TensorFile(ranges, reader.offset, tensors, metadata)
  }

  /** Bytes `from` to `to` of a tensor that is there, by default all of them. */
  read(name: string, from = 0, to?: number): Promise<Uint8Array<ArrayBuffer>> {
    const { start, end } = this.places.get(name)!
    return this.ranges.read(start + from, to === undefined ? end : start + to)
  }
}

/** Reads a file from its start, in growing pieces, of which only those that are needed are asked for. */
export function readerOf(ranges: ByteRanges): ByteReader {
  return new ByteReader({ name: ranges.name, size: ranges.size, chunks: chunksOf(ranges) })
}

async function* chunksOf(ranges: ByteRanges): AsyncGenerator<Uint8Array> {
  let length = HEADER_BYTES
  for (let start = 0; start < ranges.size; start += length, length *= 2)
    yield await ranges.read(start, Math.min(ranges.size, start + length))
}
