export { type BagForm, hiddenRow } from './bags.js'
export { pairOf, trainBlock } from './blocks.js'
export {
  type Architecture,
  architectures,
  gather,
  learnsDocuments,
  mostBags,
  predictsOnce,
} from './gather.js'
export { type HeldOutObjective, type HeldOutState, heldOutLoss } from './held-out-loss.js'
export { labelledPath } from './hierarchical-softmax.js'
export { type Block, isKept, pairs, SENTENCE_END, type WindowSettings } from './kept-tokens.js'
export type { LabelledRows } from './step.js'
export { negativeSampling, type Objective, trainWindows } from './windows.js'
export type { WordRows } from './word-rows.js'
