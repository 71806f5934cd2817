import { stat } from 'node:fs/promises'
import { openVectorFile, type VectorFile } from '../../formats/index.js'
import type { FilesToServe, ModelSettings } from './models.js'

/** Smaller files are loaded sooner than anybody asks. */
const LARGE = 256 << 20

/**
 * The files whose words can be looked up while all of them are read; undefined for the others. None are if vectors of texts
 * depend on all rows, or words on a limit.
 */
export async function lookedUp(
  { files }: FilesToServe,
  { limit, pooling = 'mean' }: ModelSettings,
): Promise<ReadonlyMap<string, VectorFile | undefined>> {
  const can = limit === undefined && pooling === 'mean'
  const opened = await Promise.all(files.map(({ path }) => (can ? openLarge(path) : undefined)))
  return new Map(files.map(({ name }, i) => [name, opened[i]]))
}

/** What is wrong with a file is told by those who read all of it. */
async function openLarge(path: string): Promise<VectorFile | undefined> {
  try {
    if ((await stat(path)).size < LARGE) return undefined
    const file = await openVectorFile(path)
    if (file.hasIndex) return file
    await file.close()
  } catch {}
  return undefined
}
