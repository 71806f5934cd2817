import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Fault, WordloomError } from '../errors.js'
import { isSystemError, notGranted } from './system-error.js'

/** A file system error as an error of ours. */
export function asWriteError(error: unknown, path: string): unknown {
  if (error instanceof WordloomError || !(error instanceof Error)) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (!isSystemError(error)) return error
  const faults: Record<string, Fault> = {
    ENOENT: existsSync(dirname(path))
      ? {
          found: 'it, or a temporary file beside it, was taken away while it was written',
          cure: 'see which other program works in this folder, and try again',
        }
      : { found: `the folder ${dirname(path)} does not exist`, cure: 'make it first' },
    ENOTDIR: { found: `${dirname(path)} is not a folder` },
    EACCES: {
      found: `you are not permitted to write to the folder ${dirname(path)}`,
      cure: 'check its permissions',
    },
    EPERM: { found: 'the system does not permit it', cure: 'check the permissions' },
    EROFS: { found: `the folder ${dirname(path)} is read-only` },
    ENOSPC: { found: 'the disk is full', cure: 'free some space and try again' },
    EDQUOT: { found: 'your disk quota is used up', cure: 'free some space and try again' },
    EFBIG: { found: 'the file would exceed the largest size allowed here (ulimit -f)' },
    EISDIR: { found: 'this is a folder', cure: 'give a file name' },
    ELOOP: { found: 'this is a link that leads back to itself', cure: 'remove it, or give another name' },
    ENAMETOOLONG: {
      found: 'this name is longer than the system allows (255 bytes on most disks)',
      cure: 'give a shorter one',
    },
    EPIPE: { found: 'its reader has gone' },
    EBADF: { found: 'no descriptor of this number is open for writing' },
    ENXIO: { found: 'this is a socket, or a device that is not there', cure: 'give a file name' },
  }
  const fault = notGranted(error) ?? faults[code] ?? { found: `the system refused (${code})` }
  const file = path === '-' ? 'standard output' : path
  return new WordloomError('not-written', { place: { file }, ...fault }, { cause: error })
}
