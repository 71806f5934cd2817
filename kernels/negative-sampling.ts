// The outside word should be recognised (label 1), noise words rejected (label 0). Mikolov et al. 2013b, eq. 4.

import { draw, mix, nextState, scale } from './random'
import { load32, Settings, store32 } from './settings'

/** Draws for one negative sample, after which any word will do: src/equations/noise.ts has the same number. */
const MOST_DRAWS: u32 = 100

const LABEL_ONE: u32 = 0
const LABEL_ZERO: u32 = 0x80000000

/**
 * Chooses the row of the first of `words` outside words, to be recognised, and `negativeSamples` rows drawn from the
 * noise distribution, none of them an outside word's. A word drawn n times is there n times. Returns how many rows
 * a hidden row meets.
 */
export function chooseNegativeSamples(settings: Settings, words: u32, position: u64): u32 {
  label(settings, 0, load32(settings.outsides, 0), LABEL_ONE)
  let state = draw(settings.negativeKey, position)
  let chosen: u32 = 1
  let draws: u32 = 0
  while (chosen <= settings.negativeSamples) {
    const word = drawAgain(settings.noise, state, draws++)
    state = afterDraw(state)
    if (isOutside(settings, word, words)) continue
    label(settings, chosen++, word, LABEL_ZERO)
    draws = 0
  }
  return chosen
}

/**
 * A noise word, by the three draws that follow `state`: a run of equally frequent words, and one of its words. The
 * table is some ten thousand bytes where one entry a word would be a million, and lets the rows have the cache.
 */
export function drawFromRuns(noise: u32, state: u32): u32 {
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

function isOutside(settings: Settings, word: u32, words: u32): bool {
  for (let i: u32 = 0; i < words; i++) if (load32(settings.outsides, i) === word) return true
  return false
}

/** Each of two hidden rows is to recognise a word of its own. */
export function recogniseTwo(settings: Settings, a: u32, b: u32): void {
  store32(settings.rows, 0, outputRow(settings, a))
  store32(settings.rows, 1, outputRow(settings, b))
}

/** Both hidden rows are to give this output row this label. */
export function label(settings: Settings, i: u32, word: u32, sign: u32): void {
  const row = outputRow(settings, word)
  store32(settings.rows, 2 * i, row)
  store32(settings.rows, 2 * i + 1, row)
  store32(settings.signs, 2 * i, sign)
  store32(settings.signs, 2 * i + 1, sign)
}

function outputRow(settings: Settings, word: u32): u32 {
  return settings.outputVectors + word * settings.rowBytes
}
