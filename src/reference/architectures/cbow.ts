import { type Architecture, RATE_OF_ONE_STEP, rowsReached } from './architecture.js'

/** One bag of the words that the word's own window reaches (Mikolov et al. 2013a, §3.1). */
export const cbow = {
  name: 'cbow',
  help: 'all words of a window together predict its middle',
  bags(spot) {
    const reached = rowsReached(spot)
    return reached.length > 0 ? [reached] : []
  },
  mostBags: () => 1,
  longestBag: (window, rowsOfWord) => 2 * window * rowsOfWord,
  learningRate: RATE_OF_ONE_STEP,
  predictsOnce: true,
  mixesWords: true,
} as const satisfies Architecture
