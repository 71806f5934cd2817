import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** What stands for more than itself in a segment. */
const DYNAMIC = /[*?[\]{}()!+@|\\]/

/**
 * The paths that a pattern may stand for, segment by segment: `**` is any number of folders, without hidden ones. Links
 * are followed. What a folder gives for the rest of a pattern does not depend on the way there, so each is read once for
 * each rest: folders that link to each other cost no more than others. Paths can be of folders, or come twice.
 */
export async function* globbed(
  pattern: string,
  onUnreadable: (folder: string) => void,
): AsyncGenerator<string> {
  for (const alternative of withoutBraces(pattern)) {
    const isAbsolute = alternative.startsWith('/')
    const segments = alternative.split('/').filter(segment => segment !== '' && segment !== '.')
    if (segments.at(-1) === '**') segments.push('*')
    yield* new Walk(segments, onUnreadable).from(isAbsolute ? '/' : '.', 0)
  }
}

class Walk {
  readonly #segments: readonly string[]
  readonly #onUnreadable: (folder: string) => void
  readonly #seen = new Set<string>() // real folders, each with the segment that it was read for

  constructor(segments: readonly string[], onUnreadable: (folder: string) => void) {
    this.#segments = segments
    this.#onUnreadable = onUnreadable
  }

  async *from(folder: string, at: number): AsyncGenerator<string> {
    const real = await realpath(folder).catch(() => undefined)
    if (real === undefined || this.#seen.has(`${at} ${real}`)) return
    this.#seen.add(`${at} ${real}`)
    const segment = this.#segments[at]!
    const isLast = at + 1 === this.#segments.length
    if (segment === '**') {
      yield* this.from(folder, at + 1)
      for (const name of await this.#folders(folder)) yield* this.from(join(folder, name), at)
      return
    }
    for (const name of await this.#matches(folder, segment))
      if (isLast) yield join(folder, name)
      else yield* this.from(join(folder, name), at + 1)
  }

  /** Folders in a folder, and links, which may lead to one. */
  async #folders(folder: string): Promise<string[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      return entries
        .filter(entry => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
        .map(entry => entry.name)
        .sort()
    } catch (error) {
      // a link can lead to a file, and a folder may be gone by now
      if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
        this.#onUnreadable(folder)
      return []
    }
  }

  async #matches(folder: string, segment: string): Promise<string[]> {
    if (!DYNAMIC.test(segment)) return [segment]
    const { glob } = await import('tinyglobby')
    const options = { cwd: folder, expandDirectories: false, onlyFiles: false, followSymbolicLinks: false }
    const names = await glob(segment, options)
    return names.map(name => name.replace(/\/$/, '')).filter(name => name !== '' && !name.includes('/'))
  }
}

/** A pattern for each way through its braces that have a slash in them; other braces stand in one segment. */
function withoutBraces(pattern: string): string[] {
  const found = /\{([^{}]*\/[^{}]*)\}/.exec(pattern)
  if (!found) return [pattern]
  const [braces, inside] = found
  const [before, after] = [pattern.slice(0, found.index), pattern.slice(found.index + braces.length)]
  return inside!.split(',').flatMap(part => withoutBraces(`${before}${part}${after}`))
}
