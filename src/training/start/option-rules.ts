import { option, say, WordloomError } from '../../errors.js'
import { architectureOf } from '../../reference/index.js'
import { completeOptions, type TrainingOptions } from '../options/options.js'
import { refuseIdle } from './idle-options.js'
import type { Start } from './start.js'

/**
 * Options as they hold together: what is not given follows from what is. Throws `usage` if two of them are at odds,
 * or one of those that the call itself gives, `chosen`, has no effect beside the others.
 */
export function optionsTogether(
  given: Partial<TrainingOptions>,
  chosen: Partial<TrainingOptions>,
): TrainingOptions {
  const options = completeOptions(given)
  refuseOddSubwords(options)
  refuseIdle(options, chosen)
  const learningRate = given.learningRate ?? architectureOf(options.architecture).learningRate
  refuseRisingRate(learningRate, options.minLearningRate)
  return { ...options, learningRate }
}

/** Steps grow smaller from the first to the last. */
function refuseRisingRate(first: number, last: number): void {
  if (last <= first) return
  throw new WordloomError('usage', {
    action: 'train',
    found: say`${option('minLearningRate')} is ${last} and ${option('learningRate')} is ${first}`,
    expected: 'last steps that are no larger than the first ones',
  })
}

function refuseOddSubwords({ subwords, minNgram, maxNgram, bag, architecture }: TrainingOptions): void {
  if (!subwords) return
  if (minNgram > maxNgram)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('minNgram')} is ${minNgram} and ${option('maxNgram')} is ${maxNgram}`,
      expected: 'the longest sub-words to be at least as long as the shortest',
    })
  if (bag === 'sum')
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('bag')} is sum, and words with sub-words are means of vectors`,
      cure: say`leave ${option('bag')} out`,
    })
  if (architectureOf(architecture).hasDocuments)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('subwords')} is for words alone, and ${option('architecture')} is ${architecture}, which learns documents`,
      cure: 'leave one of them out',
    })
}

/** Throws `usage` if options cannot be meant together with the rest of a call. */
export function refuseTogether(
  { subwords }: TrainingOptions,
  start: Start | undefined,
  hasPhrases: boolean,
): void {
  if (hasPhrases && start?.continues)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('phrases')} cannot be joined while training with ${option('continue')}`,
      cure: 'write the joined text first (wordloom phrases TEXT -o joined.txt)',
    })
  if (start?.frozen !== undefined && subwords)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('frozen')} words would move all the same with their sub-words, which other words share`,
      cure: say`leave ${option('frozen')} out, or train without ${option('subwords')}`,
    })
}
