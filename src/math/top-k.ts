/**
 * The k greatest scores of those offered, found with a heap of k. Of equal scores the lower id is kept; NaN
 * never is.
 */
export class TopK {
  readonly #k: number
  readonly #scores: number[] = [] // a heap, the worst one first
  readonly #ids: number[] = []

  constructor(k: number) {
    this.#k = k
  }

  /** Only scores above this can still enter. */
  get threshold(): number {
    return this.#ids.length < this.#k ? Number.NEGATIVE_INFINITY : this.#scores[0]!
  }

  /** The id that makes room for the next one; undefined if there is room left. */
  get least(): number | undefined {
    return this.#ids.length < this.#k ? undefined : this.#ids[0]
  }

  offer(score: number, id: number): void {
    if (this.#k === 0 || Number.isNaN(score)) return
    if (this.#ids.length < this.#k) this.#raise(this.#ids.length, score, id)
    else if (this.#precedes(score, id, 0)) this.#sink(score, id)
  }

  /** Greatest score first, then lowest id. */
  sorted(): { id: number; score: number }[] {
    return this.#ids
      .map((id, i) => ({ id, score: this.#scores[i]! }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
  }

  /** Whether (score, id) is better than entry i. */
  #precedes(score: number, id: number, i: number): boolean {
    return score > this.#scores[i]! || (score === this.#scores[i]! && id < this.#ids[i]!)
  }

  #raise(i: number, score: number, id: number): void {
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (this.#precedes(score, id, parent)) break
      this.#set(i, this.#scores[parent]!, this.#ids[parent]!)
      i = parent
    }
    this.#set(i, score, id)
  }

  #sink(score: number, id: number): void {
    const size = this.#ids.length
    let i = 0
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && this.#precedes(this.#scores[child]!, this.#ids[child]!, child + 1)) child++
      if (!this.#precedes(score, id, child)) break
      this.#set(i, this.#scores[child]!, this.#ids[child]!)
      i = child
    }
    this.#set(i, score, id)
  }

  #set(i: number, score: number, id: number): void {
    this.#scores[i] = score
    this.#ids[i] = id
  }
}
