/** Who asks, as far as the order of answers is concerned. */
export interface Asker {
  /** Which key it has, if it has one. */
  readonly key: number | undefined
  /** Aborted once it has gone. */
  readonly signal: AbortSignal | undefined
}

/** Puts work in an order that is fair to keys: one that asks a thousand questions holds up another no longer than one does. */
export class Turns {
  /** When each key was last served, in scans. */
  readonly #served = new Map<number | undefined, number>()
  #now = 0

  /** The first work of each key, those first that have waited longest for their turn; then the second of each, and so on. */
  inOrder<Work extends { readonly asker: Asker }>(works: readonly Work[]): readonly Work[] {
    const ranks = new Map<number | undefined, number>()
    const ranked = works.map(work => {
      const { key } = work.asker
      const rank = ranks.get(key) ?? 0
      ranks.set(key, rank + 1)
      return { work, rank, served: this.#served.get(key) ?? 0 }
    })
    if (ranks.size < 2) return works
    return ranked.sort((a, b) => a.rank - b.rank || a.served - b.served).map(({ work }) => work)
  }

  serve({ key }: Asker): void {
    this.#served.set(key, ++this.#now)
  }
}
