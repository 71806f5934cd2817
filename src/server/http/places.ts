import { overloaded } from './refusal.js'

/** The requests that are worked on: of each key so many at once, whatever the others ask. */
export class Places {
  readonly #most: number
  readonly #taken = new Map<number | undefined, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Throws the refusal of a server that is full. */
  take(key: number | undefined): void {
    const taken = this.#taken.get(key) ?? 0
    if (taken >= this.#most) throw overloaded('overloaded', 'the server works on as many requests as it may')
    this.#taken.set(key, taken + 1)
  }

  release(key: number | undefined): void {
    this.#taken.set(key, this.#taken.get(key)! - 1)
  }
}
