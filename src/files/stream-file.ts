import { constants, fstatSync, write } from 'node:fs'
import { open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { NewFile, StreamPlace } from './durable.js'

/** In milliseconds: a descriptor that does not wait for room is tried again after this. */
const ASK_AGAIN = 5

const writeTo = promisify(write)

/** Opens a device, a pipe or a descriptor of this process, to write into it. A pipe waits for its reader. */
export async function openStream({ path, descriptor }: StreamPlace): Promise<NewFile> {
  if (descriptor !== undefined) return descriptorFile(descriptor)
  const file = await open(path, constants.O_WRONLY)
  return {
    write: async bytes => (await file.write(bytes)).bytesWritten,
    sync: async () => {},
    close: () => file.close(),
  }
}

/**
 * Node writes to standard output if that is a pipe or a terminal, and the program can listen for a reader that
 * goes away; of a plain file Node would not look at the number of bytes that were written.
 */
function descriptorFile(descriptor: number): NewFile {
  const facts = fstatSync(descriptor)
  const isNodes = descriptor === 1 && !facts.isFile() && !facts.isBlockDevice()
  return {
    write: bytes => (isNodes ? writeByNode(bytes) : writeOrWait(descriptor, bytes)),
    sync: async () => {},
    close: async () => {},
  }
}

function writeByNode(bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, error => {
      if (!error) return resolve(bytes.length)
      process.stdout.on('error', () => {}) // the error is reported here
      setImmediate(() => reject(error)) // after those who listen for it
    })
  })
}

async function writeOrWait(descriptor: number, bytes: Uint8Array): Promise<number> {
  for (;;)
    try {
      return (await writeTo(descriptor, bytes)).bytesWritten
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      await setTimeout(ASK_AGAIN)
    }
}
