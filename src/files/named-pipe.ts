import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

const CHUNK_BYTES = 1 << 16
/** In milliseconds: a pipe that has nothing is asked again after this. */
const ASK_AGAIN = 10

/** Opens for reading without waiting: the system would hold a thread, and with it the end of the process, until somebody writes. */
export function openAtOnce(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
}

export async function isNamedPipe(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined)
  return facts?.isFIFO() ?? false
}

/** The bytes of a pipe, which may have no writer yet. */
export async function* readNamedPipe(path: string): AsyncGenerator<Uint8Array> {
  const file = await openAtOnce(path)
  let hasWriter = false
  try {
    for (;;) {
      const part = new Uint8Array(CHUNK_BYTES)
      const count = await read(file, part)
      if (count === 0 && hasWriter) return
      hasWriter ||= count !== 0
      if (count !== undefined && count > 0) yield part.subarray(0, count)
      else await setTimeout(ASK_AGAIN)
    }
  } finally {
    await file.close()
  }
}

/** How many bytes there were: 0 if nobody writes any more, or nobody does so far; undefined if there are none yet. */
async function read(file: FileHandle, part: Uint8Array): Promise<number | undefined> {
  try {
    return (await file.read(part, 0, part.length)).bytesRead
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}
