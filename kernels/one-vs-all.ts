// Each word is told from all others: its own output row has label 1, every other label 0.

import { choose, LABEL_ONE, LABEL_ZERO, label } from './chosen'
import { Chosen, Model } from './records.generated'

/** Chooses the rows of all words, the outside word's first; returns how many there are. */
export function chooseAll(model: Model, chosen: Chosen, outside: u32): u32 {
  chooseWord(model, chosen, 0, outside, LABEL_ONE)
  let count: u32 = 1
  for (let word: u32 = 0; word < model.words; word++)
    if (word !== outside) chooseWord(model, chosen, count++, word, LABEL_ZERO)
  return count
}

function chooseWord(model: Model, chosen: Chosen, i: u32, word: u32, sign: u32): void {
  choose(chosen, i, model.outputVectors + word * model.rowBytes)
  label(chosen, i, sign)
}
