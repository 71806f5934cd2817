import { type NamedOption, option, say, type Words } from '../../errors.js'
import { objectiveOf } from '../../reference/index.js'
import type { EncodedCorpus } from '../../text/index.js'
import type { Losses } from '../model.js'
import type { TrainingOptions } from '../options/options.js'
import { expectedKept } from '../plan/schedule.js'
import type { Run } from '../run/prepare.js'
import { leftOutOf } from './left-out.js'

/** A loss above this share of that of vectors that know nothing is hardly below it. */
const HARDLY_BELOW = 0.99
/** Tokens passed in all epochs from which something is usually learned. */
const ENOUGH_TOKENS = 200_000
/** Tokens a line; with fewer most lines have one. */
const FEW_IN_A_LINE = 1.5
const MOST_EPOCHS = 1000
/** Dimensions that a small vocabulary can do with. */
const FEW_DIMENSIONS = 20
const SMALL_VOCABULARY = 1000

/** Says that the loss of the last epoch is that of vectors that know nothing, and what to try. */
export function nothingLearned(
  { memory }: Run,
  corpus: EncodedCorpus,
  options: TrainingOptions,
  losses: Losses,
): Words | undefined {
  const last = losses.training.at(-1)!
  const { objective, negativeSamples, subsampling } = options
  const { vocabulary, textCounts } = corpus
  const size = { words: vocabulary.size, negativeSamples, tree: memory.tree }
  const shares = expectedKept(vocabulary, subsampling, textCounts)
  const ofNothing = objectiveOf(objective).lossAtZero(size, shares)
  if (!(last >= HARDLY_BELOW * ofNothing)) return undefined
  if (corpus.facts.tokens < FEW_IN_A_LINE * corpus.facts.sentences)
    return say`hardly anything was learned: most lines have one word, and a pair of words needs two in a line. Put the words of a sentence on one line`
  const tries = thingsToTry(corpus, options).flatMap((one, i) => [i > 0 ? ', ' : '', one])
  return say`hardly anything was learned: the loss is ${last.toFixed(3)}, and vectors that know nothing have ${ofNothing.toFixed(3)}. Try ${tries}`
}

function thingsToTry(
  corpus: EncodedCorpus,
  { epochs, minCount, dimensions }: TrainingOptions,
): NamedOption[] {
  const enough = rounded(ENOUGH_TOKENS / corpus.facts.tokens)
  return [
    option('epochs', Math.max(10 * epochs, Math.min(MOST_EPOCHS, enough))),
    ...(minCount > 1 && leftOutOf(corpus) ? [option('minCount', 1)] : []),
    ...(dimensions > FEW_DIMENSIONS && corpus.vocabulary.size < SMALL_VOCABULARY
      ? [option('dimensions', FEW_DIMENSIONS)]
      : []),
  ]
}

/** Up to one digit: 439 as 500. */
function rounded(number: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, number)))
  return Math.ceil(number / unit) * unit
}
