import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isClassifierFile, loadClassifier } from '../../classification/index.js'
import { option, say, WordloomError } from '../../errors.js'
import { openDocuments, type Retrieval } from '../../retrieval/index.js'
import type { SearchKind } from '../../search/index.js'
import type { AnyModelToServe } from '../../server/index.js'
import type { TokenizerName } from '../../text/index.js'
import type { SentencePooling, WordVectors } from '../../vectors/index.js'
import { eachLineOf } from '../files/lines.js'
import { openVectors } from '../files/open-vectors.js'
import { warn } from '../terminal/terminal.js'

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

/** What is served: vectors, and the documents of some of them. */
export interface FilesToServe {
  readonly files: readonly NamedFile[]
  /** Each with the name of its model. */
  readonly documents: readonly NamedFile[]
}

const NAMED = /^([\w.:/ -]+)=(.+)$/s

/** A digest takes a second for so many bytes; larger files are told apart by their time alone. */
const MOST_DIGESTED = 512 << 20

/** `en=b.vec`, or `b.vec`, which is called b. Throws `usage` for names that two have. */
export function namedFiles(given: readonly string[]): NamedFile[] {
  const files = given.map(text => {
    const [, name, path] = NAMED.exec(text) ?? []
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

/** A file of documents, with the model that searches them: `en=faq.jsonl`, or `faq.jsonl` for the first model. */
export function documentFiles(given: readonly string[], models: readonly NamedFile[]): NamedFile[] {
  const files = given.map(text => {
    const [, name, path] = NAMED.exec(text) ?? []
    if (name === undefined || existsSync(text)) return { name: models[0]!.name, path: text }
    if (!models.some(model => model.name === name)) throw noModel(text, name, models)
    return { name, path: path! }
  })
  const twice = files.find(({ name }, i) => files.findIndex(other => other.name === name) < i)
  if (twice === undefined) return files
  throw new WordloomError('usage', {
    action: 'serve',
    found: `the model ${twice.name} has two files of documents`,
    expected: 'one for each model, as name=file',
  })
}

/** Reads the files. What the readers had to overlook is told on standard error. */
export async function modelsOf(
  { files, documents }: FilesToServe,
  settings: ModelSettings,
): Promise<AnyModelToServe[]> {
  const { limit, commonFrom, pooling, tokenizer, search, threads } = settings
  const lines = commonFrom === undefined ? undefined : await linesOf(commonFrom)
  const models: AnyModelToServe[] = []
  for (const { name, path } of files) {
    const { created, digest } = await factsOf(path)
    const own = documents.find(one => one.name === name)
    if (await isClassifierFile(path)) {
      if (own) throw withoutVectors(own, name)
      models.push({ name, classifier: await loadClassifier(path), created, digest })
      continue
    }
    const vectors = await openVectors(path, limit === undefined ? {} : { limit })
    models.push({
      name,
      vectors,
      created,
      digest,
      ...given({ pooling, tokenizer, search, threads }),
      ...(lines && { commonFrom: lines }),
      ...(own && { documents: await documentsOf(own.path, vectors, tokenizer) }),
    })
  }
  return models
}

function withoutVectors({ path }: NamedFile, name: string): WordloomError {
  return new WordloomError('usage', {
    action: 'serve',
    found: `${path} is to be searched with ${name}, which is a classifier`,
    expected: say`word vectors before the = of ${option('documents')}`,
  })
}

async function documentsOf(
  path: string,
  vectors: WordVectors,
  tokenizer: TokenizerName | undefined,
): Promise<Retrieval> {
  const documents = await openDocuments(path, vectors, tokenizer === undefined ? {} : { tokenizer })
  for (const warning of documents.warnings) warn(`${path}: ${warning}`)
  return documents
}

function noModel(text: string, name: string, models: readonly NamedFile[]): WordloomError {
  return new WordloomError('usage', {
    action: 'serve',
    found: say`${option('documents')} is "${text}", and no model is called ${name}`,
    expected: `a file, or ${models.length > 1 ? 'one of ' : ''}${models.map(model => model.name).join(', ')} before the =`,
  })
}

/** Every model of a hub is called model.safetensors, in a folder with its name. */
const OF_A_FOLDER = 'model.safetensors'

function nameOf(path: string): string {
  if (basename(path) === OF_A_FOLDER) return basename(dirname(resolve(path))) || 'model'
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
