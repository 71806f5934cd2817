import { noiseWeights } from '../equations/inner.js'

/** Places in the table of the noise distribution. */
export const NOISE_PLACES = 1_000_000

/** Word ids, each in a share of the places that goes with count^0.75: a place drawn at random is a draw from the noise. */
export function noiseTable(counts: ArrayLike<number>): Int32Array {
  const ends = cumulative(noiseWeights(counts, 0.75))
  const table = new Int32Array(NOISE_PLACES)
  let word = 0
  for (let place = 0; place < NOISE_PLACES; place++) {
    while (word + 1 < ends.length && place > ends[word]) word++
    table[place] = word
  }
  return table
}

/** By id, the place at which the word's share ends. */
function cumulative(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map(weight => {
    sum += weight / total
    return sum * NOISE_PLACES
  })
}
