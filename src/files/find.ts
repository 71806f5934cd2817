import type { Stats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { WordloomError } from '../errors.js'
import { globbed } from './glob.js'
import { asReadError, REPLACEMENT } from './read.js'
import { looksBinary } from './text.js'

/** A file that can be read. */
export interface FoundFile {
  path: string
  /** Its size in bytes as it lies on the disk; undefined for standard input, pipes and devices. */
  size: number | undefined
}

/** Told of what a folder has that is passed over and might have been meant: not hidden files, nor empty ones. */
export type Skipped = (path: string, reason: string) => void

const NO_TEXT = 'no text'
const NOWHERE = 'a link to nowhere'
const NOT_UTF8 = 'its name is not UTF-8; rename it'
const natural = new Intl.Collator('en', { numeric: true })

/**
 * The files that paths, globs, folders and '-' (standard input) stand for, in the order given; those of one
 * glob or folder in natural order (chapter2 before chapter10). A folder gives its files and those below it,
 * without hidden ones, node_modules, and files that do not look like text; links are followed, each folder
 * once. A name that exists is taken as it is, even with glob characters in it. Throws `no-input` if one
 * stands for nothing.
 */
export async function findFiles(
  paths: string | readonly string[],
  onSkipped: Skipped = () => {},
): Promise<FoundFile[]> {
  const wanted = typeof paths === 'string' ? [paths] : paths
  if (wanted.length === 0)
    throw new WordloomError('no-input', {
      action: 'read a text',
      found: 'no file is named',
      cure: 'name at least one',
    })
  const found: FoundFile[] = []
  for (const path of wanted) found.push(...(await findOne(path, onSkipped)))
  if (found.filter(file => file.path === '-').length > 1)
    throw new WordloomError('usage', {
      action: 'read a text',
      found: "standard input ('-') is named twice, and it can be read only once",
      cure: 'name it once',
    })
  return found
}

async function findOne(path: string, onSkipped: Skipped): Promise<FoundFile[]> {
  if (path === '-') return [{ path, size: undefined }]
  try {
    const facts = await stat(path)
    return facts.isDirectory() ? await findInFolder(path, onSkipped) : [foundFile(path, facts)]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return findByGlob(path, error, onSkipped)
    throw asReadError(error, path)
  }
}

async function findByGlob(pattern: string, noSuchFile: unknown, skip: Skipped): Promise<FoundFile[]> {
  const { isDynamicPattern } = await import('tinyglobby')
  if (!isDynamicPattern(pattern)) throw asReadError(noSuchFile, pattern)
  const paths: string[] = []
  for await (const path of globbed(pattern, folder =>
    skip(folder, 'you are not permitted to read the folder'),
  ))
    paths.push(path)
  const files = new Map<string, FoundFile>() // by real path: links can lead to a file by many ways
  for (const path of paths.sort(compareNaturally)) {
    const facts = await stat(path).catch(() => undefined)
    if (facts === undefined) await skipMissing(path, skip)
    else if (!facts.isDirectory()) {
      const real = await realpath(path)
      if (!files.has(real)) files.set(real, foundFile(path, facts))
    }
  }
  if (files.size > 0) return [...files.values()]
  throw new WordloomError('no-input', {
    place: { file: pattern },
    found: 'no file matches this pattern',
    cure: 'check the pattern and the folder',
  })
}

/** A literal end of a pattern need not be there in every folder; what a folder lists and nobody can open is told. */
async function skipMissing(path: string, skip: Skipped): Promise<void> {
  if (path.includes(REPLACEMENT)) skip(path, NOT_UTF8)
  else if (await lstat(path).catch(() => undefined)) skip(path, NOWHERE)
}

async function findInFolder(folder: string, onSkipped: Skipped): Promise<FoundFile[]> {
  const left = { binary: 0, others: 0 }
  const skip: Skipped = (path, reason) => {
    if (reason === NO_TEXT) left.binary++
    else left.others++
    onSkipped(path, reason)
  }
  const files: FoundFile[] = []
  for await (const file of walk(folder, new Set(), skip)) files.push(file)
  if (files.length > 0) return files
  const reason =
    left.binary > 0
      ? `none of its ${left.binary.toLocaleString('en')} files is text`
      : `every file is ${left.others > 0 ? 'hidden, empty or passed over' : 'hidden or empty'}`
  throw new WordloomError('no-input', {
    place: { file: folder },
    found: `there is no text in this folder (${reason})`,
    cure: 'name another folder',
  })
}

async function* walk(folder: string, seen: Set<string>, skip: Skipped): AsyncGenerator<FoundFile> {
  const real = await realpath(folder)
  if (seen.has(real)) return
  seen.add(real)
  const names = (await readdir(folder).catch(error => Promise.reject(asReadError(error, folder)))).filter(
    isWanted,
  )
  for (const name of names.sort(compareNaturally)) {
    const path = join(folder, name)
    const facts = await stat(path).catch(() => undefined)
    if (facts === undefined) skip(path, name.includes(REPLACEMENT) ? NOT_UTF8 : NOWHERE)
    else if (facts.isDirectory()) yield* walk(path, seen, skip)
    else if (!facts.isFile()) skip(path, 'a socket, pipe or device')
    else if (facts.size === 0) continue
    else if (await looksBinary(path)) skip(path, NO_TEXT)
    else yield foundFile(path, facts)
  }
}

function isWanted(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules'
}

function foundFile(path: string, facts: Stats): FoundFile {
  return { path, size: facts.isFile() ? facts.size : undefined }
}

function compareNaturally(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : Number(a > b))
}
