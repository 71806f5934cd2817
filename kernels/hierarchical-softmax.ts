// A word's path through the Huffman tree: at each inner node the hidden row should tell which way the word lies.
// Morin & Bengio 2005; Mikolov et al. 2013b, eq. 3. The output rows are those of the inner nodes.

import { label } from './negative-sampling'
import { load32, Settings } from './settings'

/** Labels the path's rows, 1 where it goes the way of code 0; returns how many there are. */
export function choosePath(settings: Settings, outside: u32): u32 {
  const start = load32(settings.pathStarts, outside)
  const count = load32(settings.pathStarts, outside + 1) - start
  for (let i: u32 = 0; i < count; i++) {
    const turn = load32(settings.paths, start + i) // inner node << 1 | code
    label(settings, i, turn >> 1, turn << 31)
  }
  return count
}
