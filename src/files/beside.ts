import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { Disk, FilePlace } from './durable.js'

/** Of a name in a temporary one, in bytes: with the rest under 143, the least that any usual file system takes. */
const LONGEST_STEM = 100
/** A process that still writes after so many milliseconds has changed its file meanwhile. */
const LEFT_BEHIND = 3_600_000

type Kind = 'partial' | 'before'

/** The name of a file beside `target` that is not finished, or no longer what stands there. */
export function nameBeside(target: string, id: string, kind: Kind): string {
  return join(dirname(target), `.${stemOf(target)}.${id}.${kind}`)
}

/**
 * Removes what a process left that was killed while it wrote these files, unless it was changed less than `age`
 * milliseconds ago: what was not finished, and, if all of the files stand, what stood there before.
 */
export async function removeLeftovers(
  files: readonly FilePlace[],
  areWhole: boolean,
  disk: Disk,
  age = LEFT_BEHIND,
): Promise<void> {
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const starts = files.filter(({ path }) => dirname(path) === folder).map(({ path }) => `.${stemOf(path)}.`)
    for (const name of await disk.names(folder)) {
      const start = starts.find(start => name.startsWith(start))
      const kind = start && /^[0-9a-f]{8}\.(partial|before)$/.exec(name.slice(start.length))?.[1]
      if (kind === undefined || (kind === 'before' && !areWhole)) continue
      const path = join(folder, name)
      if ((await disk.age(path)) >= age) await disk.remove(path).catch(() => {})
    }
  }
}

/** The name itself, or the beginning of a long one and a digest of all of it. */
function stemOf(target: string): string {
  const name = basename(target)
  const bytes = Buffer.from(name)
  if (bytes.length <= LONGEST_STEM) return name
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return `${bytes.subarray(0, LONGEST_STEM / 2).toString()}~${digest}`
}
