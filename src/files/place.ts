import { lstat, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { WordloomError } from '../errors.js'
import type { Place } from './durable.js'

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40

/**
 * Where bytes go that are written under a name. Links are followed, also to a file that is not there yet. Standard
 * output is '-', /dev/stdout, or a link to that. Throws EISDIR for a folder, ELOOP for links in a circle, and
 * `not-written` for a link into a folder that does not exist.
 */
export async function placeOf(path: string): Promise<Place> {
  if (path === '-') return { kind: 'stream', path, descriptor: 1 }
  let name = resolve(path)
  for (let links = 0; links <= MOST_LINKS; links++) {
    name = join(await folderOf(name, path, links), basename(name))
    const descriptor = ownDescriptor(name)
    if (descriptor !== undefined) return { kind: 'stream', path, descriptor }
    const facts = await lstat(name).catch(missing)
    if (facts === undefined) return { kind: 'file', path: name, present: undefined }
    if (facts.isDirectory()) throw systemError('EISDIR')
    if (facts.isFile()) return { kind: 'file', path: name, present: facts }
    if (!facts.isSymbolicLink() || (await leadsToStream(name)))
      return { kind: 'stream', path: name, descriptor: undefined }
    name = resolve(dirname(name), await readlink(name))
  }
  throw systemError('ELOOP')
}

/** Whether what is written under this name goes into a device, a pipe or standard output. */
export async function isStream(path: string): Promise<boolean> {
  const place = await placeOf(path).catch(() => undefined) // the writer reports what is wrong
  return place?.kind === 'stream'
}

async function folderOf(name: string, given: string, links: number): Promise<string> {
  try {
    return await realpath(dirname(name))
  } catch (error) {
    if (links === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new WordloomError(
      'not-written',
      {
        place: { file: given },
        found: `it is a link to ${name}, and the folder ${dirname(name)} does not exist`,
        cure: 'make the folder first',
      },
      { cause: error },
    )
  }
}

/** What /dev/fd and /dev/stdout lead to; a new file in its place would never reach who reads from it. */
function ownDescriptor(name: string): number | undefined {
  const [, owner, number] = /^(?:\/proc\/(\d+)(?:\/task\/\d+)?|\/dev)\/fd\/(\d+)$/.exec(name) ?? []
  const isOurs = owner === undefined || owner === String(process.pid)
  return number !== undefined && isOurs ? Number(number) : undefined
}

/** The link of an open pipe of another process names no path that could be followed. */
async function leadsToStream(link: string): Promise<boolean> {
  if (!link.startsWith('/proc/')) return false
  const facts = await stat(link).catch(() => undefined)
  return facts !== undefined && !facts.isFile() && !facts.isDirectory()
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}
