import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { noiseWeights } from '#equations/noise'
import { layOut } from '#training/memory/layout'
import { noiseRuns, writeNoiseRuns } from '#training/memory/noise-runs'
import { completeOptions } from '#training/options/options'
import { assignParts } from '#training/plan/parts'

test('every word is drawn in proportion to its weight, whichever counts are equal', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 300 })
  fc.assert(
    fc.property(counts, fc.constantFrom(0, 0.75, 1), (given, exponent) => {
      const weights = noiseWeights(given, exponent)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const shares = sharesOf(written(given, exponent))
      assert.equal(shares.length, weights.length)
      for (const [word, share] of shares.entries()) assert.ok(Math.abs(share - weights[word]! / total) < 1e-8)
    }),
  )
})

test('words of one count are one run, and a vocabulary without such words has a run for each', () => {
  assert.deepEqual([...written([9, 7, 7, 5, 5, 5], 0.75).starts], [0, 1, 3, 6])
  assert.deepEqual([...written([9, 8, 7], 0.75).starts], [0, 1, 2, 3])
  assert.deepEqual([...written([9, 8, 7], 0).starts], [0, 3])
})

function written(counts: readonly number[], exponent: number) {
  const options = completeOptions({ dimensions: 4 })
  const plan = { schedule: 'windows', parts: 1, rotations: 1 } as const
  const parts = assignParts(counts, 1)
  const sizes = { words: counts.length, subwords: undefined, tree: undefined, pairCapacity: 0 }
  const request = { ...sizes, options, threads: 1, plan, parts }
  const layout = layOut({ ...request, kernelLimit: 2 ** 32 })
  const pages = Math.ceil(layout.keep / 65536) // the table ends where the next begins
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  writeNoiseRuns(layout, memory, parts, 0, noiseWeights(counts, exponent))
  return noiseRuns(layout, memory, parts, 0)
}

/** How probable each word is: its run's share of the alias table, split evenly over the run. */
function sharesOf({ runs, starts }: { runs: Uint32Array; starts: Uint32Array }): number[] {
  const count = starts.length - 1
  const ofRuns = new Float64Array(count)
  for (let run = 0; run < count; run++) {
    const stays = runs[2 * run]! / 2 ** 32
    ofRuns[run]! += stays / count
    ofRuns[runs[2 * run + 1]!]! += (1 - stays) / count
  }
  return [...ofRuns].flatMap((share, run) => {
    const size = starts[run + 1]! - starts[run]!
    return Array.from({ length: size }, () => share / size)
  })
}
