/** What the bytes of a file can be packed with. */
export type Compression = 'gzip' | 'zstandard'

/** So many first bytes tell. */
export const MAGIC_BYTES = 4
/** The first four bytes of a Zstandard frame, little-endian. */
export const ZSTANDARD_FRAME = 0xfd2fb528

/** Which compression a file that begins so has; undefined if it has none. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head.length < MAGIC_BYTES) return undefined
  const magic = new DataView(head.buffer, head.byteOffset).getUint32(0, true)
  return magic === ZSTANDARD_FRAME || isSkippableFrame(magic) ? 'zstandard' : undefined
}

/** Zstandard has sixteen marks for frames that are no content; pzstd, for one, begins its files with such a frame. */
export function isSkippableFrame(magic: number): boolean {
  return magic >= 0x184d2a50 && magic <= 0x184d2a5f
}
