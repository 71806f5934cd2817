import { option, say, WordloomError } from '../../errors.js'
import { SENTENCE_END } from '../../reference/index.js'
import type { TokenIds } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import { FARTHEST_NEIGHBOUR } from './blocks.js'

/** Ids read at a time. */
const PART = 1 << 16

/** The fewest words that a window reaches to each side. */
export function leastReach({ reach, window }: Pick<TrainingOptions, 'reach' | 'window'>): number {
  return reach === 'random' ? 1 : window
}

/**
 * The options with the window that training uses: with `reach: 'sentence'` it is as wide as the longest sentence needs.
 * Throws `bad-data` if a sentence is longer than windows can be.
 */
export function withReach(ids: TokenIds, options: TrainingOptions): TrainingOptions {
  if (options.reach !== 'sentence') return options
  const { longest } = sentenceLengths(ids)
  if (longest <= FARTHEST_NEIGHBOUR) return { ...options, window: Math.max(1, longest - 1) }
  throw new WordloomError('bad-data', {
    action: 'train',
    found: `a sentence has ${longest.toLocaleString('en')} words`,
    expected: say`at most ${FARTHEST_NEIGHBOUR.toLocaleString('en')} with ${option('reach', 'sentence')}`,
    cure: say`cut it into several, or use ${option('reach', 'full')} and choose ${option('window')}`,
  })
}

/** How many pairs a word that is kept makes as center word, on average and if sentences are long enough. */
export function pairsPerWord(ids: TokenIds, { reach, window }: TrainingOptions): number {
  if (reach === 'random') return window + 1
  if (reach === 'full') return 2 * window
  const { words, pairs } = sentenceLengths(ids)
  return pairs / Math.max(1, words)
}

/** The longest sentence, and pairs of all words of a sentence with all others. */
function sentenceLengths(ids: TokenIds): { longest: number; words: number; pairs: number } {
  const found = { longest: 0, words: 0, pairs: 0 }
  const part = new Int32Array(PART)
  let length = 0
  for (let from = 0; from < ids.length; from += PART) {
    const count = Math.min(PART, ids.length - from)
    ids.read(from, from + count, part)
    for (let i = 0; i < count; i++) {
      if (part[i] !== SENTENCE_END) {
        length++
        continue
      }
      found.longest = Math.max(found.longest, length)
      found.words += length
      found.pairs += length * (length - 1)
      length = 0
    }
  }
  return found
}
