import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { WordloomError } from '../../errors.js'
import type { SearchKind } from '../../search/index.js'
import type { ModelToServe } from '../../server/index.js'
import type { TokenizerName } from '../../text/index.js'
import type { SentencePooling } from '../../vectors/index.js'
import { eachLineOf } from '../files/lines.js'
import { openVectors } from '../files/open-vectors.js'

/** A file and what requests call it. */
export interface NamedFile {
  readonly name: string
  readonly path: string
}

/** How all files of a line are opened. */
export interface ModelSettings {
  readonly limit?: number | undefined
  readonly pooling?: SentencePooling | undefined
  readonly commonFrom?: string | undefined
  readonly tokenizer?: TokenizerName | undefined
  readonly search?: SearchKind | undefined
  readonly threads?: number | undefined
}

/** A digest takes a second for so many bytes; larger files are told apart by their time alone. */
const MOST_DIGESTED = 512 << 20

/** `en=b.vec`, or `b.vec`, which is called b. Throws `usage` for names that two have. */
export function namedFiles(given: readonly string[]): NamedFile[] {
  const files = given.map(text => {
    const [, name, path] = /^([\w.:/ -]+)=(.+)$/s.exec(text) ?? []
    return name === undefined || existsSync(text) ? { name: nameOf(text), path: text } : { name, path: path! }
  })
  const twice = files.find(({ name }, i) => files.findIndex(other => other.name === name) < i)
  if (twice === undefined) return files
  throw new WordloomError('usage', {
    action: 'serve',
    found: `two files are called ${twice.name}`,
    cure: `give one of them another name: other=${twice.path}`,
  })
}

/** Reads the files. What the readers had to overlook is told on standard error. */
export async function modelsOf(
  files: readonly NamedFile[],
  settings: ModelSettings,
): Promise<ModelToServe[]> {
  const { limit, commonFrom, ...rest } = settings
  const lines = commonFrom === undefined ? undefined : await linesOf(commonFrom)
  const models: ModelToServe[] = []
  for (const { name, path } of files) {
    const { created, digest } = await factsOf(path)
    const vectors = await openVectors(path, limit === undefined ? {} : { limit })
    models.push({ name, vectors, created, digest, ...given(rest), ...(lines && { commonFrom: lines }) })
  }
  return models
}

function nameOf(path: string): string {
  const name = basename(path).replace(/\.(gz|zst)$/i, '')
  return name.replace(/(?<=.)\.\w+$/, '') || 'model'
}

function given<Settings extends object>(
  settings: Settings,
): { [Name in keyof Settings]: Exclude<Settings[Name], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as never
}

async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = []
  await eachLineOf(path, 'bytes', line => void (line.trim() !== '' && lines.push(line)))
  if (lines.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'no text is in it',
      expected: 'texts, one a line',
    })
  return lines
}

/** When a file was written, and its SHA-256 if that is quick. */
async function factsOf(path: string): Promise<{ readonly created?: number; readonly digest?: string }> {
  const facts = await stat(path).catch(() => undefined)
  if (!facts?.isFile()) return {}
  const created = Math.floor(facts.mtimeMs / 1000)
  if (facts.size > MOST_DIGESTED) return { created }
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { created, digest: hash.digest('hex') }
}
