/**
 * The least cost of moving all that is supplied to where it is demanded: Σ flow · cost, with whole numbers
 * in `supply` and `demand` of the same sum, and `cost[i][j]` ≥ 0. Exact: successive shortest paths, found by
 * Dijkstra on costs reduced by potentials (Ahuja, Magnanti and Orlin, Network Flows, §9.7).
 */
export function transportCost(
  supply: readonly number[],
  demand: readonly number[],
  cost: readonly Float64Array[],
): number {
  const plan = new Plan(supply, demand, cost)
  while (plan.augment());
  return plan.cost()
}

/** Suppliers are nodes 0 … n − 1, receivers n … n + m − 1. */
class Plan {
  readonly #n: number
  readonly #size: number
  readonly #left: Float64Array
  readonly #cost: readonly Float64Array[]
  readonly #flow: Float64Array[]
  readonly #potential: Float64Array
  readonly #distance: Float64Array
  readonly #before: Int32Array

  constructor(supply: readonly number[], demand: readonly number[], cost: readonly Float64Array[]) {
    this.#n = supply.length
    this.#size = supply.length + demand.length
    this.#left = Float64Array.of(...supply, ...demand)
    this.#cost = cost
    this.#flow = supply.map(() => new Float64Array(demand.length))
    // Receivers start at their cheapest supplier, so that the first paths cost nothing and are found at once.
    this.#potential = Float64Array.from({ length: this.#size }, (_, node) =>
      node < this.#n ? 0 : Math.min(...cost.map(row => row[node - this.#n]!)),
    )
    this.#distance = new Float64Array(this.#size)
    this.#before = new Int32Array(this.#size)
  }

  /** Sends as much as fits along one cheapest path; false if nothing is left to send. */
  augment(): boolean {
    const end = this.#cheapestPath()
    if (end < 0) return false
    let amount = this.#left[end]!
    let start = end
    for (let node = end; this.#before[node]! >= 0; node = this.#before[node]!) {
      start = this.#before[node]!
      if (start >= this.#n) amount = Math.min(amount, this.#flow[node]![start - this.#n]!)
    }
    amount = Math.min(amount, this.#left[start]!)
    for (let node = end; node !== start; node = this.#before[node]!) {
      const before = this.#before[node]!
      if (before < this.#n) this.#flow[before]![node - this.#n]! += amount
      else this.#flow[node]![before - this.#n]! -= amount
    }
    this.#left[start]! -= amount
    this.#left[end]! -= amount
    return true
  }

  cost(): number {
    let sum = 0
    for (const [i, flows] of this.#flow.entries())
      for (const [j, flow] of flows.entries()) sum += flow * this.#cost[i]![j]!
    return sum
  }

  /** The receiver that is cheapest to reach, of those that want more, from a supplier that has some; or −1. */
  #cheapestPath(): number {
    const done = new Uint8Array(this.#size)
    this.#distance.fill(Number.POSITIVE_INFINITY)
    this.#before.fill(-1)
    const start = this.#left.findIndex((left, node) => node < this.#n && left > 0)
    if (start < 0) return -1
    this.#distance[start] = 0
    for (;;) {
      const node = this.#nearest(done)
      if (node < 0) return -1
      done[node] = 1
      if (node >= this.#n && this.#left[node]! > 0) {
        const reach = this.#distance[node]!
        for (let i = 0; i < this.#size; i++) this.#potential[i]! += Math.min(reach, this.#distance[i]!)
        return node
      }
      this.#relax(node)
    }
  }

  /** Of equally near nodes a receiver, which may be the end. */
  #nearest(done: Uint8Array): number {
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (let i = this.#size - 1; i >= 0; i--)
      if (done[i] === 0 && this.#distance[i]! < least) {
        least = this.#distance[i]!
        best = i
      }
    return best
  }

  #relax(node: number): void {
    if (node < this.#n) {
      for (let j = 0; j < this.#size - this.#n; j++) this.#reach(node, this.#n + j, this.#cost[node]![j]!)
      return
    }
    for (let i = 0; i < this.#n; i++)
      if (this.#flow[i]![node - this.#n]! > 0) this.#reach(node, i, -this.#cost[i]![node - this.#n]!)
  }

  #reach(from: number, to: number, cost: number): void {
    // Rounding can leave a reduced cost a hair below 0, which Dijkstra would not bear.
    const reduced = Math.max(0, cost + this.#potential[from]! - this.#potential[to]!)
    const distance = this.#distance[from]! + reduced
    if (distance >= this.#distance[to]!) return
    this.#distance[to] = distance
    this.#before[to] = from
  }
}
