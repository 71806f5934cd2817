import { option, say, type Words } from '../../errors.js'
import type { EncodedCorpus } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'

/** Share of a text's tokens that may be left out without a word about it. */
const LARGE_SHARE = 0.2

/** Words of the text that are not learned: how many different ones, and how many tokens they were. */
export interface LeftOut {
  /** Not known where a vocabulary was given. */
  readonly words?: number | undefined
  readonly tokens: number
}

/** Undefined if every word of the text is learned. */
export function leftOutOf({
  vocabulary,
  ids,
  facts,
  different,
  textCounts,
}: EncodedCorpus): LeftOut | undefined {
  const tokens = facts.tokens - ids.tokens
  if (tokens === 0) return undefined
  const kept = textCounts ? textCounts.filter(count => count > 0).length : vocabulary.size
  return { tokens, words: different === undefined ? undefined : different - kept }
}

/** How many words the limits of the vocabulary left out, if they are a large share of the text. */
export function leftOutWarning(corpus: EncodedCorpus, options: TrainingOptions): Words | undefined {
  const leftOut = leftOutOf(corpus)
  if (leftOut === undefined || leftOut.tokens < LARGE_SHARE * corpus.facts.tokens) return undefined
  const share = `${((100 * leftOut.tokens) / corpus.facts.tokens).toFixed(1)} % of the text`
  if (leftOut.words === undefined)
    return `words that are not in the vocabulary given were left out, and with them ${share}`
  const words = `${leftOut.words.toLocaleString('en')} of ${corpus.different!.toLocaleString('en')} different words`
  return say`${words} ${limits(corpus, options)} were left out, and with them ${share}`
}

/** Says which of the words to keep are not there to be kept. */
export function missingWarning(
  { vocabulary }: EncodedCorpus,
  { keepWords = [] }: TrainingOptions,
): Words | undefined {
  const missing = keepWords.filter(word => vocabulary.idOf(word) === undefined)
  if (missing.length === 0) return undefined
  const [first, ...others] = missing
  const more = others.length > 0 ? ` and ${others.length.toLocaleString('en')} more` : ''
  return say`"${first!}"${more} of ${option('keepWords')} ${others.length > 0 ? 'are' : 'is'} not in the text`
}

function limits({ vocabulary }: EncodedCorpus, { minCount, maxWords }: TrainingOptions): Words {
  const rare = say`seen fewer than ${minCount.toLocaleString('en')} times (${option('minCount')})`
  if (vocabulary.size < maxWords) return rare
  return say`${rare} or beyond the most frequent ${maxWords.toLocaleString('en')} (${option('maxWords')})`
}
