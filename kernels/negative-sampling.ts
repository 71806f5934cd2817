// The outside word should be recognised (label 1), noise words rejected (label 0). Mikolov et al. 2013b, eq. 4.

import { choose, LABEL_ONE, LABEL_ZERO, label } from './chosen'
import { load32 } from './lists'
import { mix, nextState, scale } from './random'
import { Chosen, MOST_DRAWS, Model } from './records.generated'

/**
 * Chooses the row of the first of the `words` outside words that are listed at `outsides`, to be recognised, and
 * `negativeSamples` rows drawn from the noise distribution, none of them an outside word's. A word drawn n times is
 * there n times. Draws follow `state`. Returns how many rows a hidden row meets.
 */
export function chooseNegativeSamples(
  model: Model,
  chosen: Chosen,
  outsides: u32,
  words: u32,
  state: u32,
): u32 {
  chooseWord(model, chosen, 0, load<u32>(outsides), LABEL_ONE)
  let count: u32 = 1
  let draws: u32 = 0
  while (count <= model.negativeSamples) {
    const word = drawAgain(model.noise, state, draws++)
    state = afterDraw(state)
    if (isOneOf(outsides, words, word)) continue
    chooseWord(model, chosen, count++, word, LABEL_ZERO)
    draws = 0
  }
  return count
}

/**
 * A noise word, by the three draws that follow `state`: a run of equally frequent words, and one of its words. The
 * table is some ten thousand bytes where one entry a word would be a million, and lets the rows have the cache.
 */
function drawFromRuns(noise: u32, state: u32): u32 {
  const runs = load<u32>(noise)
  state = nextState(state)
  const slot = scale(mix(state), runs)
  state = nextState(state)
  const entry = noise + 8 + (slot << 3)
  const run = mix(state) < load<u32>(entry) ? slot : load<u32>(entry, 4)
  const starts = noise + 8 + (runs << 3) + (run << 2)
  const start = load<u32>(starts)
  return start + scale(mix(nextState(state)), load<u32>(starts, 4) - start)
}

/** The same after so many draws in vain: where they are too many, any word alike. */
export function drawAgain(noise: u32, state: u32, draws: u32): u32 {
  if (draws < MOST_DRAWS) return drawFromRuns(noise, state)
  const runs = load<u32>(noise)
  const words = load<u32>(noise + 8 + (runs << 3) + (runs << 2))
  return scale(mix(nextState(state)), words)
}

/** The state after the three draws of a noise word. */
export function afterDraw(state: u32): u32 {
  return nextState(nextState(nextState(state)))
}

function isOneOf(outsides: u32, words: u32, word: u32): bool {
  for (let i: u32 = 0; i < words; i++) if (load32(outsides, i) === word) return true
  return false
}

/** Both hidden rows are to give this word's output row this label. */
function chooseWord(model: Model, chosen: Chosen, i: u32, word: u32, sign: u32): void {
  choose(chosen, i, model.outputVectors + word * model.rowBytes)
  label(chosen, i, sign)
}
