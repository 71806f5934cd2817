import { keyOf, Purpose, Random } from '../math/index.js'

/** Where the functions of a map take their random numbers from. */
export type Chance = Pick<Random, 'below' | 'uniform'>

/** The same numbers for the same seed; each `use` of one seed has numbers of its own. */
export function chanceOf(seed: number, use = 0): Chance {
  return new Random(keyOf(seed, Purpose.map), use)
}
