import { dirname } from 'node:path'
import { WordloomError } from '../errors.js'

/** A file system error as a sentence. */
export function asWriteError(error: unknown, path: string): unknown {
  if (error instanceof WordloomError || !(error instanceof Error)) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (!/^E[A-Z]+$/.test(code)) return error
  const reason: Record<string, string> = {
    ENOENT: `the folder ${dirname(path)} does not exist; make it first`,
    ENOTDIR: `${dirname(path)} is not a folder`,
    EACCES: `the folder ${dirname(path)} may not be written to; check its permissions`,
    EPERM: 'the system does not permit it; check the permissions',
    EROFS: `the folder ${dirname(path)} is read-only`,
    ENOSPC: 'the disk is full; free some space and try again',
    EDQUOT: 'your disk quota is used up; free some space and try again',
    EFBIG: 'the file would pass the largest size allowed here (ulimit -f)',
    EISDIR: 'this is a folder; give a file name',
    ELOOP: 'this is a link that leads back to itself; remove it, or give another name',
    EPIPE: 'its reader has gone',
    EBADF: 'no descriptor of this number is open for writing',
    ENXIO: 'this is a socket, or a device that is not there; give a file name',
  }
  const sentence = reason[code] ?? `the system refused (${code})`
  const name = path === '-' ? 'standard output' : path
  return new WordloomError('not-written', `${name} was not written: ${sentence}`, { cause: error })
}
