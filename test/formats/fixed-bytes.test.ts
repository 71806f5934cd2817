import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeCheckpoint } from '#assignment/checkpoint'
import type { RunState } from '#assignment/treebank-run'
import { allocateMatrix, row } from '#math/matrix'
import { CheckpointStore } from '#runs/checkpoint-store'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { undivided } from '#training/plan/parts'
import { compress, SubwordVectors, WordVectors } from '#vectors/index'
import { MemoryDisk } from '../faults/memory-disk.js'
import { smallCheckpoint, written } from '../faults/small-checkpoint.js'
import { plantedVectors } from '../search/planted-vectors.js'
import { awkwardVectors, bytesIn } from './sample.js'

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Rows of numbers that float32 holds. */
function counted(rows: number, columns: number) {
  const matrix = allocateMatrix(rows, columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) row(matrix, i)[j] = (i * 7 - j * 3) / 8
  return matrix
}

/** All words of a model, with whatever else a file keeps. */
function models(): Record<string, WordVectors> {
  const plain = awkwardVectors()
  const { vocabulary, matrix, metadata } = plain
  const settings = { minNgram: 3, maxNgram: 5, buckets: 9 }
  const subwords = new SubwordVectors({ settings, matrix: counted(9, 3) })
  const some = new SubwordVectors({ settings, matrix: counted(3, 3), buckets: Uint32Array.of(0, 4, 8) })
  const outputVectors = counted(8, 3)
  const planted = plantedVectors(300, 10)
  return {
    plain,
    documents: new WordVectors({
      vocabulary: Vocabulary.of(['1', '2', '4'], Float64Array.of(1, 1, 1)),
      matrix: counted(3, 5),
      metadata: { contains: 'documents' },
    }),
    'output vectors': new WordVectors({ vocabulary, matrix, metadata, outputVectors }),
    'sub-words': new WordVectors({ vocabulary, matrix, metadata, outputVectors, subwords }),
    'some sub-words': new WordVectors({ vocabulary, matrix, metadata, subwords: some }),
    float16: compress(planted, { precision: 'float16' }).vectors,
    int8: compress(planted, { precision: 'int8' }).vectors,
    pq: compress(planted, { precision: 'pq' }).vectors,
  }
}

/** The bytes of a checkpoint of training, with rows that are not of words if told. */
async function checkpointBytes(further: boolean): Promise<Uint8Array> {
  const disk = new MemoryDisk()
  const content = smallCheckpoint(1)
  const words = content.vocabulary.size
  const rows = { inputVectors: counted(words + 5, 3), parts: undivided(words) }
  const store = new CheckpointStore('/x', disk)
  await (await store.write(written({ ...content, ...(further && rows) }))).settle()
  return disk.contents().get('/x.1')!
}

async function assignmentBytes(state: Partial<RunState>): Promise<Uint8Array> {
  const numbers = (from: number) => Float64Array.from({ length: 40 }, (_, i) => (from - i) / 3)
  const random = Uint32Array.from({ length: 625 }, (_, i) => i * 2_654_435_761)
  const matrices = { inputVectors: numbers(1), outputVectors: numbers(9) }
  const run = { iteration: 7, smoothedLoss: undefined, loseRepeats: false, treebankDigest: 'ab', random }
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-'))
  try {
    await writeCheckpoint(join(folder, 'a'), { ...run, ...matrices, ...state })
    return readFileSync(join(folder, 'a'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('files of vectors have the bytes of every version before', () => {
  const digests = Object.entries(models()).map(([name, vectors]) => [
    name,
    digestOf(bytesIn('safetensors', vectors)),
  ])
  assert.deepEqual(Object.fromEntries(digests), {
    plain: '6f41c8bfb0235d5e06740b1541ff5c3259d7f0f564a94c9b09f141387bb23439',
    documents: '89ceb6da8463b5638e0222c3c7199d7f93779441dac02b3ec0f8432011247686',
    'output vectors': 'b21024243354c5c57a9e80ad67968d0f257117f908ef7bf3157a8bf8ff753502',
    'sub-words': '07981222bcbd6fe9cd381b27124158f299dc5e533df782bebb633c4b009e614d',
    'some sub-words': '11418306af29dddaf82c9a6639eeea6c00ebd75714b0312f04d394576c919275',
    float16: '38bef2aeaf41b0dc0d8e36714e215f8643d49a171705a933aede8575a4324fff',
    int8: '9d44672f9692d783d11df24e7d4a16bab1c0237ec7c85b119389ceb3286ca9a9',
    pq: 'b7a79544873b4e445c0a18727a1c1bdbb7e45397aa477e4f40a585c77a7b9991',
  })
})

test('checkpoints of training have the bytes of every version before', async () => {
  assert.deepEqual(
    {
      words: digestOf(await checkpointBytes(false)),
      'further rows': digestOf(await checkpointBytes(true)),
    },
    {
      words: '795bd1b9347532a18bf73555f722717d4cbba655630be5596cad6c5af5dc0c4c',
      'further rows': 'a157cbc42c3981c7dc5c3e02bd565579f059c2cf8de070bed30860e65925ee60',
    },
  )
})

test('checkpoints of the assignment have the bytes of every version before', async () => {
  assert.deepEqual(
    {
      early: digestOf(await assignmentBytes({})),
      later: digestOf(await assignmentBytes({ smoothedLoss: 9.75, loseRepeats: true })),
    },
    {
      early: '49cfaba6534440b49024182f38dd2468a4ba57875a73531b0f7d05d6c3856284',
      later: 'f8659a6aef856323c604065b621fc8b64b4db7d787e207d04ee48e7ae2ab957f',
    },
  )
})
