import { WordloomError } from '../../errors.js'
import { bytesOf, fileOf, type Section } from '../../tensors/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { inChunks } from '../chunks.js'
import { FORMAT, SMALLER_FORMAT } from './file-version.js'
import { matrixSection } from './matrix-section.js'
import { smallerSections } from './smaller-rows.js'
import { buildIndex, SLOT_LENGTH } from './stored-index.js'
import { subwordSections } from './stored-subwords.js'
import { vocabularySections } from './stored-vocabulary.js'

/** The file that keeps all of these vectors, a chunk at a time. */
export function writeSafetensors(vectors: WordVectors): Iterable<Uint8Array<ArrayBuffer>> {
  return inChunks(fileOf(sectionsOf(vectors), metadataOf(vectors)))
}

/** In the order in which they are written. */
function sectionsOf(vectors: WordVectors): Section[] {
  const { vocabulary, matrix, outputVectors, subwords, encoded } = vectors
  const index = buildIndex(vocabulary.arena)
  return [
    ...vocabularySections(vocabulary),
    {
      name: 'vocabulary.index',
      dtype: 'U32',
      shape: [index.length / SLOT_LENGTH, SLOT_LENGTH],
      chunks: [bytesOf(index)],
    },
    ...(encoded
      ? smallerSections(encoded, matrix, 'vectors', 'vectors')
      : [matrixSection('vectors', matrix)]),
    ...(outputVectors ? [matrixSection('output_vectors', outputVectors)] : []),
    ...(subwords ? subwordSections(subwords) : []),
  ]
}

function metadataOf({ metadata, encoded, subwords }: WordVectors): Record<string, string> {
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'string')
      throw new WordloomError('usage', {
        found: `metadata "${key}" is a ${typeof value}`,
        expected: 'a string',
        cure: 'give text, such as JSON',
      })
  return { ...metadata, format: encoded || subwords?.encoded ? SMALLER_FORMAT : FORMAT }
}
