import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { SpoolFile } from '#files/spool'
import { TokenIds } from '#text/index'

test('packed ids are the ids, whatever they are and wherever they lie', () => {
  const frequent = fc.integer({ min: -1, max: 100 })
  const any = fc.oneof(frequent, fc.constantFrom(65_533, 65_534, 65_535, 65_536, 1_000_000), fc.nat(200_000))
  const lists = fc.array(
    fc.tuple(fc.array(any, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 20_000 })),
  )
  const same = Int32Array.from({ length: 1_000_001 }, (_, id) => id)
  fc.assert(
    fc.property(lists, fc.constantFrom(2 ** 30, 2 ** 22, 0), fc.array(any), (given, memory, more) => {
      const wide = new TokenIds()
      const packed = new TokenIds({ memory, open: SpoolFile.create })
      for (const ids of [wide, packed]) {
        for (const [list, times] of given) for (let i = 0; i < times; i++) ids.append(Int32Array.from(list))
        ids.renumber([same], ids === packed)
        ids.append(Int32Array.from(more))
      }
      const seen = TokenIds.over(packed.share(), SpoolFile.over)
      for (const ids of [packed, seen]) {
        assert.deepEqual([ids.length, ids.tokens], [wide.length, wide.tokens])
        for (let from = 0; from < wide.length; from += 99_991) {
          const [expected, found] = [new Int32Array(20_000), new Int32Array(20_000)]
          wide.read(from, Math.min(wide.length, from + 20_000), expected)
          ids.read(from, Math.min(wide.length, from + 20_000), found)
          assert.deepEqual(found, expected)
          assert.equal(ids.get(from), wide.get(from))
        }
      }
      packed.close()
    }),
    { numRuns: 10 },
  )
})

test('ids lie partly in memory and partly in a file, which other threads read too', async () => {
  const ids = new TokenIds({ memory: 2 ** 22, open: SpoolFile.create })
  const count = 2 ** 21 + 5
  for (let i = 0; i < count; i++) ids.push(i % 10 === 9 ? -1 : i % 10)
  const part = new Int32Array(12)
  ids.read(2 ** 20 - 4, 2 ** 20 + 4, part, 2)
  assert.deepEqual([...part], [0, 0, 2, 3, 4, 5, 6, 7, 8, -1, 0, 0])
  ids.renumber([Int32Array.from({ length: 9 }, (_, id) => 100 + id)])
  const script = `
    import('node:worker_threads').then(async ({ parentPort, workerData }) => {
      const { TokenIds } = await import(workerData.text)
      const { SpoolFile } = await import(workerData.files)
      const ids = TokenIds.over(workerData.shared, SpoolFile.over)
      const part = new Int32Array(8)
      ids.read(2 ** 20 - 4, 2 ** 20 + 4, part)
      parentPort.postMessage([ids.get(3), ids.get(2 ** 20 + 3), ids.get(2 ** 21 + 4), ids.tokens, ...part])
    })`
  const workerData = {
    text: import.meta.resolve('#text/index'),
    files: import.meta.resolve('#files/spool'),
    shared: ids.share(),
  }
  assert.equal(workerData.shared.chunks.length, 1)
  const worker = new Worker(script, { eval: true, workerData })
  const seen = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
  await worker.terminate()
  const tokens = count - Math.floor(count / 10)
  assert.deepEqual(seen, [103, -1, 106, tokens, 102, 103, 104, 105, 106, 107, 108, -1])
  assert.equal(ids.tokens, tokens)
  ids.close()
})
