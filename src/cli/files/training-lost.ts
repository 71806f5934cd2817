import { type FormatName, formats, type VectorFormat } from '../../formats/index.js'
import type { WordVectors } from '../../vectors/index.js'

/** What a format has no room for of what only training needs, as a sentence: output vectors and counts. */
export function trainingLostIn(
  format: FormatName,
  { outputVectors, vocabulary }: Pick<WordVectors, 'outputVectors' | 'vocabulary'>,
): string | undefined {
  const lost = [...(vocabulary.tokens > 0 ? ['counts'] : []), ...(outputVectors ? ['output vectors'] : [])]
  if (lost.length === 0 || (formats[format] as VectorFormat).keepsTraining) return undefined
  const use = outputVectors ? ', from which predict and infer work' : ''
  return `${format} has no room for ${lost.join(' and ')}; safetensors keeps them${use}`
}
