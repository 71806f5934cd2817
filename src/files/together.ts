import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { WordloomError } from '../errors.js'
import { nameBeside, removeLeftovers } from './beside.js'
import {
  type Chunks,
  type Disk,
  type FilePlace,
  type NewFile,
  type Permissions,
  type Place,
  type StreamPlace,
  writeAll,
} from './durable.js'
import { PRIVATE } from './permissions.js'
import { asWriteError } from './write-error.js'

/** A file to be written: its name and its bytes. */
export interface Output {
  readonly path: string
  readonly chunks: Chunks
}

/** A file that another library writes, which is told a name. */
export interface NamedOutput {
  readonly path: string
  readonly write: (temporary: string) => void
}

/** A file whose bytes lie beside its place. */
interface Prepared {
  readonly place: FilePlace
  readonly temporary: string
  /** Where the file of before lies, while the others take their places. */
  readonly before: string
}

/**
 * Writes files that belong together, all of them or none. What is read first stands last: the rows behind their words.
 *
 * Each is written beside its place, every count of written bytes checked (a full disk can return a short count without
 * an error), and flushed. Only then are they renamed. One file takes its place in one step. Of several, those of before
 * are first put aside, the last one first, so that at no moment an old and a new one stand side by side: killed in
 * between, a reader finds a file missing, not the words of one model on the rows of another. What is no plain file is
 * written into, once all others are flushed. Throws `not-written`; whatever stood there before then still stands. What
 * killed processes left beside these files goes: before others are written where all of them stand, else afterwards.
 */
export async function writeTogether(outputs: readonly (Output | NamedOutput)[], disk: Disk): Promise<void> {
  const id = randomUUID().slice(0, 8)
  const places = await placesOf(outputs, disk)
  const files = places.filter(place => place.kind === 'file')
  const areWhole = files.every(({ present }) => present)
  if (areWhole) await removeLeftovers(files, areWhole, disk)
  const prepared: Prepared[] = []
  try {
    for (const [i, place] of places.entries())
      if (place.kind === 'file') prepared.push(await prepare(outputs[i]!, place, id, disk))
    for (const [i, place] of places.entries())
      if (place.kind === 'stream') await fillStream(place, outputs[i]!, disk)
    await disk.unparted(() => takePlaces(prepared, disk))
  } catch (error) {
    for (const { temporary } of prepared) await disk.remove(temporary).catch(() => {})
    throw error
  }
  if (!areWhole) await removeLeftovers(files, true, disk)
}

/** Where outputs go. Throws `not-written` if one cannot be, `usage` if two are one. */
export async function placesOf(outputs: readonly { path: string }[], disk: Disk): Promise<Place[]> {
  const places: Place[] = []
  const taken = new Set<string>()
  for (const { path } of outputs) {
    const place = await disk.place(path).catch(error => {
      throw asWriteError(error, path)
    })
    const name = place.kind === 'file' ? place.path : place.descriptor
    if (name !== undefined && taken.has(`${name}`))
      throw new WordloomError('usage', {
        action: `write ${path}`,
        found: 'it is named twice',
        cure: 'give every output a name of its own',
      })
    if (name !== undefined) taken.add(`${name}`)
    places.push(place)
  }
  return places
}

async function prepare(
  output: Output | NamedOutput,
  place: FilePlace,
  id: string,
  disk: Disk,
): Promise<Prepared> {
  const temporary = nameBeside(place.path, id, 'partial')
  try {
    if ('write' in output) await writtenByName(output, temporary, place.present, disk)
    else await filled(await disk.create(temporary, place.present), output.chunks)
  } catch (error) {
    await disk.remove(temporary).catch(() => {})
    throw asWriteError(error, output.path)
  }
  return { place, temporary, before: nameBeside(place.path, id, 'before') }
}

/** Created first, so that what cannot be written is said in our words; for its owner alone until it is whole. */
async function writtenByName(
  { write }: NamedOutput,
  temporary: string,
  present: Permissions | undefined,
  disk: Disk,
): Promise<void> {
  await (await disk.create(temporary, present && { ...present, mode: PRIVATE })).close()
  write(temporary)
  await disk.flush(temporary, present)
}

async function fillStream(place: StreamPlace, output: Output | NamedOutput, disk: Disk): Promise<void> {
  if ('write' in output) throw noPlainFile(output.path)
  try {
    await filled(await disk.openStream(place), output.chunks)
  } catch (error) {
    throw asWriteError(error, output.path)
  }
}

async function filled(file: NewFile, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) await writeAll(file, chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function takePlaces(files: readonly Prepared[], disk: Disk): Promise<void> {
  const aside: Prepared[] = []
  const placed: Prepared[] = []
  try {
    if (files.length > 1)
      for (const file of files.toReversed())
        if (file.place.present && (await putAside(file, disk))) aside.unshift(file)
    for (const file of files) {
      await putInPlace(file, disk)
      placed.unshift(file)
    }
  } catch (error) {
    await putBack(aside, placed, disk)
    throw error
  }
  for (const folder of new Set(files.map(({ place }) => dirname(place.path)))) await disk.syncFolder(folder)
  for (const { before } of aside) await disk.remove(before).catch(() => {})
}

/** False if somebody removed it meanwhile. */
async function putAside(file: Prepared, disk: Disk): Promise<boolean> {
  try {
    await disk.rename(file.place.path, file.before)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw asWriteError(error, file.place.path)
  }
}

async function putInPlace({ temporary, place }: Prepared, disk: Disk): Promise<void> {
  try {
    await disk.rename(temporary, place.path)
  } catch (error) {
    throw asWriteError(error, place.path)
  }
}

/** The new ones go before the old ones come. */
async function putBack(aside: readonly Prepared[], placed: readonly Prepared[], disk: Disk): Promise<void> {
  for (const { place } of placed) await disk.remove(place.path).catch(() => {})
  for (const { place, before } of aside) await disk.rename(before, place.path).catch(() => {})
}

function noPlainFile(path: string): WordloomError {
  return new WordloomError('usage', {
    action: `write ${path}`,
    found: 'it is not a plain file',
    expected: 'a plain file, which can be replaced when all is written',
    cure: 'give a file name',
  })
}
