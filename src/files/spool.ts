import { randomUUID } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { option, say, WordloomError } from '../errors.js'
import { asWriteError } from './write-error.js'

/**
 * Bytes that do not fit in memory, in a file without a name: it is deleted as soon as it is open, so that nothing
 * is left of it however the process ends. Its descriptor is good on all threads of the process, which read at places
 * of their own.
 */
export class SpoolFile {
  readonly descriptor: number
  readonly #path: string

  private constructor(descriptor: number, path: string) {
    this.descriptor = descriptor
    this.#path = path
  }

  /** In the system's folder for temporary files. Throws `not-written`. */
  static create(): SpoolFile {
    const path = join(tmpdir(), `wordloom-${randomUUID()}.ids`)
    try {
      const descriptor = openSync(path, 'wx+', 0o600)
      unlinkSync(path)
      return new SpoolFile(descriptor, path)
    } catch (error) {
      throw spoolError(error, path)
    }
  }

  /** The file that another thread created. */
  static over(descriptor: number): SpoolFile {
    return new SpoolFile(descriptor, 'the temporary file')
  }

  /** Throws `not-written`; a full disk can write less than it was given without an error. */
  write(bytes: Uint8Array, at: number): void {
    try {
      for (let done = 0; done < bytes.length; ) {
        const written = writeSync(this.descriptor, bytes, done, bytes.length - done, at + done)
        if (written === 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        done += written
      }
    } catch (error) {
      throw spoolError(error, this.#path)
    }
  }

  /** Fills `bytes` from what was written there. */
  read(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.descriptor, bytes, done, bytes.length - done, at + done)
      if (read === 0) throw new Error(`${this.#path}: nothing at byte ${at + done}`)
      done += read
    }
  }

  /** Forgets what lies behind `length` bytes. */
  truncate(length: number): void {
    ftruncateSync(this.descriptor, length)
  }

  /** Gives the room on the disk back. */
  close(): void {
    closeSync(this.descriptor)
  }
}

/** A new file in the system's folder for temporary files. Throws `not-written`. */
export function createSpool(): SpoolFile {
  return SpoolFile.create()
}

function spoolError(error: unknown, path: string): unknown {
  const failure = asWriteError(error, path)
  if (!(failure instanceof WordloomError)) return failure
  return new WordloomError(
    failure.code,
    {
      ...failure.fault,
      found: say`${failure.fault.found} (words beyond ${option('idMemory')} go there)`,
      cure: say`${failure.fault.cure ?? 'free some space and try again'}, or name another folder in TMPDIR`,
    },
    { cause: error },
  )
}
