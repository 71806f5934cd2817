import { type Architecture, RATE_OF_ONE_STEP, rowsReached } from './architecture.js'

/** The document, with all of its tags, and the words that the word's own window reaches (Le & Mikolov 2014, §2.2). */
export const pvDm = {
  name: 'pv-dm',
  help: 'the document and the words of a window together predict its middle',
  bags: spot => [[...rowsReached(spot), ...spot.documents]],
  mostBags: () => 1,
  longestBag: (window, rowsOfWord, rowsOfDocument = 1) => 2 * window * rowsOfWord + rowsOfDocument,
  learningRate: RATE_OF_ONE_STEP,
  predictsOnce: true,
  mixesWords: true,
  hasDocuments: true,
} as const satisfies Architecture
