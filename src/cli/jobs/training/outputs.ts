import { join } from 'node:path'
import { type Output, writeTogether } from '../../../files/index.js'
import { filesOf, formatOfOutput, save } from '../../../formats/index.js'
import type { MapOptions } from '../../../map/index.js'
import { vocabularyFile } from '../../../text/index.js'
import type { Model } from '../../../training/index.js'
import type { WordVectors } from '../../../vectors/index.js'
import { drawnMap, type MapWords } from '../../files/map-file.js'
import { tellLost } from '../../files/open-vectors.js'
import type { TrainFlags } from '../../flags/train.js'
import { grouped } from '../../terminal/figures.js'
import { formatOfDocuments } from './document-output.js'
import type { TrainingJob } from './job.js'
import { rescue } from './rescue.js'

const MAP_WORDS = 300

type Words = MapWords & { readonly tokens: number }

/** Writes all of them or none; the vectors take their place last. */
export async function writeOutputs(model: Model, flags: TrainingJob['flags'], words: Words): Promise<void> {
  const { output, format, documents, saveVocabulary: list, map } = flags
  const wanted = format && { format }
  tellLost(await formatOfOutput(output, { ...wanted, vectors: model.vectors }), model.vectors)
  const drawn = map === undefined ? undefined : await drawnOrNot(model, map, words)
  try {
    await writeTogether([
      ...(drawn?.outputs ?? []),
      ...(list === undefined ? [] : [vocabularyFile(model.vocabulary, list)]),
      ...(model.documents && documents !== undefined
        ? await documentFiles(model.documents, documents, flags)
        : []),
      ...(await filesOf(model.vectors, output, wanted)),
    ])
  } catch (error) {
    await rescue(error, folder => saveIn(folder, model))
  }
  if (drawn?.error !== undefined) throw drawn.error
}

/** A map that cannot be drawn costs no vectors: the error is reported once they are written. */
async function drawnOrNot(
  model: Model,
  path: string,
  words: Words,
): Promise<{ outputs: Output[]; error?: unknown }> {
  try {
    return { outputs: [(await drawnMap(model.vectors, path, mapOptions(model, words))).output] }
  } catch (error) {
    return { outputs: [], error }
  }
}

function mapOptions({ vectors }: Model, { title, highlight, tokens }: Words): MapOptions {
  const drawn = Math.min(MAP_WORDS, vectors.size)
  return {
    words: drawn,
    subtitle: `learned from ${grouped(tokens)} words of text; ${drawn} of ${grouped(vectors.size)} drawn`,
    ...(title !== undefined && { title }),
    ...(highlight && { highlight: highlight.filter(word => vectors.has(word)) }),
  }
}

function documentFiles(
  documents: WordVectors,
  path: string,
  flags: Pick<TrainFlags, 'format'>,
): Promise<Output[]> {
  const format = formatOfDocuments(path, flags.format)
  return filesOf(documents, path, format && { format })
}

/** Writes them into the folder, and tells where they are. */
async function saveIn(folder: string, { vectors, documents }: Model): Promise<string> {
  const path = join(folder, 'vectors.safetensors')
  await save(vectors, path)
  if (documents === undefined) return `the vectors are safe in ${path}`
  const others = join(folder, 'documents.safetensors')
  await save(documents, others)
  return `the vectors are safe in ${path}, those of documents in ${others}`
}
