// Frozen words: their input rows are read and never written, so that other rows learn against them.

import { Model } from './records.generated'

/** Whether this is the input row of a frozen word; rows of other memory than that of the marks are not. */
export function isFrozen(model: Model, input: u32): bool {
  const row = (input - model.inputVectors) / model.rowBytes
  return row < model.frozenRows && load<u8>(model.frozen + row) !== 0
}

/** Where a hidden row goes that a step has moved: back to its place, or into the sink if its word is frozen. */
export function destination(model: Model, place: u32, sink: u32): u32 {
  return isFrozen(model, place) ? sink : place
}
