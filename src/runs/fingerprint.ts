import { sha256 } from '../files/index.js'

/**
 * SHA-256 of everything that a run starts from beside its options, each under the name that messages give it. It has
 * no entry for what is not given.
 */
export type Fingerprint = Readonly<Record<string, string>>

/** SHA-256 of parts one behind the other. A call of the hash costs as much as 500 bytes, so parts should be large. */
export function digestOf(parts: Iterable<ArrayBufferView>): string {
  const hash = sha256()
  for (const { buffer, byteOffset, byteLength } of parts)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  return hash.finish()
}
