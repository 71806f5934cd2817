import { parseArgs } from 'node:util'
import { median } from 'simple-statistics'
import { load, type WordVectors } from 'wordloom'
import {
  type IndexOptions,
  type NeighborIndex,
  openIndex,
  type SearchKind,
  searchKinds,
} from 'wordloom/search'
import type { Neighbor } from 'wordloom/vectors'
import { clusteredVectors } from './clustered-vectors.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { fixed, table } from './table.js'
import { numberFlag } from './variants.js'

export const searchUsage = `search   how long each kind of search takes, and what it finds of what the exact one does
  --vectors FILE                     real vectors, in any format; or made-up ones of
  --words 300000  --dimensions 300
  --kinds exact,int8                 of exact, int8, product, approximate; --threads 2`

interface SearchTimes {
  readonly kind: SearchKind
  readonly threads: number
  readonly building: number
  readonly one: number
  readonly fastest: number
  readonly processor: number
  readonly together: number
  readonly recall: number
  readonly megabytes: number
}

const ASKED = 32

export async function search(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vectors: { type: 'string' },
      words: { type: 'string', default: '300000' },
      dimensions: { type: 'string', default: '300' },
      threads: { type: 'string', default: '2' },
      kinds: { type: 'string', default: 'exact,int8' },
      json: { type: 'string' },
    },
  })
  const [words, dimensions, threads] = (['words', 'dimensions', 'threads'] as const).map(name =>
    numberFlag(name, values[name], 1),
  ) as [number, number, number]
  const kinds = searchKinds.filter(kind => kind === 'exact' || values.kinds.split(',').includes(kind))
  const machine = describeMachine()
  const vectors = values.vectors ? await load(values.vectors) : clusteredVectors(words, dimensions)
  note(`${vectors.size} × ${vectors.dimensions} vectors are there`)
  const asked = Array.from({ length: ASKED }, (_, i) => vectors.vocabulary.word((i * 7919) % vectors.size))
  const results: SearchTimes[] = []
  let truth: Neighbor[][] | undefined
  for (const kind of kinds) {
    const { times, found } = await measureKind(vectors, kind, { threads }, asked, truth)
    truth ??= found
    results.push(times)
    note(JSON.stringify(times))
  }
  const conditions = [
    `${values.vectors ? values.vectors.split('/').at(-1) : 'made-up clusters'}: ${vectors.size} × ${vectors.dimensions}`,
    `${ASKED} words, 10 answers each; one: median of one by one; recall: share of the exact answers`,
  ]
  process.stdout.write(`${heading('Search', conditions, machine)}\n${searchTable(results)}`)
  writeJson(values.json, machine, results)
}

async function measureKind(
  vectors: WordVectors,
  kind: SearchKind,
  options: IndexOptions,
  asked: readonly string[],
  truth: readonly Neighbor[][] | undefined,
): Promise<{ times: SearchTimes; found: Neighbor[][] }> {
  const start = performance.now()
  const index = await openIndex(vectors, kind, options)
  const building = (performance.now() - start) / 1000
  await index.nearest(asked[0]!)
  const durations: number[] = []
  const before = process.cpuUsage()
  const found: Neighbor[][] = []
  for (const word of asked) {
    const start = performance.now()
    found.push(await index.nearest(word))
    durations.push(performance.now() - start)
  }
  const { user, system } = process.cpuUsage(before)
  const together = await batchTime(index, asked)
  await index.close()
  return {
    found,
    times: {
      kind,
      threads: index.threads,
      building,
      one: median(durations),
      fastest: Math.min(...durations),
      processor: (user + system) / 1000 / asked.length,
      together,
      recall: truth ? recallOf(found, truth) : 1,
      megabytes: process.memoryUsage().rss / 1e6,
    },
  }
}

/** Milliseconds by query. */
async function batchTime(index: NeighborIndex, asked: readonly string[]): Promise<number> {
  const start = performance.now()
  await index.nearestBatch(asked)
  return (performance.now() - start) / asked.length
}

function recallOf(found: readonly Neighbor[][], truth: readonly Neighbor[][]): number {
  const hits = truth.map((answers, i) => {
    const words = new Set(found[i]!.map(({ word }) => word))
    return answers.filter(({ word }) => words.has(word)).length
  })
  return hits.reduce((sum, n) => sum + n, 0) / truth.flat().length
}

function searchTable(results: readonly SearchTimes[]): string {
  return table(
    [
      'search',
      'threads',
      'made in s',
      'one ms',
      'fastest ms',
      'processor ms',
      '32 together, ms each',
      'recall at 10',
      'memory MB',
    ],
    results.map(({ kind, threads, building, one, fastest, processor, together, recall, megabytes }) => [
      kind,
      String(threads),
      fixed(building, 1),
      fixed(one, 1),
      fixed(fastest, 1),
      fixed(processor, 1),
      fixed(together, 1),
      fixed(recall, 4),
      fixed(megabytes),
    ]),
  )
}
