import { WordloomError } from '../../errors.js'
import { architectureOf } from '../../reference/index.js'
import { completeOptions, type TrainingOptions } from '../options/options.js'
import type { Start } from './start.js'

/**
 * Options as they hold together: what is not given follows from what is. Throws `usage` where two of them are at odds.
 */
export function optionsTogether(given: Partial<TrainingOptions>): TrainingOptions {
  const options = completeOptions(given)
  refuseIdle(options, given)
  refuseOddSubwords(options)
  return { ...options, learningRate: given.learningRate ?? architectureOf(options.architecture).learningRate }
}

function refuseIdle({ subwords }: TrainingOptions, given: Partial<TrainingOptions>): void {
  const idle = (['minNgram', 'maxNgram', 'buckets'] as const).find(name => given[name] !== undefined)
  if (!subwords && idle !== undefined)
    throw new WordloomError('usage', `${idle} is given, and training is without sub-words; add subwords`)
}

function refuseOddSubwords({ subwords, minNgram, maxNgram, bag, architecture }: TrainingOptions): void {
  if (!subwords) return
  if (minNgram > maxNgram)
    throw new WordloomError(
      'usage',
      `minNgram is ${minNgram} and maxNgram ${maxNgram}; the longest sub-words cannot be shorter than the shortest`,
    )
  if (bag === 'sum')
    throw new WordloomError(
      'usage',
      'bag is sum, and words with sub-words are means of vectors; leave bag out',
    )
  if (architectureOf(architecture).hasDocuments)
    throw new WordloomError(
      'usage',
      `subwords are for words alone, and architecture is ${architecture}; leave one of them out`,
    )
}

/** What options and the rest of a call do not do together. Throws `usage`. */
export function refuseTogether(
  { architecture, subwords }: TrainingOptions,
  start: Start | undefined,
  hasPhrases: boolean,
): void {
  const { hasDocuments } = architectureOf(architecture)
  const other = hasDocuments ? architecture : start?.continues ? 'continue' : undefined
  if (hasPhrases && other !== undefined)
    throw new WordloomError(
      'usage',
      `phrases cannot be joined while training with ${other}; write the joined text first (wordloom phrases TEXT -o joined.txt)`,
    )
  if (start && (subwords || (start.continues && start.vectors.subwords)))
    throw new WordloomError(
      'usage',
      'words with sub-words cannot start from given vectors, which are means of many rows; train anew, or without subwords from vectors that have none',
    )
}
