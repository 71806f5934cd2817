import type { WordVectors } from '../vectors/index.js'
import { fastText } from './fasttext/fasttext.js'
import type { VectorFormat } from './format.js'
import { json, jsonLines } from './json/json.js'
import { npy } from './npy.js'
import { withoutCompression } from './opening/companion.js'
import { parquet } from './parquet/parquet.js'
import { projector } from './projector.js'
import { model2vec } from './safetensors/model2vec.js'
import { safetensors } from './safetensors/safetensors.js'
import { word2vecBinary } from './word2vec/binary.js'
import { glove, word2vecText } from './word2vec/text.js'

/** Every format: to add one is a file and a line here. Text comes last, being told by the least. */
export const formats = {
  safetensors,
  model2vec,
  npy,
  parquet,
  'word2vec-binary': word2vecBinary,
  fasttext: fastText,
  projector,
  glove,
  json,
  'json-lines': jsonLines,
  'word2vec-text': word2vecText,
} as const satisfies Record<string, VectorFormat>

export type FormatName = keyof typeof formats

/**
 * The format that a file name stands for; undefined if its extension is none of ours. Where several formats
 * have it, vectors with sub-words get one that keeps them.
 */
export function formatOfExtension(
  path: string,
  { subwords }: Pick<WordVectors, 'subwords'> = {},
): FormatName | undefined {
  return formatFor(path, subwords !== undefined)
}

export function formatFor(path: string, subwords = false): FormatName | undefined {
  const lower = withoutCompression(path).toLowerCase()
  const fitting = names().filter(name => formats[name].extensions.some(end => lower.endsWith(end)))
  return (subwords ? fitting.find(keepsSubwords) : undefined) ?? fitting[0]
}

/** What vectors lose in a format, as a sentence; undefined if nothing is that anybody would miss. */
export function lostIn(format: FormatName, vectors: Partial<WordVectors>): string | undefined {
  if (vectors.textRules)
    return `${format} has no room for the rules by which this model encodes texts; the file has its tokens and their vectors`
  if (vectors.subwords === undefined || keepsSubwords(format)) return undefined
  const keeping = names().filter(keepsSubwords).join(' and ')
  return `${format} has no room for sub-words, so that words outside the vocabulary have no vectors in the file; ${keeping} keep them`
}

function keepsSubwords(name: FormatName): boolean {
  return Boolean((formats[name] as VectorFormat).keepsSubwords)
}

/** What the ending of a name says, if it names other formats than the one that is written under it. */
export function otherFormatNamed(path: string, format: FormatName): FormatName | undefined {
  const { alsoNamed = [] }: VectorFormat = formats[format]
  const lower = withoutCompression(path).toLowerCase()
  const isUsual = [...formats[format].extensions, ...alsoNamed].some(end => lower.endsWith(end))
  return isUsual ? undefined : formatOfExtension(path)
}

export function names(): FormatName[] {
  return Object.keys(formats) as FormatName[]
}
