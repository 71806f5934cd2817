import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { WordloomError } from '../errors.js'

/** What can become a file. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Writes a file whole or not at all: into a temporary file beside it, every count of written bytes checked
 * (a full disk can return a short count without an error), flushed, then renamed. Throws `not-written`, and
 * whatever stood under `path` before still stands.
 */
export async function writeWhole(path: string, chunks: Chunks): Promise<void> {
  const target = await realpath(path).catch(() => path) // through a symbolic link, not over it
  const temporary = temporaryName(target)
  try {
    await writeTemporary(temporary, chunks)
    await rename(temporary, target)
    await syncFolder(dirname(target))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw asWriteError(error, path)
  }
}

/**
 * The same where another library writes files by name only: `write` is given the name of a temporary file beside
 * `path`. Throws `not-written`.
 */
export async function writeWholeBy(path: string, write: (temporary: string) => void): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const temporary = temporaryName(target)
  try {
    await (await open(temporary, 'wx')).close() // so that what cannot be written is said in our words
    write(temporary)
    const file = await open(temporary, 'r+')
    await file.sync().finally(() => file.close())
    await rename(temporary, target)
    await syncFolder(dirname(target))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw asWriteError(error, path)
  }
}

/** Fails now, with the sentence that writing to `path` would end in, instead of after an hour's work. */
export async function checkWritable(path: string): Promise<void> {
  const temporary = temporaryName(await realpath(path).catch(() => path))
  try {
    await (await open(temporary, 'wx')).close()
    await rm(temporary)
  } catch (error) {
    throw asWriteError(error, path)
  }
}

/**
 * Removes what a process left that was killed while it wrote `path`. Only where no other process can be writing it,
 * which a lock tells.
 */
export async function removePartials(path: string): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const start = `.${basename(target)}.`
  const names = await readdir(dirname(target)).catch(() => [])
  for (const name of names)
    if (name.startsWith(start) && /^[0-9a-f]{8}\.partial$/.test(name.slice(start.length)))
      await rm(join(dirname(target), name), { force: true }).catch(() => {})
}

function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.partial`)
}

async function writeTemporary(temporary: string, chunks: Chunks): Promise<void> {
  const file = await open(temporary, 'wx')
  try {
    for await (const chunk of chunks) await writeAll(file, chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written, Math.min(chunk.length - written, 1 << 24))
    if (bytesWritten === 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    written += bytesWritten
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined) // Windows cannot open folders
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** A file system error as a sentence. */
export function asWriteError(error: unknown, path: string): unknown {
  if (error instanceof WordloomError || !(error instanceof Error)) return error
  const { code = '' } = error as NodeJS.ErrnoException
  if (!/^E[A-Z]+$/.test(code)) return error
  const reason: Record<string, string> = {
    ENOENT: `the folder ${dirname(path)} does not exist; make it first`,
    ENOTDIR: `${dirname(path)} is not a folder`,
    EACCES: `the folder ${dirname(path)} may not be written to; check its permissions`,
    EROFS: `the folder ${dirname(path)} is read-only`,
    ENOSPC: 'the disk is full; free some space and try again',
    EDQUOT: 'your disk quota is used up; free some space and try again',
    EFBIG: 'the file would pass the largest size allowed here (ulimit -f)',
    EISDIR: 'this is a folder; give a file name',
  }
  const sentence = reason[code] ?? `the system refused (${code})`
  return new WordloomError('not-written', `${path} was not written: ${sentence}`, { cause: error })
}
