/** Random windows for property tests. */
import fc from 'fast-check'

/** |V| and d of a random window; small, since every number of its gradients is checked. */
const shape = fc.record({ words: fc.integer({ min: 2, max: 6 }), dimensions: fc.integer({ min: 1, max: 5 }) })

/** A window of 1 to 3 outside words with 0 to 8 negatives each: repeats, and targets among them, are common. */
export const randomWindow = shape.chain(({ words, dimensions }) => {
  const matrix = fc.array(vector(dimensions), { minLength: words, maxLength: words })
  return fc
    .record({
      center: word(words),
      pairs: fc.array(
        fc.record({ outside: word(words), negatives: fc.array(word(words), { maxLength: 8 }) }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      inputVectors: matrix,
      outputVectors: matrix,
    })
    .map(({ pairs, ...window }) => ({
      ...window,
      outside: pairs.map(pair => pair.outside),
      negatives: pairs.map(pair => pair.negatives),
      words,
      dimensions,
    }))
})

export function vector(dimensions: number) {
  return fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), {
    minLength: dimensions,
    maxLength: dimensions,
  })
}

function word(words: number) {
  return fc.integer({ min: 0, max: words - 1 })
}
