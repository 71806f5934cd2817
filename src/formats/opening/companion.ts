import { ByteReader } from '../../tensors/index.js'

const COMPRESSION = /\.(gz|zst)$/i

/** The name without its last extension and that of a compression around it. */
export function stemOf(name: string): string {
  return name.replace(COMPRESSION, '').replace(/\.[^./\\]*$/, '')
}

export function withoutCompression(name: string): string {
  return name.replace(COMPRESSION, '')
}

/** What follows the folder in a path. */
export function baseName(path: string): string {
  return path.slice(folderOf(path).length)
}

/** The folder in a path, with its last slash; '' if it names none. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/**
 * The first of these files that lies beside the one being read. Throws `bad-data` if none does; `purpose`
 * is what it would hold, as a noun phrase.
 */
export async function openCompanion(
  reader: ByteReader,
  names: readonly string[],
  purpose: string,
): Promise<ByteReader> {
  for (const name of names) {
    const source = await reader.beside?.(name)
    if (source) return new ByteReader(source)
  }
  throw reader.error({
    found: `there is no ${names.join(' or ')} beside it`,
    expected: purpose,
    cure: 'put the file into the same folder',
  })
}
