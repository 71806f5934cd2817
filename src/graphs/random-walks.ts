import { WordloomError } from '../errors.js'
import { keyOf, Purpose, Random } from '../math/index.js'
import { checkNames, completed, integer, kindOf, number, type OptionTable } from '../options/index.js'
import { BiasedSums, placeOf } from './biased-sums.js'
import { Graph } from './graph.js'

/** How a graph is walked. */
export interface WalkOptions {
  /** Walks that begin at each node. A whole number from 1 to 1,000,000; default 10. */
  readonly walksPerNode?: number | undefined
  /**
   * Nodes in a walk at most. A whole number from 1 to 1,000,000; default 80.
   *
   * A walk is shorter if it reaches a node that no edge leaves.
   */
  readonly length?: number | undefined
  /**
   * Reluctance to step straight back: above 1 a walk seldom does, below 1 often. A number from 0.000001 to
   * 1,000,000; default 1.
   *
   * The p of node2vec.
   */
  readonly p?: number | undefined
  /**
   * Reluctance to move away: above 1 a walk stays near, below 1 it moves away. A number from 0.000001 to
   * 1,000,000; default 1.
   *
   * The q of node2vec.
   */
  readonly q?: number | undefined
  /** Start of every random draw. A whole number from 0 up; default 1. */
  readonly seed?: number | undefined
}

export interface WalkCalls {
  /** Called with a sentence after the last walk, if some nodes are in none. */
  readonly onWarning?: ((sentence: string) => void) | undefined
}

/** Every option of walking: types, defaults, ranges, flags and help. */
export const walkOptionTable = {
  walksPerNode: integer(10, 1, 1_000_000, 'walks that begin at each node'),
  length: integer(80, 1, 1_000_000, 'nodes in a walk at most'),
  p: number(1, 1e-6, 1e6, 'reluctance to step straight back: above 1 a walk seldom does, below 1 often'),
  q: number(1, 1e-6, 1e6, 'reluctance to move away: above 1 a walk stays near, below 1 it moves away'),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw'),
} as const satisfies OptionTable<keyof WalkOptions>

/** Steps drawn and refused before the chances of all neighbours are added up instead. */
const MOST_REFUSALS = 64

/**
 * Walks as node numbers: `walksPerNode` rounds, in each of which a walk begins at every node that an edge leaves, in
 * an order drawn anew. A step follows an edge in proportion to its weight; with p and q that is weighed by where the
 * walk came from (Grover and Leskovec 2016, §3.2). Every walk is a function of the seed and its number. The array is
 * used again for the next walk. Throws `usage`.
 */
export function* walkNumbers(graph: Graph, options: WalkOptions & WalkCalls = {}): Generator<Int32Array> {
  checkNames(walkOptionTable, options, ['onWarning'], 'walk the graph')
  checkGraph(graph)
  const { walksPerNode, length, p, q, seed } = completed(walkOptionTable, options, 'walk the graph')
  const walker = new Walker(graph, p, q)
  const walk = new Int32Array(length)
  const order = Int32Array.from({ length: graph.size }, (_, node) => node)
  const visited = new Uint8Array(graph.size)
  for (let round = 0; round < walksPerNode; round++) {
    shuffle(order, new Random(keyOf(seed, Purpose.walkOrder), round))
    const key = keyOf(seed, Purpose.walks, round)
    for (const node of order) {
      if (graph.degree(node) === 0) continue
      const found = walk.subarray(0, walker.walk(node, walk, new Random(key, node)))
      for (const place of found) visited[place] = 1
      yield found
    }
  }
  warnOfMissed(visited, options)
}

/** Throws `usage` for what is no graph. */
export function checkGraph(graph: unknown): void {
  if (graph instanceof Graph) return
  throw new WordloomError('usage', {
    action: 'walk the graph',
    found: `the graph is ${kindOf(graph)}`,
    expected: 'a Graph',
    cure: 'open a file with await readGraph(path)',
  })
}

/** Walks as names of nodes: a corpus that `train` takes (with subsampling: 0), in memory for the graph alone. */
export function* walks(graph: Graph, options: WalkOptions & WalkCalls = {}): Generator<string[]> {
  for (const walk of walkNumbers(graph, options)) yield Array.from(walk, node => graph.name(node))
}

function warnOfMissed(visited: Uint8Array, { onWarning }: WalkCalls): void {
  const missed = visited.reduce((sum, is) => sum + 1 - is, 0)
  if (missed === 0) return
  const [some, all] = [missed, visited.length].map(n => n.toLocaleString('en'))
  onWarning?.(
    `${some} of ${all} nodes are in no walk: no edge leaves them, so that no walk begins there, and none came there`,
  )
}

/** Fisher and Yates. */
function shuffle(items: Int32Array, random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const item = items[i]!
    items[i] = items[j]!
    items[j] = item
  }
}

class Walker {
  readonly #graph: Graph
  readonly #back: number // what p and q make of a step's weight: to where the walk came from,
  readonly #away: number // and to no neighbour of that
  readonly #most: number

  constructor(graph: Graph, p: number, q: number) {
    this.#graph = graph
    this.#back = 1 / p
    this.#away = 1 / q
    this.#most = Math.max(1, this.#back, this.#away)
  }

  /** Writes a walk from `node`; gives how many nodes it has. */
  walk(node: number, into: Int32Array, random: Random): number {
    into[0] = node
    let length = 1
    while (length < into.length && this.#graph.degree(into[length - 1]!) > 0) {
      into[length] =
        length === 1 ? this.#step(node, random) : this.#next(into[length - 2]!, into[length - 1]!, random)
      length++
    }
    return length
  }

  /** A neighbour in proportion to the weights. */
  #step(node: number, random: Random): number {
    const { starts, neighbors, cumulated } = this.#graph
    const [start, end] = [starts[node]!, starts[node + 1]!]
    if (!cumulated) return neighbors[start + random.below(end - start)]!
    return neighbors[placeOf(cumulated, start, end, random.uniform() * cumulated[end - 1]!)]!
  }

  /**
   * Draws a step by its weight and keeps it with the chance that p and q give it, which needs no table for every pair
   * of edges. If nearly all are refused, the chances are added up; the distribution is the same.
   */
  #next(previous: number, node: number, random: Random): number {
    if (this.#back === 1 && this.#away === 1) return this.#step(node, random)
    for (let i = 0; i < MOST_REFUSALS; i++) {
      const step = this.#step(node, random)
      if (random.uniform() * this.#most < this.#bias(previous, step)) return step
    }
    return this.#exact(previous, node, random)
  }

  /** The same draw by the sums of the chances, without going through all neighbours: see BiasedSums. */
  #exact(previous: number, node: number, random: Random): number {
    const sums = new BiasedSums(this.#graph, previous, node, this.#back, this.#away)
    return this.#graph.neighbors[sums.placeOf(random.uniform() * sums.total)]!
  }

  #bias(previous: number, step: number): number {
    if (step === previous) return this.#back
    return this.#graph.hasEdge(previous, step) ? 1 : this.#away
  }
}
