// Frozen words: their input rows are read and never written, so that other rows learn against them.

import { Settings } from './settings'

/**
 * Where a hidden row goes that a step has moved: back to where it was, or to scratch where it is the input row of a
 * frozen word. Called only where some word is frozen; other hidden rows than input rows lie outside the range.
 */
export function destination(settings: Settings, hidden: u32, scratch: u32): u32 {
  const row = (hidden - settings.inputVectors) / settings.rowBytes
  return row < settings.frozenRows && load<u8>(settings.frozen + row) !== 0 ? scratch : hidden
}
