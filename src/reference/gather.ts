import type { Architecture } from './architectures/architecture.js'
import type { Bag } from './bags.js'
import { type Block, isTrained, keptTokens, type WindowSettings } from './kept-tokens.js'
import { rowsOfWord, type WordRows } from './word-rows.js'

/** A word to predict, and the bags of input rows of which each hidden row is made that is to predict it. */
export interface Prediction {
  readonly outside: number
  readonly bags: readonly Bag[]
  readonly position: number
}

/**
 * What a block has to predict, in the order of the text. A word is there with all its rows (Bojanowski et al. 2017).
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
    const documents = documentsOf(block, kept[t]!.place)
    const bags = architecture.bags({ kept, t, window: settings.window, wordRows, documents })
    if (bags.length > 0) yield { outside: kept[t]!.id, bags, position: block.position + kept[t]!.place }
  }
}

function documentsOf({ documents, documentRows }: Block, place: number): Bag {
  if (documents === undefined) return []
  return rowsOfWord(documentRows, documents[place]!)
}
