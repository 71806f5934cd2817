/** One process of Wordloom's for `queries`: loads a file, asks it, and prints what that took as JSON. */
import { evaluate, load } from 'wordloom'
import { ScanIndex } from 'wordloom/search'
import { MEGABYTES_A_KIB } from './measurement.js'
import type { QueryTask, QueryTimes } from './queries.js'

const task = JSON.parse(process.argv[2]!) as QueryTask

const { value: vectors, seconds: loading } = await timing(() => load(task.file))
const loadedMegabytes = process.resourceUsage().maxRSS * MEGABYTES_A_KIB
const index = new ScanIndex('exact', vectors, { threads: task.threads })
await index.nearestBatch([task.words[0]!])
const { seconds: oneByOne } = await timing(async () => {
  for (const word of task.words) await index.nearest(word)
})
const { seconds: together } = await timing(() => index.nearestBatch(task.words))
await index.close()
const { value: answers, seconds: analogies } = await timing(() =>
  evaluate(vectors, task.questions, { limit: 30_000, resamples: 0 }),
)
const times: QueryTimes = {
  loading,
  loadedMegabytes,
  oneByOne: oneByOne / task.words.length,
  together: together / task.words.length,
  analogies,
  accuracy: answers.kind === 'analogies' ? answers.total.accuracy : null,
  peakMegabytes: process.resourceUsage().maxRSS * MEGABYTES_A_KIB,
}
process.stdout.write(`${JSON.stringify(times)}\n`)

async function timing<Value>(work: () => Promise<Value>): Promise<{ value: Value; seconds: number }> {
  const start = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - start) / 1000 }
}
