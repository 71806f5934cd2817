import type { Asked } from './http/asked.js'
import { Refusal } from './http/refusal.js'
import type { Room } from './http/room.js'
import type { Limits } from './limits.js'
import { Generation } from './models/shelf.js'
import type { AnyRoute, RequestFacts, Standing, Turn } from './routing/route.js'

/** What is the same for all requests of a server. */
export interface House {
  readonly limits: Limits
  readonly standing: Standing
  readonly empty: 'zeros' | 'error'
  readonly truncate: boolean
  /** For the answers that are being made. */
  readonly answers: Room
}

const noModels = new Generation([], new Map())

/**
 * One request on its way to an answer. A class, as the engine keeps one shape for all of its objects: a literal with a getter
 * has a new one each time, and took a seventh of all processor time.
 */
export class Passage implements Turn {
  readonly facts: RequestFacts = {
    model: undefined,
    inputs: undefined,
    tokens: undefined,
    unknownTokens: undefined,
    emptyInputs: undefined,
    truncatedInputs: undefined,
  }
  route: AnyRoute | undefined = undefined
  who: number | undefined = undefined
  generation: Generation = noModels
  readonly #asked: Asked
  readonly #house: House
  #reserved = 0

  constructor(asked: Asked, house: House) {
    this.#asked = asked
    this.#house = house
  }

  get limits(): Limits {
    return this.#house.limits
  }

  get standing(): Standing {
    return this.#house.standing
  }

  get empty(): 'zeros' | 'error' {
    return this.#house.empty
  }

  get truncate(): boolean {
    return this.#house.truncate
  }

  get signal(): AbortSignal | undefined {
    return this.#asked.signal
  }

  reserve(bytes: number, beside = 0): void {
    const { limits, answers } = this.#house
    if (bytes > limits.answer) throw answerTooLarge(limits.answer)
    const taken = 2 * bytes + beside // in parts, and as one
    answers.take(taken)
    this.#reserved += taken
  }

  /** Gives back the room that was reserved. */
  end(): void {
    this.#house.answers.release(this.#reserved)
  }
}

function answerTooLarge(most: number): Refusal {
  return new Refusal(400, 'answer_too_large', {
    found: `the answer would have more than ${most.toLocaleString('en')} bytes`,
    cure: 'ask in several requests',
  })
}
