import type { FileHandle } from 'node:fs/promises'
import { WordloomError } from '../errors.js'
import { openAtOnce } from './named-pipe.js'
import type { ByteRanges } from './ranges.js'
import { asReadError, checkPathText } from './read.js'

/** A file of the disk, read by position. Throws `no-input`. */
export async function openRanges(path: string): Promise<ByteRanges> {
  checkPathText(path)
  try {
    const file = await openAtOnce(path)
    const stat = await file.stat({ bigint: true })
    if (stat.isFile())
      return {
        name: path,
        size: Number(stat.size),
        read: async (start, end) => {
          try {
            const bytes = await readRange(file, path, start, end)
            await refuseChange(file, path, stat.mtimeNs)
            return bytes
          } catch (error) {
            throw asReadError(error, path)
          }
        },
        close: () => file.close(),
      }
    await file.close()
    throw new WordloomError('no-input', {
      place: { file: path },
      found: 'this is not a plain file, and only those can be read by position',
    })
  } catch (error) {
    throw asReadError(error, path)
  }
}

/** Words of one model and rows of another would look like an answer. */
async function refuseChange(file: FileHandle, path: string, mtimeNs: bigint): Promise<void> {
  if ((await file.stat({ bigint: true })).mtimeNs === mtimeNs) return
  throw new WordloomError('bad-data', {
    place: { file: path },
    found: 'the file was written to after it was opened',
    cure: 'open it again',
  })
}

async function readRange(file: FileHandle, path: string, start: number, end: number) {
  const bytes = new Uint8Array(Math.max(0, end - start))
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done)
    if (bytesRead === 0)
      throw new WordloomError('bad-data', {
        place: { file: path, byte: start + done },
        found: 'the file ends here: it was cut off or changed',
        cure: 'fetch or make it again',
      })
    done += bytesRead
  }
  return bytes
}
