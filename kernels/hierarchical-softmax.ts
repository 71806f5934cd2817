// A word's path through the Huffman tree: at each inner node the hidden row should tell which way the word lies.
// Morin & Bengio 2005; Mikolov et al. 2013b, eq. 3. The output rows are those of the inner nodes.

import { load32 } from './lists'
import { Chosen, Model } from './records.generated'

/**
 * Labels the path's rows, 1 if it goes the way of code 0; returns how many there are. Two turns at a time: what
 * follows the last turn of an odd path is no row of it, and `step` writes the null row there.
 */
export function choosePath(model: Model, chosen: Chosen, outside: u32): u32 {
  const start = load32(model.pathStarts, outside)
  const count = load32(model.pathStarts, outside + 1) - start
  const turns = model.paths + (start << 2) // inner node << 1 | code
  const first = i32x4.splat(model.outputVectors)
  const bytes = i32x4.splat(model.rowBytes)
  for (let i: u32 = 0; i < count; i += 2) {
    const two = v128.load64_zero(turns + (i << 2))
    const turn = v128.shuffle<i32>(two, two, 0, 0, 1, 1)
    const row = i32x4.add(first, i32x4.mul(i32x4.shr_u(turn, 1), bytes))
    v128.store(chosen.rows + (i << 3), row)
    v128.store(chosen.signs + (i << 3), i32x4.shl(turn, 31))
  }
  return count
}
