import { readdir, readFile } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formats } from '../formats/index.js'
import type { WordVectors } from '../vectors/index.js'

/** The files of the studio by their paths beside its page, "/" between folders. */
export type StudioFiles = ReadonlyMap<string, Uint8Array>

/** Where the page finds the vectors that it was made with, and the place of its HTML that says so. */
const VECTORS = 'vectors.safetensors'
const MARK = '<meta name="wordloom-vectors" content="">'

/** The studio as it was built, with word vectors in it if there are any. */
export async function studioFiles(vectors?: WordVectors): Promise<StudioFiles> {
  const files = await builtFiles(fileURLToPath(new URL('../studio', import.meta.url)))
  if (vectors) {
    files.set(VECTORS, Buffer.concat([...formats.safetensors.write(vectors)]))
    files.set('index.html', withVectors(files.get('index.html')))
  }
  return files
}

async function builtFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => `${entry.parentPath}${sep}${entry.name}`)
  const nameOf = (path: string) => relative(folder, path).replaceAll(sep, '/')
  return new Map(
    await Promise.all(paths.map(async path => [nameOf(path), await readFile(path)] as [string, Uint8Array])),
  )
}

function withVectors(page: Uint8Array | undefined): Uint8Array {
  const html = new TextDecoder().decode(page)
  if (!html.includes(MARK)) throw new Error(`the page of the studio lacks ${MARK}`)
  return new TextEncoder().encode(html.replace(MARK, MARK.replace('""', `"${VECTORS}"`)))
}
