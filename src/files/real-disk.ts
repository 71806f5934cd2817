import { open, rename, rm, statfs } from 'node:fs/promises'
import { WordloomError } from '../errors.js'
import type { Disk } from './durable.js'
import { openRanges } from './open-ranges.js'
import { keepPermissions, PRIVATE } from './permissions.js'
import { placeOf } from './place.js'
import { openStream } from './stream-file.js'

/** The disk of this machine. */
export const realDisk: Disk = {
  place: placeOf,
  openStream,
  async create(path, like) {
    const file = await open(path, 'wx', like && PRIVATE)
    if (like) await keepPermissions(file, like)
    return {
      write: async bytes => (await file.write(bytes)).bytesWritten,
      sync: () => file.sync(),
      close: () => file.close(),
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
  rename,
  remove: path => rm(path, { force: true }),
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
