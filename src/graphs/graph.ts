import type { WordTable } from '../text/inner.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Edges as they were read: from and to by number of the node. */
export interface EdgeList {
  readonly nodes: WordTable
  readonly from: Int32Array
  readonly to: Int32Array
  /** Undefined if every edge weighs 1. */
  readonly weights: Float64Array | undefined
}

/**
 * Nodes and, for each, the nodes that its edges lead to: 4 bytes each (12 with weights), and the names. Nodes are numbered in order of appearance.
 */
export class Graph {
  readonly size: number
  /** Where the neighbours of node i begin: starts[i] … starts[i + 1] − 1. */
  readonly starts: Float64Array
  /** Of each node in ascending order, each one once. */
  readonly neighbors: Int32Array
  /** Beside `neighbors`: the sum of the weights of this edge and those before it of the same node. */
  readonly cumulated: Float64Array | undefined
  readonly #nodes: WordTable

  /** Edges named twice are one edge; with weights, the sum of both. `directed` keeps them one-way. */
  constructor({ nodes, from, to, weights }: EdgeList, directed: boolean) {
    this.#nodes = nodes
    this.size = nodes.size
    const ways = directed
      ? [{ from, to }]
      : [
          { from, to },
          { from: to, to: from },
        ]
    const bound = new Float64Array(nodes.size + 1)
    for (const way of ways) for (const node of way.from) bound[node + 1]!++
    for (let i = 0; i < nodes.size; i++) bound[i + 1]! += bound[i]!
    const neighbors = new Int32Array(from.length * ways.length)
    const heights = weights && new Float64Array(neighbors.length)
    const next = bound.slice()
    for (const [w, way] of ways.entries())
      for (let e = 0; e < from.length; e++) {
        if (w === 1 && from[e] === to[e]) continue // a loop leads from a node to itself once
        const at = next[way.from[e]!]!++
        neighbors[at] = way.to[e]!
        if (heights) heights[at] = weights[e]!
      }
    const merged = merge({ bound, ends: next, neighbors, heights })
    this.starts = merged.starts
    this.neighbors = merged.neighbors
    this.cumulated = merged.cumulated
  }

  /** How many edges, each way of an undirected one counted. */
  get ways(): number {
    return this.neighbors.length
  }

  name(node: number): string {
    return decoder.decode(this.#nodes.bytes(node))
  }

  nameBytes(node: number): Uint8Array {
    return this.#nodes.bytes(node)
  }

  /** The node of this name, if there is one. */
  find(name: Uint8Array): number | undefined {
    const node = this.#nodes.find(name)
    return node < 0 ? undefined : node
  }

  /** How many nodes the edges of a node lead to. */
  degree(node: number): number {
    return this.starts[node + 1]! - this.starts[node]!
  }

  hasEdge(from: number, to: number): boolean {
    return this.placeOf(from, to) >= 0
  }

  /** Where an edge stands in `neighbors`, −1 if there is none. */
  placeOf(from: number, to: number): number {
    let low = this.starts[from]!
    let high = this.starts[from + 1]!
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.neighbors[middle]! < to) low = middle + 1
      else high = middle
    }
    return low < this.starts[from + 1]! && this.neighbors[low] === to ? low : -1
  }

  /** The weight of the edge at a place of `neighbors`, which belongs to this node. */
  weight(node: number, place: number): number {
    if (!this.cumulated) return 1
    return this.cumulated[place]! - (place > this.starts[node]! ? this.cumulated[place - 1]! : 0)
  }
}

interface UnorderedEdges {
  readonly bound: Float64Array
  readonly ends: Float64Array
  readonly neighbors: Int32Array
  readonly heights: Float64Array | undefined
}

/** Orders the neighbours of each node, joins equal ones, and moves all together. */
function merge({ bound, ends, neighbors, heights }: UnorderedEdges) {
  const starts = new Float64Array(bound.length)
  let written = 0
  for (let node = 0; node + 1 < bound.length; node++) {
    const [begin, end] = [bound[node]!, ends[node]!]
    orderRange(neighbors, heights, begin, end)
    starts[node] = written
    for (let at = begin; at < end; at++) {
      const isNew = written === starts[node] || neighbors[written - 1] !== neighbors[at]
      if (isNew) {
        neighbors[written] = neighbors[at]!
        if (heights) heights[written] = (written > starts[node]! ? heights[written - 1]! : 0) + heights[at]!
        written++
      } else if (heights) heights[written - 1]! += heights[at]!
    }
  }
  starts[bound.length - 1] = written
  return { starts, neighbors: neighbors.slice(0, written), cumulated: heights?.slice(0, written) }
}

function orderRange(
  neighbors: Int32Array,
  heights: Float64Array | undefined,
  begin: number,
  end: number,
): void {
  if (!heights) {
    neighbors.subarray(begin, end).sort()
    return
  }
  const order = Array.from({ length: end - begin }, (_, i) => begin + i)
  order.sort((a, b) => neighbors[a]! - neighbors[b]! || a - b)
  const sorted = order.map(at => [neighbors[at]!, heights[at]!] as const)
  for (const [i, [neighbor, height]] of sorted.entries()) {
    neighbors[begin + i] = neighbor
    heights[begin + i] = height
  }
}
