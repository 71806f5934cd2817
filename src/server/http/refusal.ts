import { type Fault, textOf, WordloomError } from '../../errors.js'
import { type Answer, json } from './answer.js'

/** What a refusal says besides its sentence. */
export interface RefusalFacts {
  /** The field of the body, or of the query, that is wrong: `input[3]`. */
  readonly param?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Whether nothing more is read from the connection. */
  readonly closes?: boolean
  /** Further fields of the error object. */
  readonly also?: Readonly<Record<string, unknown>>
}

/** The statuses of refusals, with the type that the error object names for each. */
const types = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'invalid_request_error',
  405: 'invalid_request_error',
  408: 'invalid_request_error',
  413: 'invalid_request_error',
  415: 'invalid_request_error',
  500: 'server_error',
  503: 'server_error',
} as const

export type RefusalStatus = keyof typeof types

/** A request that is not answered as its sender wished, worded as every error of Wordloom is. */
export class Refusal extends Error {
  readonly status: RefusalStatus
  /** For a program to switch on: `model_not_found`. */
  readonly code: string
  readonly facts: RefusalFacts

  constructor(status: RefusalStatus, code: string, fault: Fault, facts: RefusalFacts = {}) {
    super(new WordloomError('usage', { ...fault, action: fault.action ?? 'answer' }).message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.facts = facts
  }

  /** The error object that clients of OpenAI's routes read, on every route. */
  get answer(): Answer {
    const { message, status, code, facts } = this
    const error = { message, type: types[status], param: facts.param ?? null, code, ...facts.also }
    const answer = json({ error }, status, facts.headers)
    return facts.closes ? { ...answer, closes: true } : answer
  }
}

/** A value of the request that cannot be. */
export function wrongValue(param: string, found: string, expected?: string, cure?: string): Refusal {
  const fault = { found, ...(expected !== undefined && { expected }), ...(cure !== undefined && { cure }) }
  return new Refusal(400, 'invalid_value', fault, { param: param === '' ? undefined : param })
}

/** No room or no time for it now; a second later there may be. */
export function overloaded(code: string, found: string): Refusal {
  return new Refusal(503, code, { found, cure: 'ask again in a second' }, { headers: { 'retry-after': '1' } })
}

/** For the log alone: nobody is there to read it. */
export function clientGone(): Refusal {
  return new Refusal(408, 'client_gone', { found: 'the client has gone' }, { closes: true })
}

/** What any error means to a client: an error of the library in its own words, anything else without a word of its inside. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (!(error instanceof WordloomError) || error.code === 'internal') return failure()
  const { action, found, expected, cure } = error.fault
  const fault = { action, found, expected, cure }
  if (error.code === 'unknown-word') return new Refusal(404, 'unknown_word', fault)
  if (error.code === 'usage' || error.code === 'bad-data') return new Refusal(400, 'invalid_value', fault)
  if (error.code === 'too-large')
    return new Refusal(
      503,
      'out_of_memory',
      { ...fault, found: textOf(found) },
      { headers: { 'retry-after': '5' } },
    )
  return failure()
}

function failure(): Refusal {
  return new Refusal(500, 'internal', {
    action: 'answer',
    found: 'something failed in the server itself',
    cure: 'look into its log for the line with this x-request-id',
  })
}
