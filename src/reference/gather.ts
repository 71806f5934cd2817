import type { Bag } from './bags.js'
import {
  type Block,
  centersReaching,
  isTrained,
  type KeptToken,
  keptTokens,
  reachOf,
  type WindowSettings,
} from './kept-tokens.js'
import { rowsOfWord, type WordRows } from './word-rows.js'

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
 * row goes last in the bag of pv-dm, and is the first bag of the two other ways to learn documents. A word is there
 * with all its rows (Bojanowski et al. 2017).
 * kernels/gather.ts is the twin.
 */
export function* gather(
  block: Block,
  settings: WindowSettings,
  architecture: Architecture,
  wordRows?: WordRows,
): Generator<Prediction> {
  const kept = keptTokens(block, settings)
  for (let t = 0; t < kept.length; t++) {
    if (!isTrained(kept[t]!, block)) continue
    const document = block.documents?.[kept[t]!.place] ?? 0
    const bags = bagsFor[architecture]({ kept, t, window: settings.window, wordRows, document })
    if (bags.length > 0) yield { outside: kept[t]!.id, bags, position: block.position + kept[t]!.place }
  }
}

/** Where a word is to be predicted: the kept token at t, which is in a document. */
interface Spot {
  readonly kept: readonly KeptToken[]
  readonly t: number
  readonly window: number
  readonly wordRows: WordRows | undefined
  /** The input row of the document. */
  readonly document: number
}

const bagsFor: Readonly<Record<Architecture, (spot: Spot) => Bag[]>> = {
  'skip-gram': bagsOfCenters,
  cbow: bagReached,
  'pv-dm': spot => [[...rowsReached(spot), spot.document]],
  'pv-dbow': spot => [[spot.document]],
  'pv-dbow-skip-gram': spot => [[spot.document], ...bagsOfCenters(spot)],
}

function bagsOfCenters({ kept, t, window, wordRows }: Spot): Bag[] {
  return centersReaching(kept, t, window).map(center => rowsOfWord(wordRows, center))
}

function bagReached(spot: Spot): Bag[] {
  const reached = rowsReached(spot)
  return reached.length > 0 ? [reached] : []
}

function rowsReached({ kept, t, wordRows }: Spot): number[] {
  return reachOf(kept, t).flatMap(word => rowsOfWord(wordRows, word))
}
