import { overloaded } from './refusal.js'

/** The memory that something of all requests may take together. */
export class Room {
  readonly #most: number
  readonly #what: string
  #taken = 0

  /** `what` fills it, in an error. */
  constructor(most: number, what: string) {
    this.#most = most
    this.#what = what
  }

  /** Throws the refusal of a server that is full. */
  take(bytes: number): void {
    if (this.#taken + bytes > this.#most)
      throw overloaded('overloaded', `${this.#what} of other requests fill the memory that there is for them`)
    this.#taken += bytes
  }

  release(bytes: number): void {
    this.#taken -= bytes
  }
}
