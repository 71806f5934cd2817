import { sha256 as noble } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Sha256 } from './sha256.node.js'

/** SHA-256 of bytes as they go by: the Web Crypto of pages would want them all at once. */
export function sha256(): Sha256 {
  const hash = noble.create()
  return { update: bytes => void hash.update(bytes), finish: () => bytesToHex(hash.digest()) }
}
