// The outside word should be recognised (label 1), noise words rejected (label 0). Mikolov et al. 2013b, eq. 4.

import { draw, mix, nextState, scale } from './random'
import { Settings, store32 } from './settings'

const LABEL_ONE: u32 = 0
const LABEL_ZERO: u32 = 0x80000000

/**
 * Chooses the outside word's row and `negativeSamples` rows drawn from the noise distribution, none of them the
 * outside word. A word drawn n times is there n times. Returns how many rows there are.
 */
export function chooseNegativeSamples(settings: Settings, outside: u32, position: u64): u32 {
  label(settings, 0, outside, LABEL_ONE)
  let state = draw(settings.negativeKey, position)
  let chosen: u32 = 1
  while (chosen <= settings.negativeSamples) {
    state = nextState(state)
    const slot = scale(mix(state), settings.words)
    state = nextState(state)
    const entry = settings.noise + (slot << 3)
    const word = mix(state) < load<u32>(entry) ? slot : load<u32>(entry, 4)
    if (word !== outside) label(settings, chosen++, word, LABEL_ZERO)
  }
  return chosen
}

function label(settings: Settings, i: u32, word: u32, sign: u32): void {
  const row = settings.outputVectors + word * settings.rowBytes
  store32(settings.rows, 2 * i, row)
  store32(settings.rows, 2 * i + 1, row)
  store32(settings.signs, 2 * i, sign)
  store32(settings.signs, 2 * i + 1, sign)
}
