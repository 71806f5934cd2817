import { keyOf, Purpose, Random } from '../math/index.js'
import type { FoundWords } from './wanted-words.js'

/**
 * The same rows, dealt to the words at random: what vectors of the same shape score that know nothing. No row
 * is moved; the words' rows are. Vectors that were made of sub-words are dealt among themselves.
 */
export function deal({ ids, classes, rowClasses, made }: FoundWords, seed: number, time = 0): FoundWords {
  const random = new Random(keyOf(seed, Purpose.randomBaseline), time)
  const rows = shuffled(rowClasses.length, random)
  const dealt = new Int32Array(rowClasses.length)
  rowClasses.forEach((ofRow, row) => {
    dealt[rows[row]!] = ofRow
  })
  const makes = [...made.values()]
  const order = shuffled(makes.length, random)
  const dealtMakes = new Map([...made.keys()].map((number, i) => [number, makes[order[i]!]!]))
  return { ids: ids.map(id => (id < 0 ? id : rows[id]!)), classes, rowClasses: dealt, made: dealtMakes }
}

/** 0 … n − 1 in random order (Fisher and Yates). */
function shuffled(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}
