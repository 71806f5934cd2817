import { type Architecture, RATE_OF_ONE_STEP } from './architecture.js'

/** The document alone, each of its tags in turn (Le & Mikolov 2014, §2.3). */
export const pvDbow = {
  name: 'pv-dbow',
  help: 'the document alone predicts its words',
  bags: ({ documents }) => documents.map(row => [row]),
  mostBags: (_window, rowsOfDocument = 1) => rowsOfDocument,
  longestBag: () => 1,
  learningRate: RATE_OF_ONE_STEP,
  predictsOnce: true,
  leavesWords: true,
  hasDocuments: true,
} as const satisfies Architecture
