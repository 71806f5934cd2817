import type { Bag } from './bag.js'
import {
  type Block,
  centersReaching,
  isTrained,
  type KeptToken,
  keptTokens,
  reachOf,
  type WindowSettings,
} from './windows.js'

/**
 * What predicts a word. skip-gram: each center word that reaches it; cbow: all words that it reaches together.
 * Where every sentence is a document with an input row of its own (Le & Mikolov 2014): pv-dm, the document and the
 * words that it reaches together; pv-dbow, the document alone; pv-dbow-skip-gram, the document and each center word.
 */
export const architectures = ['skip-gram', 'cbow', 'pv-dm', 'pv-dbow', 'pv-dbow-skip-gram'] as const
export type Architecture = (typeof architectures)[number]

/** Whether every sentence has an input row of its own. */
export function learnsDocuments(architecture: Architecture): boolean {
  return architecture.startsWith('pv-')
}

/** Whether a word is predicted once, and not by each center word of its own accord. */
export function predictsOnce(architecture: Architecture): boolean {
  return architecture === 'cbow' || architecture === 'pv-dm' || architecture === 'pv-dbow'
}

/** A word to predict, and the bags of input rows of which each hidden row is made that is to predict it. */
export interface Prediction {
  readonly outside: number
  readonly bags: readonly Bag[]
  readonly position: number
}

/** Bags that can predict one word. */
export function mostBags(architecture: Architecture, window: number): number {
  if (predictsOnce(architecture)) return 1
  return 2 * window + (architecture === 'pv-dbow-skip-gram' ? 1 : 0)
}

/**
 * What a block has to predict, in the order of the text. Skip-gram: a bag for each center word whose window reaches
 * the word. CBOW: one bag of the words that the word's own window reaches (Mikolov et al. 2013a, §3.1). A document's
 * row goes last in the bag of pv-dm, and is the first bag of the two other ways to learn documents.
 * kernels/gather.ts is the twin.
 */
export function* gather(
  block: Block,
  settings: WindowSettings,
  architecture: Architecture,
): Generator<Prediction> {
  const kept = keptTokens(block, settings)
  for (let t = 0; t < kept.length; t++) {
    if (!isTrained(kept[t]!, block)) continue
    const bags = bagsFor[architecture](kept, t, settings.window, block.documents?.[kept[t]!.place] ?? 0)
    if (bags.length > 0) yield { outside: kept[t]!.id, bags, position: block.position + kept[t]!.place }
  }
}

/** The bags that predict the kept token at t, which is in a document. */
type GatherBags = (kept: readonly KeptToken[], t: number, window: number, document: number) => Bag[]

const bagsFor: Readonly<Record<Architecture, GatherBags>> = {
  'skip-gram': bagsOfCenters,
  cbow: bagReached,
  'pv-dm': (kept, t, _, document) => [[...reachOf(kept, t), document]],
  'pv-dbow': (_kept, _t, _, document) => [[document]],
  'pv-dbow-skip-gram': (kept, t, window, document) => [[document], ...bagsOfCenters(kept, t, window)],
}

function bagsOfCenters(kept: readonly KeptToken[], t: number, window: number): Bag[] {
  return centersReaching(kept, t, window).map(center => [center])
}

function bagReached(kept: readonly KeptToken[], t: number): Bag[] {
  const reached = reachOf(kept, t)
  return reached.length > 0 ? [reached] : []
}
