import { test } from 'node:test'
import { furtherCombinations } from './combinations.js'
import { builds, compareOnce, testCombinations } from './kernel-and-reference.js'

const shapes = [1, 4, 10, 101].flatMap(dimensions =>
  [1, 2, 5, 6, 11, 20].flatMap(negativeSamples =>
    [1, 5].map(window => ({ dimensions, negativeSamples, window })),
  ),
)

testCombinations(furtherCombinations)

for (const simd of builds)
  test(`the ${simd} SIMD kernel does what the equations say, in every shape`, () => {
    for (const shape of shapes) compareOnce(simd, { ...shape, subsampling: 0.02 })
  })
