import { ByteReader } from '../../tensors/index.js'
import { readJson } from './json-file.js'
import { entriesOf, entryOf, UnknownRule } from './rules.js'

/**
 * Whether vectors of texts get length 1: model2vec's config.json says it in `normalize`, and sentence-transformers'
 * modules.json, beside the folder of the embedding or in it, names a module for it. Without these files they do not.
 * Throws `UnknownRule` for modules that do more, and `bad-data`.
 */
export async function hasLengthOneIn(reader: ByteReader, isModel2vec: boolean): Promise<boolean> {
  if (isModel2vec) return entryOf(await jsonBeside(reader, 'config.json'))?.normalize === true
  const modules = (await jsonBeside(reader, 'modules.json')) ?? (await jsonBeside(reader, '../modules.json'))
  const kinds = entriesOf(modules).map(({ type }) => String(type).split('.').at(-1)!)
  const other = kinds.find(kind => kind !== 'StaticEmbedding' && kind !== 'Normalize')
  if (other !== undefined) throw new UnknownRule('module', { type: other })
  return kinds.includes('Normalize')
}

async function jsonBeside(reader: ByteReader, name: string): Promise<unknown> {
  const source = await reader.beside?.(name)
  if (!source) return undefined
  const beside = new ByteReader(source)
  try {
    return await readJson(beside)
  } finally {
    await beside.close()
  }
}
