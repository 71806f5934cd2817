import { open, stat } from 'node:fs/promises'
import { compressionOf, MAGIC_BYTES } from './compression.js'
import { asReadError } from './read.js'

/**
 * How many bytes `readBytes` will give, if that is known before reading: of a plain file that is not
 * compressed. Throws `no-input` if the file cannot be opened.
 */
export async function plainSize(path: string): Promise<number | undefined> {
  if (path === '-') return undefined
  try {
    if (!(await stat(path)).isFile()) return undefined // a pipe that is closed again loses its writer
    const file = await open(path, 'r')
    try {
      const stat = await file.stat()
      if (!stat.isFile()) return undefined
      const { buffer, bytesRead } = await file.read(new Uint8Array(MAGIC_BYTES), 0, MAGIC_BYTES, 0)
      return compressionOf(buffer.subarray(0, bytesRead)) ? undefined : stat.size
    } finally {
      await file.close()
    }
  } catch (error) {
    throw asReadError(error, path)
  }
}

/** How many bytes a plain file takes on the disk, compressed or not; undefined for what is none. */
export async function storedSize(path: string): Promise<number | undefined> {
  if (path === '-') return undefined
  const facts = await stat(path).catch(() => undefined)
  return facts?.isFile() ? facts.size : undefined
}

/**
 * Something that differs after a plain file was written to or another one was put in its place; undefined for
 * standard input, for pipes, and for what is not there.
 */
export async function fileVersion(path: string): Promise<string | undefined> {
  if (path === '-') return undefined
  const facts = await stat(path, { bigint: true }).catch(() => undefined)
  return facts?.isFile() ? `${facts.dev} ${facts.ino} ${facts.size} ${facts.mtimeNs}` : undefined
}
