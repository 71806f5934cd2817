import { option, say, WordloomError } from '../../../errors.js'
import { isStream } from '../../../files/index.js'
import { type FormatName, formatOfExtension } from '../../../formats/index.js'
import { type Architecture, architectureOf, architectures } from '../../../reference/index.js'
import type { TrainingOptions } from '../../../training/index.js'
import { shownOutput } from '../../files/output-files.js'

/**
 * Where the vectors of documents go: model.documents.safetensors beside model.safetensors, unless another place is
 * given. Undefined if none are learned. Throws `usage` if a place is given nevertheless, and if nothing can lie beside
 * the output.
 */
export async function documentsBeside(
  output: string,
  given: string | undefined,
  { architecture }: Pick<TrainingOptions, 'architecture'>,
): Promise<string | undefined> {
  if (!architectureOf(architecture).hasDocuments) {
    if (given !== undefined) throw withoutDocuments(architecture)
    return undefined
  }
  if (given !== undefined) return given
  if (await isStream(output))
    throw new WordloomError('usage', {
      found: `nothing can lie beside ${shownOutput(output)}`,
      cure: say`name a place for the vectors of documents with ${option('documents')}`,
    })
  return output.replace(/(\.[^./\\]+)?(\.gz|\.zst)?$/, '.documents$1$2')
}

/** The format that their own ending names, or else the one given for the output. */
export function formatOfDocuments(path: string, format: FormatName | undefined): FormatName | undefined {
  return formatOfExtension(path) ?? format
}

function withoutDocuments(architecture: string): WordloomError {
  const learners = architectures.filter((one: Architecture) => one.hasDocuments).map(({ name }) => name)
  return new WordloomError('usage', {
    found: say`${option('documents')} is for an architecture that learns documents, and ${option('architecture')} is ${architecture}`,
    cure: say`take ${option('architecture', learners.join(' or '))}, or leave ${option('documents')} out`,
  })
}
