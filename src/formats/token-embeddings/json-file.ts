import type { ByteReader } from '../../tensors/index.js'

/** All of a small file, as JSON. Throws `bad-data` if it is none. */
export async function readJson(reader: ByteReader): Promise<unknown> {
  while (await reader.fill(reader.available + 1)) await reader.fill(reader.available * 2)
  try {
    const bytes = reader.bytes.subarray(reader.position)
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw reader.error({ found: `it is not JSON in UTF-8 (${(cause as Error).message})` }, cause)
  }
}
