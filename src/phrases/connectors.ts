/** The longest run of connector words that a phrase may have inside: "as_part_of_the_game" has three. */
export const MOST_CONNECTORS = 4

/** No run of connectors: the two words are neighbours. */
export const NOTHING_BETWEEN = 0

/** Numbers runs of connector words, from 1 in order of appearance. */
export class Connectors {
  readonly #indexes = new Map<number, number>() // by id
  readonly #next = new Map<number, number>() // by run and connector
  readonly #ids: number[] = []
  readonly #runs: number[][] = [[]]

  constructor(ids: Iterable<number>) {
    for (const id of ids) {
      if (this.#indexes.has(id)) continue
      this.#indexes.set(id, this.#ids.length)
      this.#ids.push(id)
    }
  }

  /** Whether there are none at all. */
  get isEmpty(): boolean {
    return this.#ids.length === 0
  }

  has(id: number): boolean {
    return this.#indexes.has(id)
  }

  /** The run that is one connector longer; −1 if that is too long. */
  longer(run: number, id: number): number {
    const key = run * this.#ids.length + this.#indexes.get(id)!
    return this.#next.get(key) ?? this.#add(key, [...this.#runs[run]!, id])
  }

  /** The connectors of a run, as ids. */
  idsOf(run: number): readonly number[] {
    return this.#runs[run]!
  }

  #add(key: number, run: number[]): number {
    const number = run.length > MOST_CONNECTORS ? -1 : this.#runs.push(run) - 1
    this.#next.set(key, number)
    return number
  }
}

/**
 * Articles, prepositions and conjunctions that stand inside English names: the end of the world, bread and butter.
 */
export const englishConnectors: readonly string[] =
  'a an the at by for from in of on to with without and or'.split(' ')
