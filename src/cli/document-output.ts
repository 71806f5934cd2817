import { WordloomError } from '../errors.js'
import { isStream } from '../files/index.js'
import { type FormatName, formatOfExtension } from '../formats/index.js'
import { learnsDocuments } from '../reference/index.js'
import type { TrainingOptions } from '../training/index.js'
import { shownOutput } from './output-files.js'

/**
 * Where the vectors of documents go: model.documents.safetensors beside model.safetensors, unless said otherwise.
 * Undefined where none are learned. Throws `usage` where they are to be written nevertheless, and where nothing can
 * lie beside the output.
 */
export async function documentsBeside(
  output: string,
  given: string | undefined,
  { architecture }: Pick<TrainingOptions, 'architecture'>,
): Promise<string | undefined> {
  if (!learnsDocuments(architecture)) {
    if (given === undefined) return undefined
    throw new WordloomError(
      'usage',
      `--documents is for an architecture that learns documents, and this one is ${architecture}; take --architecture pv-dm or pv-dbow, or leave --documents out`,
    )
  }
  if (given !== undefined) return given
  if (await isStream(output))
    throw new WordloomError(
      'usage',
      `nothing can lie beside ${shownOutput(output)}; say where the vectors of documents go, with --documents`,
    )
  return output.replace(/(\.[^./\\]+)?(\.gz|\.zst)?$/, '.documents$1$2')
}

/** What their own ending tells, or else what is said of the output. */
export function formatOfDocuments(path: string, format: FormatName | undefined): FormatName | undefined {
  return formatOfExtension(path) ?? format
}
