import { parseArgs } from 'node:util'
import { median } from 'simple-statistics'
import type { WordVectors } from 'wordloom'
import { row } from '#math/matrix'
import { ScanIndex } from '#search/scan-index'
import { clusteredVectors } from './clustered-vectors.js'

const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '100000' },
    dimensions: { type: 'string', default: '300' },
    threads: { type: 'string', default: '2' },
  },
})
let t = performance.now()
const lap = (what: string) => {
  console.log(
    what,
    (performance.now() - t).toFixed(0),
    'ms',
    (process.memoryUsage().rss / 1e6).toFixed(0),
    'MB',
  )
  t = performance.now()
}
const words = Number(values.words)
const v: WordVectors = clusteredVectors(words, Number(values.dimensions))
lap('made')
v.search.measure(words)
lap('measured')
const threads = Number(values.threads)
const exact = new ScanIndex('exact', v, { threads })
lap('exact index')
const queries = Array.from({ length: 32 }, (_, i) => `w${(i * 7919) % words}`)
async function time(index: ScanIndex) {
  await index.nearest('w1')
  const times: number[] = []
  const found = []
  for (const q of queries) {
    const s = performance.now()
    found.push(await index.nearest(q))
    times.push(performance.now() - s)
  }
  const s = performance.now()
  await index.nearestBatch(queries)
  const b = performance.now() - s
  console.log(
    index.kind,
    index.threads,
    'one',
    median(times).toFixed(1),
    'min',
    Math.min(...times).toFixed(1),
    'batch of 32',
    b.toFixed(0),
    'each',
    (b / 32).toFixed(1),
  )
  return found
}
const truth = await time(exact)
console.log(truth[0]!.map(n => n.similarity.toFixed(3)).join(' '))
t = performance.now()
const int8 = new ScanIndex('int8', v, { threads })
lap('int8 index')
const got = await time(int8)
let hit = 0
for (const [i, f] of got.entries()) for (const n of f) if (truth[i]!.some(m => m.word === n.word)) hit++
console.log('recall', hit / (10 * got.length))
const one = new ScanIndex('exact', v, { threads: 1 })
await time(one)
const s2 = performance.now()
v.nearest('w5')
console.log('sync', performance.now() - s2)
void row
await exact.close()
await int8.close()
