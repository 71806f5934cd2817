import { WordloomError } from '../errors.js'
import { isStream } from '../files/index.js'
import { type FormatName, formatOfExtension } from '../formats/index.js'
import { type Architecture, architectureOf, architectures } from '../reference/index.js'
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
  if (!architectureOf(architecture).hasDocuments) {
    if (given === undefined) return undefined
    const learners = architectures.filter((one: Architecture) => one.hasDocuments).map(({ name }) => name)
    throw new WordloomError(
      'usage',
      `--documents is for an architecture that learns documents, and this one is ${architecture}; take --architecture ${learners.join(' or ')}, or leave --documents out`,
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
