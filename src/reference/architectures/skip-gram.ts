import { type Architecture, bagsOfCenters, RATE_OF_MANY_STEPS } from './architecture.js'

/** A bag for each center word whose window reaches the word (Mikolov et al. 2013a, §3.2). */
export const skipGram = {
  name: 'skip-gram',
  help: 'each center word predicts every word of its window',
  bags: bagsOfCenters,
  mostBags: window => 2 * window,
  longestBag: (_window, rowsOfWord) => rowsOfWord,
  learningRate: RATE_OF_MANY_STEPS,
  inPairs: true,
} as const satisfies Architecture
