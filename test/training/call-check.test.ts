import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { removeCheckpoint, type TrainCall, train } from 'wordloom/training'
import { digest, folder, run } from './small-runs.js'

const wrong: readonly (readonly [unknown, RegExp])[] = [
  [null, /^Cannot train: the options are null; expected an object\.$/],
  ['fast', /^Cannot train: the options are of type string; expected an object\.$/],
  ...[Number.NaN, '60', -1, 0, Number.POSITIVE_INFINITY].map(
    every =>
      [
        { checkpoint: 'c', checkpointEvery: every },
        /^Cannot train: checkpointEvery is .*; expected a number of seconds above 0\.$/,
      ] as const,
  ),
  [{ onStep: () => {}, stepSeconds: Number.NaN }, /stepSeconds is NaN; expected a number of seconds from 0/],
  [{ signal: {} }, /^Cannot train: signal is an object; expected an AbortSignal\.$/],
  [{ checkpointNow: {} }, /checkpointNow is an object; expected an EventTarget/],
  ...[
    'onEpoch',
    'onStep',
    'onProgress',
    'onWarning',
    'onStart',
    'onResume',
    'onCheckpoint',
    'onVocabulary',
  ].map(
    name => [{ [name]: 'x' }, new RegExp(`^Cannot train: ${name} is "x"; expected a function\\.$`)] as const,
  ),
  [{ vocabulary: {} }, /vocabulary is an object; expected a Vocabulary/],
  [{ phrases: {} }, /phrases is an object; expected Phrases/],
  [{ checkpoint: '' }, /checkpoint is ""; expected the path of a file/],
  [{ output: 5 }, /output is 5; expected the path of a file/],
  [{ output: 'a', outputFormat: 'worddoc' }, /outputFormat is "worddoc"; expected one of safetensors/],
  [{ checkpoint: 'c', resume: 1 }, /resume is 1; expected true or false/],
  [{ resume: true }, /resume is given, and checkpoint is not\. Give checkpoint, or leave resume out/],
  [{ checkpointEvery: 60 }, /checkpointEvery is given, and checkpoint is not/],
  [{ stepSeconds: 1 }, /stepSeconds is given, and onStep is not/],
  [{ outputFormat: 'glove' }, /outputFormat is given, and output is not/],
  [{ checkpoint: 'c', resume: true, restart: true }, /resume goes on and restart begins anew/],
]

for (const [call, message] of wrong)
  test(`refused before the text is read: ${message.source}`, async () => {
    const unread = {
      // biome-ignore lint/correctness/useYield: it must not even begin
      *[Symbol.iterator](): Generator<string> {
        assert.fail('the text is read')
      },
    }
    await assert.rejects(train(unread, call as TrainCall), { code: 'usage', message })
  })

const planted = new Error('planted')
const isPlanted = (error: unknown) => error === planted

for (const [manner, fail] of [
  ['throws', () => assert.fail(planted)],
  ['gives a promise that is rejected', () => Promise.reject(planted)],
] as const)
  test(`an onProgress that ${manner} ends the call after a last checkpoint, from which it goes on`, async () => {
    const checkpoint = join(folder, 'progress')
    const longer = { epochs: 30 }
    const onProgress: TrainCall['onProgress'] = ({ phase }) => (phase === 'training' ? fail() : undefined)
    await assert.rejects(run({ ...longer, onProgress }), isPlanted)
    assert.deepEqual(readdirSync(folder), [])
    await assert.rejects(run({ ...longer, checkpoint, onProgress }), isPlanted)
    assert.equal(digest(await run({ ...longer, checkpoint, resume: true })), digest(await run(longer)))
    await removeCheckpoint(checkpoint)
    assert.deepEqual(readdirSync(folder), [])
  })

test('every call that throws, or whose promise is rejected, ends training with that error', async () => {
  const vectors = (await run({})).vectors
  const lines = ['w0 w1 w2', 'w2 w1 w0']
  for (const fail of [() => assert.fail(planted), () => Promise.reject(planted)] as (() => never)[])
    for (const call of [
      { onProgress: fail },
      { onWarning: fail, threads: 9, architecture: 'cbow' },
      { onVocabulary: fail },
      { onStart: fail, from: vectors },
      { onEpoch: fail },
      { onStep: fail },
    ] satisfies TrainCall[])
      await assert.rejects(train({ lines }, { minCount: 1, ...call }), isPlanted, Object.keys(call)[0])
})

test('an onCheckpoint that throws ends training', async () => {
  const checkpoint = join(folder, 'told')
  const call = { checkpoint, checkpointEvery: 0.01, epochs: 300, onCheckpoint: () => assert.fail(planted) }
  await assert.rejects(run(call), isPlanted)
  await removeCheckpoint(checkpoint)
})

test('a call that never ends is left when the signal comes, and the lock is free', {
  timeout: 20_000,
}, async () => {
  const never = () => new Promise<void>(() => {})
  const vectors = (await run({})).vectors
  for (const [name, call] of Object.entries({
    onEpoch: { onEpoch: never },
    onStep: { onStep: never },
    onVocabulary: { onVocabulary: never },
    onStart: { from: vectors, onStart: never },
  } satisfies Record<string, TrainCall>))
    for (const kept of [{}, { checkpoint: join(folder, 'never'), restart: true }]) {
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 300)
      await assert.rejects(run({ ...call, ...kept, signal: stop.signal }), { code: 'aborted' }, name)
      assert.ok(!readdirSync(folder).includes('never.lock'), name)
    }
  await removeCheckpoint(join(folder, 'never'))
})
