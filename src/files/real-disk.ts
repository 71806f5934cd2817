import { open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { WordloomError } from '../errors.js'
import type { Disk } from './durable.js'
import { openRanges } from './open-ranges.js'
import { keepPermissions, PRIVATE } from './permissions.js'
import { placeOf } from './place.js'
import { openStream } from './stream-file.js'
import { begun, ended, unparted } from './unfinished.js'

/** The disk of this machine. */
export const realDisk: Disk = {
  place: placeOf,
  openStream,
  async create(path, like) {
    begun(path)
    const file = await open(path, 'wx', like && PRIVATE).catch(error => {
      ended(path)
      throw error
    })
    if (like) await keepPermissions(file, like)
    return {
      write: async bytes => (await file.write(bytes)).bytesWritten,
      sync: () => file.sync(),
      close: () => file.close(),
    }
  },
  async flush(path, like) {
    const file = await open(path, 'r+')
    try {
      if (like) await keepPermissions(file, like)
      await file.sync()
    } finally {
      await file.close()
    }
  },
  async read(path) {
    try {
      return await openRanges(path)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async rename(from, to) {
    await rename(from, to)
    ended(from)
  },
  async remove(path) {
    await rm(path, { force: true }).catch(error => {
      if (error.code === 'ERR_FS_EISDIR') error.code = 'EISDIR'
      throw error
    })
    ended(path)
  },
  unparted,
  names: folder => readdir(folder).catch(() => []),
  async age(path) {
    const facts = await stat(path).catch(() => undefined)
    return facts === undefined ? -1 : Date.now() - Math.max(facts.mtimeMs, facts.ctimeMs)
  },
  async syncFolder(folder) {
    const handle = await open(folder, 'r').catch(() => undefined) // Windows cannot open folders
    await handle?.sync().catch(() => {})
    await handle?.close()
  },
  async free(folder) {
    const facts = await statfs(folder).catch(() => undefined)
    return facts && facts.bavail * facts.bsize
  },
}

function isMissing(error: unknown): boolean {
  const { cause } = error as WordloomError
  return error instanceof WordloomError && (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
}
