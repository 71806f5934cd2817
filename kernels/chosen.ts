// The output rows that hidden rows meet, each with a label: two entries a row, one for each hidden row of a step.

import { store32 } from './lists'
import { Chosen } from './records.generated'

export const LABEL_ONE: u32 = 0
export const LABEL_ZERO: u32 = 0x80000000

/** Both hidden rows meet this row. */
export function choose(chosen: Chosen, i: u32, row: u32): void {
  store32(chosen.rows, 2 * i, row)
  store32(chosen.rows, 2 * i + 1, row)
}

/** Both hidden rows are to give the i-th row this label. */
export function label(chosen: Chosen, i: u32, sign: u32): void {
  store32(chosen.signs, 2 * i, sign)
  store32(chosen.signs, 2 * i + 1, sign)
}

/** Each of two hidden rows is to recognise a row of its own. */
export function recogniseTwo(chosen: Chosen, a: u32, b: u32): void {
  store32(chosen.rows, 0, a)
  store32(chosen.rows, 1, b)
}
