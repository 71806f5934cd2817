import { relative } from 'node:path'
import { WordloomError } from '../../errors.js'
import { acquireLock, asWriteError, type Lock, placeOf, takenName } from '../../files/index.js'
import { companionName } from './companion-name.js'

/**
 * Takes a lock for a file, by whatever links it is named; none for what is no plain file, and cannot be replaced.
 * Throws `usage` if the lock's own name is one of the files at hand.
 */
export async function lockFor(
  { path, work }: { readonly path: string; readonly work: string },
  reads: readonly (string | undefined)[],
  writes: readonly (string | undefined)[],
): Promise<Lock | undefined> {
  const place = await placeOf(path).catch(error => {
    throw asWriteError(error, path)
  })
  if (place.kind !== 'file') return undefined
  const near = relative('.', place.path)
  const name = companionName(near.startsWith('..') ? place.path : near, '.lock')
  const given = (paths: readonly (string | undefined)[]) => paths.filter(one => one !== undefined)
  if ((await takenName([name], given(reads), given(writes))) !== undefined)
    throw new WordloomError('usage', {
      action: `write ${path}`,
      found: `${name}, the name of its lock, is one of the files given`,
      cure: 'give the output another name',
    })
  return acquireLock(name, work)
}
