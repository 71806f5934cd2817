import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { Model } from 'wordloom'
import { type TrainCall, train } from 'wordloom/training'
import { Random } from '#math/random'

export const folder = mkdtempSync(join(tmpdir(), 'wordloom-calls-'))

after(() => rmSync(folder, { recursive: true, force: true }))

function* sentences(count = 1500): Generator<string[]> {
  for (let s = 0; s < count; s++) {
    const random = new Random(5, s)
    yield Array.from({ length: 5 + random.below(15) }, () => `w${Math.floor(800 ** random.uniform())}`)
  }
}

const common = { dimensions: 12, minCount: 1, epochs: 3, threads: 2 } as const

export function digest({ vectors }: Pick<Model, 'vectors'>): string {
  const hash = createHash('sha256')
  for (const { data, rows, columns, stride } of [vectors.matrix, vectors.outputVectors!])
    for (let i = 0; i < rows; i++) hash.update(data.slice(i * stride, i * stride + columns))
  return hash.digest('hex')
}

export const run = (call: TrainCall) => train(sentences(), { ...common, schedule: 'blocks', ...call })
