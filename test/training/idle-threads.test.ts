import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TrainCall, train } from 'wordloom/training'
import { sentences } from './learning.js'

async function warningsOf(call: TrainCall): Promise<string> {
  const warnings: string[] = []
  const onWarning = (sentence: string) => void warnings.push(sentence)
  await train(sentences(1500), { dimensions: 4, minCount: 1, epochs: 1, onWarning, ...call })
  return warnings.filter(sentence => sentence.startsWith('threads is')).join('\n')
}

test('what trains on one thread says so if more were asked for, with the reason', async () => {
  for (const [call, kind] of [
    [{ architecture: 'cbow' }, 'cbow with negative-sampling'],
    [{ objective: 'hierarchical-softmax' }, 'skip-gram with hierarchical-softmax'],
    [{ objective: 'softmax' }, 'skip-gram with softmax'],
    [{ subwords: true }, 'skip-gram with negative-sampling and sub-words'],
    [{ architecture: 'pv-dm' }, 'pv-dm with negative-sampling'],
  ] as const)
    assert.match(
      await warningsOf({ threads: 3, ...call }),
      new RegExp(`^threads is 3, and one thread trains: ${kind} is trained window by window, .*schedule`),
    )
})

test('a text that is too small for blocks, and blocks of few parts, say how many threads train', async () => {
  assert.match(await warningsOf({ threads: 2 }), /one thread trains: the text is too small for blocks/)
  assert.match(
    await warningsOf({ threads: 4, schedule: 'blocks', parts: 2 }),
    /^threads is 4, and 2 threads train: the vocabulary is in 2 parts/,
  )
  assert.match(
    await warningsOf({ threads: 200, schedule: 'windows' }),
    /^threads is 200, and \d+ threads train: the text is too short/,
  )
})

test('nothing is said if all threads train, or if none were asked for', async () => {
  for (const call of [
    {},
    { threads: 1, architecture: 'cbow' },
    { threads: 2, schedule: 'blocks' },
    { threads: 2, schedule: 'windows', architecture: 'cbow' },
  ] as const)
    assert.equal(await warningsOf(call), '')
})
