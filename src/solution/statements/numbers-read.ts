import { inConvention, type Rows, skipGram } from '../../equations/index.js'
import type { Example } from './example.js'

/** How many different numbers of V and U naive softmax looks at for the pair (c, o), counted as it does. */
export function numbersRead(example: Example): number {
  const { center, outside, inputVectors, outputVectors, convention = 'rows' } = example
  const read = new Set<string>()
  const watched = (matrix: Rows, name: string) =>
    inConvention(matrix, convention).map((row, i) =>
      watch([...row], column => read.add(`${name} ${i} ${column}`)),
    )
  skipGram({
    center,
    outside: [outside],
    inputVectors: watched(inputVectors, 'V'),
    outputVectors: watched(outputVectors, 'U'),
    convention,
  })
  return read.size
}

/** The same row, telling which of its numbers are looked at. */
function watch(row: number[], look: (column: string) => void): number[] {
  return new Proxy(row, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) look(key)
      return Reflect.get(target, key, receiver)
    },
  })
}
