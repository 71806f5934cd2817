import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionsOf, type TrainCall, train } from 'wordloom/training'
import { architectures } from '#reference/architectures/table'
import { objectives } from '#reference/objectives/table'
import { combinations, nameOf, refusalOf } from './combinations.js'

const idle: readonly (readonly [TrainCall, RegExp])[] = [
  [
    { objective: 'hierarchical-softmax', negativeSamples: 20 },
    /^Cannot train: negativeSamples is given, and hierarchical-softmax draws no noise words\. Set objective to negative-sampling, or leave negativeSamples out\.$/,
  ],
  [{ objective: 'softmax', noiseExponent: 0.5 }, /noiseExponent is given, and softmax draws no noise words/],
  [
    { bag: 'sum' },
    /bag is given, and skip-gram predicts from one vector at a time\. Set architecture to cbow or pv-dm/,
  ],
  [{ architecture: 'pv-dbow', bagGradient: 'exact' }, /bagGradient is given, and pv-dbow predicts from one/],
  [{ architecture: 'cbow', bag: 'sum', bagGradient: 'exact' }, /bag is sum, whose gradient is not divided/],
  [{ architecture: 'pv-dbow', window: 3 }, /window is given, and pv-dbow has no windows/],
  [{ architecture: 'pv-dbow', reach: 'full' }, /reach is given, and pv-dbow has no windows/],
  [{ reach: 'sentence', window: 3 }, /window is given, and reach is sentence/],
  [{ patience: 2 }, /patience is given, and heldOut is 0/],
  [{ schedule: 'windows', parts: 8 }, /parts is given, and schedule is windows/],
  [{ buckets: 100 }, /buckets is given, and training is without sub-words/],
]

for (const [call, message] of idle)
  test(`refused, since it has no effect: ${JSON.stringify(call)}`, async () => {
    await assert.rejects(train([['a', 'b']], call), { code: 'usage', message })
  })

test('an option has an effect with some objective and some architecture, and is refused with the others', () => {
  for (const { name, ...entry } of objectives)
    for (const option of [{ negativeSamples: 7 }, { noiseExponent: 0.5 }]) {
      const ask = () => optionsOf({ objective: name, ...option })
      if ('drawsNoise' in entry) ask()
      else assert.throws(ask, { code: 'usage' })
    }
  for (const { name, ...entry } of architectures) {
    const ask = () => optionsOf({ architecture: name, bag: 'sum' })
    if ('mixesWords' in entry) ask()
    else assert.throws(ask, { code: 'usage' })
  }
})

test('every combination of options trains, or is refused with what to leave out', () => {
  for (const combination of combinations) {
    const refusal = refusalOf(combination)
    if (refusal) assert.match(refusal.message, /^Cannot train: .*\. .*leave .*out\.$/i, nameOf(combination))
  }
})
