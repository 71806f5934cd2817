import { createHash } from 'node:crypto'

/** SHA-256 of bytes as they go by. */
export interface Sha256 {
  update(bytes: Uint8Array): void
  /** Hexadecimal; nothing can be added afterwards. */
  finish(): string
}

export function sha256(): Sha256 {
  const hash = createHash('sha256')
  return { update: bytes => void hash.update(bytes), finish: () => hash.digest('hex') }
}
