import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { learnPhrases, Vocabulary } from 'wordloom'
import { type TrainCall, train } from 'wordloom/training'
import { WordVectors } from 'wordloom/vectors'
import { Random } from '#math/random'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-fingerprint-'))

after(() => rmSync(folder, { recursive: true, force: true }))

const lines = Array.from({ length: 300 }, (_, i) => {
  const random = new Random(3, i)
  return Array.from({ length: 15 }, () => `w${random.below(40)}`).join(' ')
})

const common = { dimensions: 8, epochs: 3, threads: 1, minCount: 1, subsampling: 0 } as const
const old = (await train({ lines }, common)).vectors

/** The old vectors, but for one number of one row. */
function changed(which: 'matrix' | 'outputVectors', metadata = old.metadata): WordVectors {
  const copy = (name: 'matrix' | 'outputVectors') => {
    const data = new Float32Array(old[name]!.data)
    if (name === which) data[3 * old[name]!.stride]! += 0.5
    return { ...old[name]!, data }
  }
  return new WordVectors({
    vocabulary: old.vocabulary,
    matrix: copy('matrix'),
    outputVectors: copy('outputVectors'),
    metadata,
  })
}

const counts = (factor: number) =>
  Vocabulary.of(
    [...old.vocabulary.words()],
    old.vocabulary.counts.map(n => n * factor),
  )
const joining = (threshold: number) => learnPhrases({ lines }, { minCount: 1, threshold })

const pairs: readonly [what: string, before: TrainCall, now: TrainCall, says: RegExp][] = [
  [
    'frozen words',
    { from: old, frozen: ['w2', 'w3'] },
    { from: old, frozen: ['w4', 'w5'] },
    /the frozen words: /,
  ],
  ['rows to start from', { from: old }, { from: changed('matrix') }, /the vectors given: /],
  ['output rows to start from', { from: old }, { from: changed('outputVectors') }, /the vectors given: /],
  ['rows of a model to continue', { continue: old }, { continue: changed('matrix') }, /the vectors given: /],
  [
    'history',
    { from: old },
    { from: changed('matrix', { ...old.metadata, creator: 'another' }) },
    /the history of the vectors given: /,
  ],
  ['counts of a vocabulary', { vocabulary: counts(1) }, { vocabulary: counts(2) }, /words and counts: /],
  [
    'tokenizers of the same name',
    { tokenizer: line => line.split(' ') },
    { tokenizer: line => line.split(' ').reverse() },
    /the text as words: /,
  ],
  ['phrases', { phrases: await joining(1e9) }, { phrases: await joining(0) }, /the text as words: /],
]

/** Leaves a checkpoint in the middle of a training. */
async function stopped(call: TrainCall, source: Parameters<typeof train>[0] = { lines }): Promise<void> {
  const stop = new AbortController()
  const onEpoch = () => stop.abort()
  await assert.rejects(train(source, { ...common, ...call, signal: stop.signal, onEpoch }), {
    code: 'aborted',
  })
}

for (const [what, before, now, says] of pairs)
  test(`a run that was stopped does not go on with other ${what}`, async () => {
    const checkpoint = join(folder, what.replaceAll(' ', '-'))
    await stopped({ ...before, checkpoint })
    await assert.rejects(
      train({ lines }, { ...common, ...now, checkpoint, resume: true }),
      (error: Error & { code: string }) => {
        assert.equal(error.code, 'bad-data')
        assert.match(error.message, /holds another run: /)
        assert.match(error.message, says)
        return true
      },
    )
    const resumed = await train({ lines }, { ...common, ...before, checkpoint, resume: true })
    const whole = await train({ lines }, { ...common, ...before })
    assert.deepEqual(resumed.vectors.matrix.data, whole.vectors.matrix.data)
  })

test('a run that was stopped does not go on with the same bytes cut into other files in the middle of a line', async () => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const text = lines.join('\n')
  const cutAt = (at: number) => [write('first.txt', text.slice(0, at)), write('second.txt', text.slice(at))]
  const places = [...text.matchAll(/ w\d+(?= )/g)].map(match => match.index)
  const checkpoint = join(folder, 'cut')
  await stopped({ checkpoint }, cutAt(places[500]!))
  await assert.rejects(train(cutAt(places[501]!), { ...common, checkpoint, resume: true }), {
    code: 'bad-data',
    message: /holds another run: the text: /,
  })
  await train(cutAt(places[500]!), { ...common, checkpoint, resume: true })
})
