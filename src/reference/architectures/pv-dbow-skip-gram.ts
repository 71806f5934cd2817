import { type Architecture, bagsOfCenters, RATE_OF_MANY_STEPS } from './architecture.js'

/** The document, and each center word whose window reaches the word, in turn. */
export const pvDbowSkipGram = {
  name: 'pv-dbow-skip-gram',
  help: 'pv-dbow and skip-gram in turn',
  bags: spot => [...spot.documents.map(row => [row]), ...bagsOfCenters(spot)],
  mostBags: (window, rowsOfDocument = 1) => 2 * window + rowsOfDocument,
  longestBag: (_window, rowsOfWord) => rowsOfWord,
  learningRate: RATE_OF_MANY_STEPS,
  hasDocuments: true,
} as const satisfies Architecture
