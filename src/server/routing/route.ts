import type { Answer } from '../http/answer.js'
import type { Limits } from '../limits.js'
import type { Generation } from '../models/shelf.js'
import type { Field, JsonSchema } from '../schema/field.js'
import type { RecordField, RecordOf } from '../schema/fields.js'

/** What a request turned out to be about, for logs and metrics: no text, word, vector or key. */
export interface RequestFacts {
  model?: string | undefined
  /** Texts or questions. */
  inputs?: number | undefined
  tokens?: number | undefined
  unknownTokens?: number | undefined
  /** Texts without a vector. */
  emptyInputs?: number | undefined
  /** Texts of which only the beginning was read. */
  truncatedInputs?: number | undefined
}

/** Why nothing is answered now. */
export const pauses = {
  loading: 'the models are being loaded',
  draining: 'the server is ending',
} as const

/** What the server itself is, to the few routes that tell of it. */
export interface Standing {
  /** Why nothing is answered now; undefined if all is. */
  readonly pause: () => keyof typeof pauses | undefined
  /** Whether vectors of texts are answered, by look-ups, while models are loaded. */
  readonly looksUp: () => boolean
  /** Reads all models anew; undefined if there is nothing to read them from. */
  readonly reload: (() => Promise<void>) | undefined
  readonly hasKeys: boolean
  readonly routes: readonly AnyRoute[]
}

/** One request on its way to an answer. */
export interface Turn {
  readonly generation: Generation
  readonly limits: Limits
  readonly standing: Standing
  readonly facts: RequestFacts
  readonly signal: AbortSignal | undefined
  /** Which of the keys asks, so that one of many does not hold the others back. */
  readonly who: number | undefined
  /** Makes sure of room for an answer of so many bytes, with so many beside it. Throws 400 for one too large, 503 if others fill the room. */
  reserve(bytes: number, beside?: number): void
  /** What a text without a known word gets: zeros, or a refusal of the request. */
  readonly empty: 'zeros' | 'error'
  /** Whether a text that is too long is cut off, and not refused. */
  readonly truncate: boolean
}

type Asks = RecordField<Readonly<Record<string, Field>>>

/** A route as a value: requests are matched, checked and described by it. */
export interface Route<Asked extends Asks = Asks> {
  readonly method: 'GET' | 'POST'
  /** With `:name` for a part that is a field of `asks`. */
  readonly path: string
  /** Other paths of the same route. */
  readonly also?: readonly string[]
  /** One phrase, for the page and the description. */
  readonly summary: string
  /** Who may use it: anybody, whoever has a key if the server has keys, or nobody without a key unless the server is this machine's alone. */
  readonly access: 'open' | 'key' | 'admin'
  /** Whether it is answered while the server is loading or draining. */
  readonly isAlways?: boolean
  /** Whether it is answered by look-ups while models are loaded. */
  readonly isEarly?: boolean
  /** The fields of the body, or of the query of a GET. */
  readonly asks: Asked
  /** Which of the limits holds for the body; `body` if not given. */
  readonly largest?: 'textBody' | 'body'
  /** A request to try. */
  readonly example?: Readonly<Record<string, unknown>>
  /** What is answered with 200, unless it is no JSON. */
  readonly gives?: JsonSchema
  readonly answer: (asked: RecordOf<Asked['fields']>, turn: Turn) => Answer | Promise<Answer>
}

/** A route whose fields only it knows. */
export type AnyRoute = Route

/** Gives `answer` the types of the fields beside it. */
export function route<const Asked extends Asks>(value: Route<Asked>): AnyRoute {
  return value as unknown as AnyRoute
}
