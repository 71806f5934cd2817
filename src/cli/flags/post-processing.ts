import { option, say, WordloomError } from '../../errors.js'
import { allButTheTop, centered, postProcessingOptionTable, type WordVectors } from '../../vectors/index.js'
import { warn } from '../terminal/terminal.js'
import type { FlagsOf } from '../verb/flags.js'

/** What is taken from all vectors. */
export const postProcessingFlags = postProcessingOptionTable

type PostProcessing = FlagsOf<typeof postProcessingFlags>

/** Whether something is to be taken. Throws `usage` if both are. */
export function isPostProcessed({ center, allButTheTop }: PostProcessing): boolean {
  if (center && allButTheTop !== undefined)
    throw new WordloomError('usage', {
      found: say`${option('allButTheTop')} takes the mean too`,
      cure: say`leave ${option('center')} out`,
    })
  return Boolean(center) || allButTheTop !== undefined
}

export function postProcessed(vectors: WordVectors, flags: PostProcessing): WordVectors {
  if (!isPostProcessed(flags)) return vectors
  const processed =
    flags.allButTheTop === undefined ? centered(vectors) : allButTheTop(vectors, flags.allButTheTop)
  for (const warning of processed.warnings) warn(warning)
  return processed
}
