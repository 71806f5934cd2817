import type { FileHandle } from 'node:fs/promises'
import type { Permissions } from './durable.js'

/** For its owner alone, until the owner is known. */
export const PRIVATE = 0o600

const ALL = 0o777
const GROUP = 0o070

/** Gives a new file the owner and the mode of the file that it will replace, as far as the system lets us. */
export async function keepPermissions(file: FileHandle, { mode, uid, gid }: Permissions): Promise<void> {
  const own = await file.stat()
  if (own.uid !== uid) await file.chown(uid, own.gid).catch(() => {})
  if (own.gid !== gid) await file.chown((await file.stat()).uid, gid).catch(() => {})
  const isSameGroup = (await file.stat()).gid === gid
  await file.chmod(mode & (isSameGroup ? ALL : ALL & ~GROUP)).catch(() => {}) // not on every file system
}
