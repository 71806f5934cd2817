import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Model, type TrainingOptions, train } from 'wordloom/training'
import { Random } from '#math/random'

/** Enough for a few stops an epoch. */
const lines = Array.from({ length: 600 }, (_, i) => {
  const random = new Random(3, i)
  return Array.from({ length: 20 }, () => `word${random.below(60)}`).join(' ')
})

const ways: readonly Partial<TrainingOptions>[] = [
  { architecture: 'pv-dm' },
  { architecture: 'pv-dbow-skip-gram', objective: 'hierarchical-softmax' },
  { subwords: true, buckets: 1000 },
  { architecture: 'cbow', subwords: true, buckets: 1000 },
  { architecture: 'cbow', objective: 'softmax' },
]

for (const way of ways)
  test(`${JSON.stringify(way)}: a training that was stopped goes on to the bytes of one that was not`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wordloom-resume-'))
    try {
      const options = { ...way, epochs: 3, dimensions: 12, threads: 1, minCount: 1, subsampling: 0 } as const
      const whole = await train({ lines }, options)
      const checkpoint = join(folder, 'run')
      const stop = new AbortController()
      let steps = 0
      const onStep = () => {
        if (++steps === 2) stop.abort()
      }
      const stopped = train({ lines }, { ...options, checkpoint, signal: stop.signal, onStep })
      await assert.rejects(stopped, { code: 'aborted' })
      const resumed = await train({ lines }, { ...options, checkpoint, resume: true })
      assert.deepEqual(learnedBy(resumed), learnedBy(whole))
    } finally {
      await rm(folder, { recursive: true })
    }
  })

function learnedBy({ vectors, documents, losses }: Model) {
  return [vectors.matrix.data, vectors.outputVectors!.data, documents?.matrix.data, losses]
}
