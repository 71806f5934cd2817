import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { mean, median } from 'simple-statistics'
import { load, type WordVectors } from 'wordloom'
import {
  ApproximateIndex,
  type IndexOptions,
  type NeighborIndex,
  openIndex,
  type SearchKind,
  searchKinds,
} from 'wordloom/search'
import type { Neighbor } from 'wordloom/vectors'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { madeUpVectors } from './made-up-vectors.js'
import { fixed, table } from './table.js'
import { numberFlag } from './variants.js'

export const searchUsage = `search   how long each kind of search takes, and what it finds of what the exact one does
  --vectors FILE                     real vectors, in any format; or made-up ones of
  --words 300000  --dimensions 300
  --kinds exact,int8                 of exact, int8, product, approximate; --threads 2
  --connectivity  --expansion-add  --expansion-search  --precision i8    of an approximate one, as its options
  --graph FILE                       where its graph is kept, to search once more without building it`

interface SearchTimes {
  readonly kind: SearchKind
  readonly threads: number
  /** Seconds, and those of the processor. */
  readonly building: number
  readonly buildingProcessor: number
  readonly one: number
  readonly fastest: number
  readonly processor: number
  readonly together: number
  readonly recall: number
  readonly megabytes: number
}

const ASKED = 32
/** Of neighbours whose similarity is told. */
const RANKS = [1, 10, 100, 1000]

export async function search(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vectors: { type: 'string' },
      words: { type: 'string', default: '300000' },
      dimensions: { type: 'string', default: '300' },
      threads: { type: 'string', default: '2' },
      kinds: { type: 'string', default: 'exact,int8' },
      connectivity: { type: 'string' },
      'expansion-add': { type: 'string' },
      'expansion-search': { type: 'string' },
      precision: { type: 'string' },
      graph: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const [words, dimensions, threads] = (['words', 'dimensions', 'threads'] as const).map(name =>
    numberFlag(name, values[name], 1),
  ) as [number, number, number]
  const kinds = searchKinds.filter(kind => kind === 'exact' || values.kinds.split(',').includes(kind))
  const machine = describeMachine()
  const vectors = values.vectors ? await load(values.vectors) : madeUpVectors(words, dimensions)
  note(`${vectors.size} × ${vectors.dimensions} vectors are there`)
  const asked = Array.from({ length: ASKED }, (_, i) => vectors.vocabulary.word((i * 7919) % vectors.size))
  const results: SearchTimes[] = []
  let truth: Neighbor[][] | undefined
  for (const kind of kinds) {
    const { times, found } = await measureKind(
      vectors,
      kind,
      { threads, ...graphOptions(values) },
      asked,
      truth,
      values.graph,
    )
    truth ??= found
    results.push(times)
    note(JSON.stringify(times))
  }
  const conditions = [
    `${values.vectors ? values.vectors.split('/').at(-1) : 'made-up vectors'}: ${vectors.size} × ${vectors.dimensions}`,
    `${ASKED} words, 10 answers each; one: median of one by one; recall: share of the exact answers`,
    nearnessOf(vectors, asked),
  ]
  process.stdout.write(`${heading('Search', conditions, machine)}\n${searchTable(results)}`)
  writeJson(values.json, machine, results)
}

/** How near the words that are asked for lie to their neighbours and to one another: what makes a search easy or hard. */
function nearnessOf(vectors: WordVectors, asked: readonly string[]): string {
  const found = asked.map(word => vectors.nearest(word, RANKS.at(-1)!))
  const byRank = RANKS.map(rank => mean(found.map(neighbors => neighbors[rank - 1]!.similarity)))
  const others = asked.slice(1).map((word, i) => vectors.similarity(asked[i]!, word))
  return `mean similarity of their neighbours ${RANKS.join(', ')}: ${byRank.map(x => fixed(x, 2)).join(', ')}; of words at random: ${fixed(mean(others), 2)}`
}

function graphOptions(values: Record<string, string | undefined>): IndexOptions {
  const numbers = {
    connectivity: values.connectivity,
    expansionAdd: values['expansion-add'],
    expansionSearch: values['expansion-search'],
  }
  const given = Object.entries(numbers).filter(([, text]) => text !== undefined)
  const options = Object.fromEntries(given.map(([name, text]) => [name, numberFlag(name, text, 1)]))
  return { ...options, ...(values.precision && { precision: values.precision as 'i8' }) }
}

async function measureKind(
  vectors: WordVectors,
  kind: SearchKind,
  options: IndexOptions,
  asked: readonly string[],
  truth: readonly Neighbor[][] | undefined,
  graph?: string,
): Promise<{ times: SearchTimes; found: Neighbor[][] }> {
  const start = performance.now()
  const idle = process.cpuUsage()
  const index = await (kind === 'approximate' && graph
    ? openGraphFile(vectors, options, graph)
    : openIndex(vectors, kind, options))
  const building = (performance.now() - start) / 1000
  const buildingProcessor = processorMs(idle) / 1000
  await index.nearest(asked[0]!)
  const durations: number[] = []
  const before = process.cpuUsage()
  const found: Neighbor[][] = []
  for (const word of asked) {
    const start = performance.now()
    found.push(await index.nearest(word))
    durations.push(performance.now() - start)
  }
  const processor = processorMs(before) / asked.length
  const together = await batchTime(index, asked)
  await index.close()
  return {
    found,
    times: {
      kind,
      threads: index.threads,
      building,
      buildingProcessor,
      one: median(durations),
      fastest: Math.min(...durations),
      processor,
      together,
      recall: truth ? recallOf(found, truth) : 1,
      megabytes: process.memoryUsage().rss / 1e6,
    },
  }
}

/** The graph of the file if there is one, or a new one that goes there. */
async function openGraphFile(vectors: WordVectors, options: IndexOptions, path: string) {
  if (existsSync(path)) return ApproximateIndex.load(path, vectors, options)
  const index = await ApproximateIndex.build(vectors, options)
  await index.save(path)
  return index
}

function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/** Milliseconds by query, after a batch that is not measured: threads compile the kernel for four queries then. */
async function batchTime(index: NeighborIndex, asked: readonly string[]): Promise<number> {
  await index.nearestBatch(asked)
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
      'processor s',
      'one ms',
      'fastest ms',
      'processor ms',
      '32 together, ms each',
      'recall at 10',
      'memory MB',
    ],
    results.map(times => [
      times.kind,
      String(times.threads),
      fixed(times.building, 1),
      fixed(times.buildingProcessor, 1),
      fixed(times.one, 2),
      fixed(times.fastest, 2),
      fixed(times.processor, 2),
      fixed(times.together, 2),
      fixed(times.recall, 4),
      fixed(times.megabytes),
    ]),
  )
}
