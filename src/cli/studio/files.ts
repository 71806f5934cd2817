import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formats } from '../../formats/index.js'
import { WordVectors } from '../../vectors/index.js'

/** A file that is served from where it lies, and not held in memory. */
export interface DiskFile {
  readonly path: string
  readonly size: number
}

/** The files of the studio by their paths beside its page, "/" between folders. */
export type StudioFiles = ReadonlyMap<string, Uint8Array | DiskFile>

/** Vectors that the page is made with: in memory, or a .safetensors file as it lies on the disk. */
export interface StudioVectors {
  /** What the file is called. */
  readonly name: string
  readonly vectors: WordVectors | DiskFile
}

/** Where the page finds the vectors that it was made with; a mark in its HTML says so. */
const PLACES = [
  { path: 'vectors.safetensors', mark: '<meta name="wordloom-vectors" content="">' },
  { path: 'other.safetensors', mark: '<meta name="wordloom-other" content="">' },
]

/** The studio as it was built, with word vectors in it if there are any, and a second model beside them. */
export async function studioFiles(...models: readonly StudioVectors[]): Promise<StudioFiles> {
  const files: Map<string, Uint8Array | DiskFile> = await builtFiles(
    fileURLToPath(new URL('../../studio', import.meta.url)),
  )
  let html = new TextDecoder().decode(files.get('index.html') as Uint8Array)
  models.forEach(({ name, vectors }, i) => {
    const { path, mark } = PLACES[i]!
    const isHeld = vectors instanceof WordVectors
    files.set(path, isHeld ? Buffer.concat([...formats.safetensors.write(vectors)]) : vectors)
    html = withMark(html, mark, path, isHeld ? { name, words: vectors.size } : { name })
  })
  return files.set('index.html', new TextEncoder().encode(html))
}

/** The bytes of a file, wherever they are. */
export async function* contentOf(file: Uint8Array | DiskFile): AsyncGenerator<Uint8Array> {
  if (file instanceof Uint8Array) yield file
  else yield* createReadStream(file.path) // not opened before its turn
}

async function builtFiles(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => `${entry.parentPath}${sep}${entry.name}`)
  const nameOf = (path: string) => relative(folder, path).replaceAll(sep, '/')
  return new Map(
    await Promise.all(paths.map(async path => [nameOf(path), await readFile(path)] as [string, Uint8Array])),
  )
}

/** With how many words there are, if it is known: all of them are wanted then. */
function withMark(
  html: string,
  mark: string,
  path: string,
  { name, words }: { readonly name: string; readonly words?: number },
): string {
  if (!html.includes(mark)) throw new Error(`the page of the studio lacks ${mark}`)
  return html.replace(mark, () =>
    mark.replace(
      'content=""',
      `content="${path}" data-name="${attribute(name)}"${words === undefined ? '' : ` data-words="${words}"`}`,
    ),
  )
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
