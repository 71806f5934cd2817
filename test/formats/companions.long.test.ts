import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ByteSource, formats, load, read, save, type VectorFormat } from '#formats/index'
import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { plainWords } from './plain-words.js'
import { awkwardVectors, damaged, rowsOf, temporaryFolder } from './sample.js'

test('Parquet of many row groups, and of other columns, is read or refused by name', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'many.parquet')
  const [words, dimensions] = [700, 3000] // 2,100,000 numbers: three row groups
  const matrix = allocateMatrix(words, dimensions)
  for (let i = 0; i < words; i++)
    row(matrix, i).set(Float32Array.from({ length: dimensions }, (_, j) => i + j / 7))
  const vectors = new WordVectors({
    vocabulary: Vocabulary.of(Array.from({ length: words }, (_, i) => `w${i}`)),
    matrix,
  })
  await save(vectors, path)
  const again = await load(path, { words: ['w699', 'w0'] })
  assert.deepEqual(rowsOf(again), [[...row(matrix, 0)], [...row(matrix, 699)]])

  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const write = (columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData']) =>
    writeFile(path, new Uint8Array(parquetWriteBuffer({ columnData })))
  await write([
    { name: 'id', data: [1, 2] },
    { name: 'token', data: ['a', 'b'] },
  ])
  await assert.rejects(load(path), {
    code: 'bad-data',
    message:
      /there is no column of lists of floats among id \(int32\), token \(byte_array\); expected a column of strings and one of lists/,
  })
  await writeFile(path, (await readFile(path)).subarray(0, 40))
  await assert.rejects(load(path), { code: 'bad-data', message: /not a Parquet file that can be read/ })
})

for (const format of ['npy', 'projector', 'model2vec', 'parquet'] as const)
  test(`${format}: hundreds of damaged files give vectors or a sentence, never a crash or NaN`, async () => {
    const { write, companions }: VectorFormat = formats[format]
    const whole = async (chunks: ReturnType<VectorFormat['write']>) => {
      const parts: Uint8Array[] = []
      for await (const chunk of chunks) parts.push(chunk)
      return Buffer.concat(parts)
    }
    const vectors = awkwardVectors(plainWords, 2)
    const main = await whole(write(vectors))
    const [companion] = companions?.('vectors.tsv') ?? []
    const beside = companion && (await whole(companion.write(vectors)))
    for (let seed = 0; seed < 800; seed++) {
      const random = new Random(seed, 0)
      const [first, second] = [
        seed % 4 ? damaged(main, random) : main,
        seed % 4 ? beside : beside && damaged(beside, random),
      ]
      const source: ByteSource = {
        name: 'vectors.tsv',
        size: first.length,
        chunks: [first],
        beside: async name => second && { name, chunks: [second] },
      }
      try {
        const found = await read(source, seed % 2 ? { format } : {})
        assert.ok(rowsOf(found).flat().every(Number.isFinite))
      } catch (error) {
        const { code, message } = error as { code?: string; message: string }
        assert.ok(
          code === 'bad-data' || code === 'too-large',
          `seed ${seed}: ${(error as Error).stack ?? message}`,
        )
      }
    }
  })
