import { type AnyModelToServe, createHandler, type ModelToServe, type ServerOptions } from 'wordloom/server'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'

export const WORDS = [
  'the',
  'film',
  'good',
  'great',
  'bad',
  'awful',
  'actor',
  'music',
  'King',
  'queen',
  '__proto__',
  'constructor',
  'naïve',
  'kino',
]

/** Vectors with an odd number of dimensions, so that bytes in groups of two or four show where they are wrong. */
export function smallVectors(seed = 1, dimensions = 9): WordVectors {
  const data = Float32Array.from({ length: WORDS.length * dimensions }, (_, i) =>
    Math.sin(seed * (i + 1) ** 2),
  )
  return new WordVectors({
    vocabulary: Vocabulary.of(
      WORDS,
      Float64Array.from(WORDS, (_, i) => 1000 >> i),
    ),
    matrix: { data, rows: WORDS.length, columns: dimensions, stride: dimensions },
  })
}

export const main: ModelToServe = { name: 'main', vectors: smallVectors(), created: 1_700_000_000 }

/** What is answered: the object of its JSON, and all around it. */
export interface Told {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly json: any
  readonly text: string
}

export type Ask = (path: string, body?: unknown, init?: RequestInit) => Promise<Told>

/** Asks a handler: a body is posted as JSON, unless it is text, which is posted as it stands. */
export function askOf(handler: (request: Request) => Promise<Response>): Ask {
  return async (path, body, init = {}) => {
    const posted =
      body === undefined
        ? {}
        : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }
    const headers = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(init.headers as object),
    }
    const response = await handler(new Request(`http://localhost${path}`, { ...posted, ...init, headers }))
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') && text !== ''
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    }
  }
}

/** Asks a server of one small model, or of those that are given. */
export function serverOf(options: ServerOptions = {}, models: readonly AnyModelToServe[] = [main]): Ask {
  return askOf(createHandler(models, options))
}

/** The error object, which every refusal has. */
export function errorOf({ json }: Told): {
  message: string
  type: string
  param: string | null
  code: string
} {
  return json.error
}
