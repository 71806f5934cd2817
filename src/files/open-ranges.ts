import { type FileHandle, open } from 'node:fs/promises'
import { WordloomError } from '../errors.js'
import type { ByteRanges } from './ranges.js'
import { asReadError } from './read.js'

/** A file of the disk, read by position. Throws `no-input`. */
export async function openRanges(path: string): Promise<ByteRanges> {
  try {
    const file = await open(path, 'r')
    const stat = await file.stat()
    if (stat.isFile())
      return {
        name: path,
        size: stat.size,
        read: (start, end) => readRange(file, path, start, end),
        close: () => file.close(),
      }
    await file.close()
    throw new WordloomError('no-input', `${path}: not a plain file, so that it cannot be read by position`)
  } catch (error) {
    throw asReadError(error, path)
  }
}

async function readRange(file: FileHandle, path: string, start: number, end: number) {
  const bytes = new Uint8Array(Math.max(0, end - start))
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done)
    if (bytesRead === 0)
      throw new WordloomError(
        'bad-data',
        `${path}: the file ends at byte ${start + done}; it was cut off, or changed`,
      )
    done += bytesRead
  }
  return bytes
}
