import { type Architecture, RATE_OF_ONE_STEP, rowsReached } from './architecture.js'

/** The document, and the words that the word's own window reaches (Le & Mikolov 2014, §2.2). */
export const pvDm = {
  name: 'pv-dm',
  help: 'the document and the words of a window together predict its middle',
  bags: spot => [[...rowsReached(spot), spot.document]],
  mostBags: () => 1,
  longestBag: (window, rowsOfWord) => 2 * window * rowsOfWord + 1,
  learningRate: RATE_OF_ONE_STEP,
  predictsOnce: true,
  mixesWords: true,
  hasDocuments: true,
} as const satisfies Architecture
