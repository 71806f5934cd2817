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
import { rowsOfWord, type WordRows } from './word-rows.js'

/** Which words predict which: each center word every word of its window, or all words of a window its middle. */
export type Architecture = 'skip-gram' | 'cbow'

/** A word to predict, and the bags of input rows of which each hidden row is made that is to predict it. */
export interface Prediction {
  readonly outside: number
  readonly bags: readonly Bag[]
  readonly position: number
}

/**
 * What a block has to predict, in the order of the text. Skip-gram: a bag for each center word whose window reaches
 * the word. CBOW: one bag of the words that the word's own window reaches (Mikolov et al. 2013a, §3.1). A word is
 * there with all its rows (Bojanowski et al. 2017).
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
    const bags =
      architecture === 'cbow'
        ? bagReached(kept, t, wordRows)
        : bagsOfCenters(kept, t, settings.window, wordRows)
    if (bags.length > 0) yield { outside: kept[t]!.id, bags, position: block.position + kept[t]!.place }
  }
}

function bagsOfCenters(
  kept: readonly KeptToken[],
  t: number,
  window: number,
  wordRows: WordRows | undefined,
): Bag[] {
  return centersReaching(kept, t, window).map(center => rowsOfWord(wordRows, center))
}

function bagReached(kept: readonly KeptToken[], t: number, wordRows: WordRows | undefined): Bag[] {
  const reached = reachOf(kept, t).flatMap(word => rowsOfWord(wordRows, word))
  return reached.length > 0 ? [reached] : []
}
