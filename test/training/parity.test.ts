import { test } from 'node:test'
import { architectureOf } from '#reference/architectures/table'
import { SENTENCE_END } from '#reference/kept-tokens'
import { combinations, plainCombinations } from './combinations.js'
import { builds, compareOnce, testCombinations } from './kernel-and-reference.js'

testCombinations(plainCombinations)

test('one word said over and over, and a sentence of one word, train alike in both', () => {
  const ids = Int32Array.from([3, 3, 3, 3, 3, SENTENCE_END, 4, SENTENCE_END, 3, 3, 5, 5, 5])
  for (const simd of builds)
    for (const combination of combinations)
      compareOnce(simd, { dimensions: 8, negativeSamples: 3, window: 3, subsampling: 0, ...combination }, ids)
})

test('documents of several tags, which they share, train alike in both', () => {
  for (const simd of builds)
    for (const combination of combinations.filter(
      ({ architecture }) => architectureOf(architecture).hasDocuments,
    ))
      for (const negativeSamples of [3, 11])
        compareOnce(simd, {
          ...{ dimensions: 10, negativeSamples, window: 3, subsampling: 0.02, tagged: true },
          ...combination,
        })
})

test('noise words that are all equally probable, or follow their counts, are drawn alike in both', () => {
  for (const simd of builds)
    for (const noiseExponent of [-1, -0.5, 0, 1])
      compareOnce(simd, { dimensions: 8, negativeSamples: 7, window: 5, subsampling: 0, noiseExponent })
})

test('where one word has next to all of the noise, others are drawn alike in both', () => {
  for (const simd of builds)
    for (const combination of combinations)
      compareOnce(simd, {
        ...{ dimensions: 8, negativeSamples: 3, window: 3, subsampling: 0, heaviest: 1e12 },
        ...combination,
      })
})
