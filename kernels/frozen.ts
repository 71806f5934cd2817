// Frozen words: their input rows are read and never written, so that other rows learn against them.

import { Settings } from './settings'

/** Whether this is the input row of a frozen word; rows of other memory than that of the marks are not. */
export function isFrozen(settings: Settings, input: u32): bool {
  const row = (input - settings.inputVectors) / settings.rowBytes
  return row < settings.frozenRows && load<u8>(settings.frozen + row) !== 0
}

/** Where a hidden row goes that a step has moved: back to its place, or to scratch where its word is frozen. */
export function destination(settings: Settings, place: u32, scratch: u32): u32 {
  return isFrozen(settings, place) ? scratch : place
}
