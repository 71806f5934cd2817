// Bags of input rows, one after another in bags.rows; bags.ends says where each ends.

import { load32, store32 } from './lists'
import { Bags } from './records.generated'

/** Where a bag's rows begin. */
export function bagStart(bags: Bags, bag: u32): u32 {
  return bag === 0 ? 0 : load32(bags.ends, bag - 1)
}

export function bagEnd(bags: Bags, bag: u32): u32 {
  return load32(bags.ends, bag)
}

/** The bag ends before `end`. */
export function endBag(bags: Bags, bag: u32, end: u32): void {
  store32(bags.ends, bag, end)
}

/** How many rows a bag has. */
export function bagSize(bags: Bags, bag: u32): u32 {
  return bagEnd(bags, bag) - bagStart(bags, bag)
}

/** Pointer to the list of a bag's rows. */
export function bagRows(bags: Bags, bag: u32): u32 {
  return bags.rows + (bagStart(bags, bag) << 2)
}
