import type { ByteReader } from '../tensors/index.js'

/** In pieces, if the length of the file is not known: a damaged one may announce more than there is memory. */
export async function takeBytes(
  reader: ByteReader,
  count: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(reader.size === undefined ? Math.min(count, 1 << 20) : count)
  await reader.readInto(bytes, name)
  while (bytes.length < count) {
    const larger = new Uint8Array(Math.min(count, 2 * bytes.length))
    larger.set(bytes)
    await reader.readInto(larger.subarray(bytes.length), name)
    bytes = larger
  }
  return bytes
}
