import type { Command } from 'commander'
import { WordloomError } from '../errors.js'
import { allButTheTop, centered, type WordVectors } from '../vectors/index.js'
import { warn } from './terminal.js'
import { positive } from './values.js'

/** What is taken from all vectors. */
export interface PostProcessingFlags {
  readonly center?: true
  readonly allButTheTop?: number
}

export function addPostProcessingFlags(command: Command): Command {
  return command
    .option('--center', 'take the mean from all vectors')
    .option('--all-but-the-top <k>', 'the mean, and the k directions of greatest variance', positive)
}

/** Whether something is to be taken. Throws `usage` where both are. */
export function isPostProcessed({ center, allButTheTop }: PostProcessingFlags): boolean {
  if (center && allButTheTop !== undefined)
    throw new WordloomError('usage', '--all-but-the-top takes the mean too; leave --center out')
  return Boolean(center) || allButTheTop !== undefined
}

export function postProcessed(vectors: WordVectors, flags: PostProcessingFlags): WordVectors {
  if (!isPostProcessed(flags)) return vectors
  if (vectors.subwords)
    warn('the vectors of sub-words are left out, since they were not moved with the words')
  return flags.allButTheTop === undefined ? centered(vectors) : allButTheTop(vectors, flags.allButTheTop)
}
