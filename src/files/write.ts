import { randomUUID } from 'node:crypto'
import { constants, fstatSync } from 'node:fs'
import { access, realpath } from 'node:fs/promises'
import { WordloomError } from '../errors.js'
import { nameBeside, removeLeftovers } from './beside.js'
import type { Chunks, Disk, Place } from './durable.js'
import { findFiles } from './find.js'
import { placeOf } from './place.js'
import { realDisk } from './real-disk.js'
import { type Output, placesOf, writeTogether as writeAllTogether } from './together.js'
import { asWriteError } from './write-error.js'

/**
 * Writes files that belong together, all of them or none; the one that is read first stands last. Throws
 * `not-written`, and whatever stood under their names before still stands.
 */
export function writeTogether(outputs: readonly Output[], disk: Disk = realDisk): Promise<void> {
  return writeAllTogether(outputs, disk)
}

/**
 * Writes a file whole or not at all, and what is no plain file (a device, a pipe, '-' for standard output) as it is.
 * Throws `not-written`, and whatever stood under `path` before still stands.
 */
export function writeWhole(path: string, chunks: Chunks): Promise<void> {
  return writeTogether([{ path, chunks }])
}

/**
 * The same where another library writes files by name only: `write` is given the name of a temporary file beside
 * `path`. Throws `not-written`, also if `path` is no plain file.
 */
export function writeWholeBy(path: string, write: (temporary: string) => void): Promise<void> {
  return writeAllTogether([{ path, write }], realDisk)
}

/** Fails now, with the sentence that writing to `path` would end in, instead of after an hour's work. */
export async function checkWritable(path: string): Promise<Place> {
  return (await checkOutputs([path]))[0]!
}

/**
 * The same for all outputs of some work, and where each goes. Throws `usage` if two are one file, or one is a file
 * that is read: `inputs` are paths, folders and globs.
 */
export async function checkOutputs(
  outputs: readonly string[],
  inputs: readonly string[] = [],
): Promise<Place[]> {
  const places = await placesOf(
    outputs.map(path => ({ path })),
    realDisk,
  )
  const clash = await takenName(outputs, inputs)
  if (clash !== undefined)
    throw new WordloomError('usage', {
      action: `write ${clash}`,
      found: 'it is named twice, to be read and to be written',
      cure: 'give the output a name of its own',
    })
  for (const [i, place] of places.entries())
    await tryToWrite(place).catch(error => {
      throw asWriteError(error, outputs[i]!)
    })
  return places
}

/** The first of these names that is a file to be read or written; `inputs` are paths, folders and globs. */
export async function takenName(
  names: readonly string[],
  inputs: readonly string[],
  outputs: readonly string[] = [],
): Promise<string | undefined> {
  const written = new Set(await Promise.all(outputs.map(fileOf)))
  for (const name of names) {
    const file = await fileOf(name)
    if (file !== undefined && written.has(file)) return name
  }
  return readName(names, inputs)
}

async function fileOf(name: string): Promise<string | undefined> {
  const place = await placeOf(name).catch(() => undefined)
  return place?.kind === 'file' ? place.path : undefined
}

async function readName(names: readonly string[], inputs: readonly string[]): Promise<string | undefined> {
  const present = new Map<string, string>()
  for (const name of names) {
    const place = await placeOf(name).catch(() => undefined)
    if (place?.kind === 'file' && place.present && !present.has(place.path)) present.set(place.path, name)
  }
  if (present.size === 0) return undefined
  for (const input of inputs)
    for (const { path } of await findFiles(input).catch(() => [])) {
      const taken = path === '-' ? undefined : present.get(await realpath(path).catch(() => path)) // a pipe has none
      if (taken !== undefined) return taken
    }
  return undefined
}

async function tryToWrite(place: Place): Promise<void> {
  if (place.kind === 'file') {
    const temporary = nameBeside(place.path, randomUUID().slice(0, 8), 'partial')
    await (await realDisk.create(temporary)).close()
    await realDisk.remove(temporary)
  } else if (place.descriptor !== undefined) fstatSync(place.descriptor)
  else await access(place.path, constants.W_OK).catch(refused)
}

/** Of a device its folder does not matter. */
function refused(error: NodeJS.ErrnoException): never {
  if (error.code === 'EACCES') error.code = 'EPERM'
  throw error
}

/**
 * Removes what a process left that was killed while it wrote these outputs: what was not finished, and, if all of
 * them stand, what stood there before. Only if no other process can be writing them, which a lock tells.
 */
export async function removePartials(paths: readonly string[]): Promise<void> {
  const places = await Promise.all(paths.map(path => placeOf(path).catch(() => undefined)))
  const files = places.filter(place => place?.kind === 'file')
  const areWhole = files.every(({ present }) => present)
  await removeLeftovers(files, areWhole, realDisk, 0)
}
