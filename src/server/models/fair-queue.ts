/** Who waits: one of the keys of the server, or everybody together if it has none. */
export type Who = number | undefined

/** Jobs in the order of their turns: each who has one, then each another, whoever has brought how many. */
export class FairQueue<Job> {
  readonly #lines = new Map<Who, Job[]>()

  get isEmpty(): boolean {
    return this.#lines.size === 0
  }

  /** How many wait that are not each other. */
  get lines(): number {
    return this.#lines.size
  }

  push(who: Who, job: Job): void {
    const line = this.#lines.get(who)
    if (line) line.push(job)
    else this.#lines.set(who, [job])
  }

  remove(who: Who, job: Job): void {
    const line = this.#lines.get(who) ?? []
    const place = line.indexOf(job)
    if (place >= 0) line.splice(place, 1)
    if (line.length === 0) this.#lines.delete(who)
  }

  /** Whose turn it was is last from now on. */
  pass(who: Who): void {
    const line = this.#lines.get(who)
    if (!line) return
    this.#lines.delete(who)
    this.#lines.set(who, line)
  }

  lineOf(who: Who): readonly Job[] {
    return this.#lines.get(who) ?? []
  }

  *inTurn(): Generator<Job> {
    const lines = [...this.#lines.values()]
    const longest = Math.max(0, ...lines.map(line => line.length))
    for (let i = 0; i < longest; i++) for (const line of lines) if (i < line.length) yield line[i]!
  }
}
