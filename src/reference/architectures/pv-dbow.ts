import { type Architecture, RATE_OF_ONE_STEP } from './architecture.js'

/** The document alone (Le & Mikolov 2014, §2.3). */
export const pvDbow = {
  name: 'pv-dbow',
  help: 'the document alone predicts its words',
  bags: ({ document }) => [[document]],
  mostBags: () => 1,
  longestBag: () => 1,
  learningRate: RATE_OF_ONE_STEP,
  predictsOnce: true,
  leavesWords: true,
  hasDocuments: true,
} as const satisfies Architecture
