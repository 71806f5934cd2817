import type { Graph } from './graph.js'

/**
 * The sums of the chances of a step, edge by edge of a node, as node2vec weighs them: by 1/p (`back`) to where the walk
 * came from, by 1 to what is beside that, by 1/q (`away`) to all else. Only edges of the first two kinds are looked at,
 * found by way of the node with fewer edges: a walk that passes a hub thousands of times does not go through all of the
 * hub's edges each time.
 */
export class BiasedSums {
  readonly total: number
  readonly #graph: Graph
  readonly #start: number
  readonly #end: number
  readonly #away: number
  readonly #places: number[] = [] // of edges that are not weighed by `away`, ascending
  readonly #extra: number[] = [] // what they and those before them have above `away`

  constructor(graph: Graph, previous: number, node: number, back: number, away: number) {
    this.#graph = graph
    this.#start = graph.starts[node]!
    this.#end = graph.starts[node + 1]!
    this.#away = away
    let extra = 0
    for (const place of placesToward(graph, previous, node)) {
      const bias = graph.neighbors[place] === previous ? back : 1
      extra += graph.weight(node, place) * (bias - away)
      this.#places.push(place)
      this.#extra.push(extra)
    }
    this.total = away * this.#weightTo(this.#end - 1) + extra
  }

  /** The place in `neighbors` of the first edge whose sum is above `height`. */
  placeOf(height: number): number {
    let [low, high] = [0, this.#places.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sumAt(middle) > height) high = middle
      else low = middle + 1
    }
    const [start, end] = [
      low === 0 ? this.#start : this.#places[low - 1]! + 1,
      this.#places[low] ?? this.#end - 1,
    ]
    const plain = (height - (this.#extra[low - 1] ?? 0)) / this.#away
    const { cumulated } = this.#graph
    const place = cumulated ? placeOf(cumulated, start, end + 1, plain) : this.#start + Math.floor(plain)
    return Math.min(Math.max(place, start), end)
  }

  #sumAt(index: number): number {
    return this.#away * this.#weightTo(this.#places[index]!) + this.#extra[index]!
  }

  /** Of the node's edges up to a place. */
  #weightTo(place: number): number {
    return this.#graph.cumulated?.[place] ?? place - this.#start + 1
  }
}

/** The first place from start to end − 1 whose sum is above `height`. */
export function placeOf(sums: Float64Array, start: number, end: number, height: number): number {
  let low = start
  let high = end - 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (sums[middle]! > height) high = middle
    else low = middle + 1
  }
  return low
}

/** The places of the edges from `node` to `previous` and to what an edge of `previous` leads to, ascending. */
function placesToward(graph: Graph, previous: number, node: number): number[] {
  const { starts, neighbors } = graph
  const places: number[] = []
  if (graph.degree(node) <= graph.degree(previous)) {
    for (let place = starts[node]!; place < starts[node + 1]!; place++)
      if (neighbors[place] === previous || graph.hasEdge(previous, neighbors[place]!)) places.push(place)
    return places
  }
  for (let at = starts[previous]!; at < starts[previous + 1]!; at++) {
    const place = graph.placeOf(node, neighbors[at]!)
    if (place >= 0) places.push(place)
  }
  const back = graph.placeOf(node, previous)
  if (back >= 0 && !graph.hasEdge(previous, previous)) places.push(back)
  return places.sort((a, b) => a - b)
}
