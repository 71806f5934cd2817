import type { TokenizerName } from '../text/index.js'
import { type AccessRules, checkAccess, corsHeaders, preflight } from './http/access.js'
import type { Answer } from './http/answer.js'
import type { Asked } from './http/asked.js'
import { withBody } from './http/body.js'
import { checkJsonType } from './http/content.js'
import { jsonIn } from './http/json-body.js'
import { Keys } from './http/keys.js'
import { Places } from './http/places.js'
import { clientGone, overloaded, Refusal, refusalOf } from './http/refusal.js'
import { Room } from './http/room.js'
import { type Limits, usualLimits } from './limits.js'
import { LookedUpModel, type RowsToLookUp } from './models/looked-up-model.js'
import { Generation, type Shelf } from './models/shelf.js'
import { type House, Passage } from './passage.js'
import { routes as ownRoutes } from './routes/table.js'
import { fieldsIn } from './routing/query.js'
import { type AnyRoute, pauses, type RequestFacts, type Standing } from './routing/route.js'
import { type Found, Router } from './routing/router.js'

/** How a server behaves, whatever it runs on. */
export interface ServerOptions {
  /** Keys that open it; without any it is open. */
  readonly keys?: readonly string[]
  /** Hosts besides this machine's own that requests may name, without ports; `any` for all. */
  readonly allowHosts?: readonly string[] | 'any'
  /** Origins of pages of other sites that may ask; `any` for all. */
  readonly cors?: readonly string[] | 'any'
  /** What a text without a known word gets: `zeros`, which are named, or an `error` for the whole request. */
  readonly empty?: 'zeros' | 'error'
  /** Whether only the beginning of a text that is too long is read, and the text is not refused. */
  readonly truncate?: boolean
  readonly limits?: Partial<Limits>
  /** Told of each request once its answer is made. */
  readonly onAnswer?: (event: AnswerEvent) => void
  /** Told of errors that are mistakes of the server itself. */
  readonly onFailure?: (error: unknown, id: string) => void
  /** Reads all models anew. */
  readonly reload?: () => Promise<void>
  /** Whether only this machine can ask, so that no key is needed for what changes the server. */
  readonly isLocal?: boolean
  /** Routes besides the server's own. */
  readonly routes?: readonly AnyRoute[]
}

/** What one request was, without any of its texts, words, vectors and keys. */
export interface AnswerEvent extends RequestFacts {
  readonly id: string
  /** The route as its table has it, or `none`. */
  readonly route: string
  readonly method: string
  readonly status: number
  /** To a hundredth of a millisecond. */
  readonly seconds: number
  /** Why it was refused. */
  readonly code?: string | undefined
  /** The id of the trace that it is part of, as its `traceparent` has it. */
  readonly trace?: string | undefined
  /** Which of the keys it had, from 0. */
  readonly key?: number | undefined
}

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])

/** Answers requests: the same on every platform. */
export class Service {
  #shelf: Shelf | undefined
  /** Until models are loaded. */
  #early: Generation | undefined
  readonly #options: ServerOptions
  readonly #rules: AccessRules
  readonly #keys: Keys
  readonly #house: House
  readonly #bodies: Room
  readonly #places: Places
  readonly #router: Router
  #working = 0
  #isDraining = false

  /** Without models, which `serve` gives it later, it is loading. */
  constructor(shelf: Shelf | undefined, options: ServerOptions = {}) {
    const { keys = [], allowHosts = [], cors = [], limits, routes = [], reload, isLocal } = options
    const all = [...ownRoutes, ...routes]
    this.#shelf = shelf
    this.#options = options
    const hosts = allowHosts === 'any' ? allowHosts : allowHosts.map(name => name.toLowerCase())
    this.#rules = { hosts, origins: cors, addresses: isLocal === false }
    this.#keys = new Keys(keys)
    const bounds = { ...usualLimits, ...limits }
    this.#bodies = new Room(bounds.bodies, 'the bodies')
    this.#places = new Places(bounds.requests)
    this.#router = new Router(all)
    const standing: Standing = {
      pause: () => (this.#isDraining ? 'draining' : this.#shelf === undefined ? 'loading' : undefined),
      looksUp: () => this.#early !== undefined && !this.#isDraining,
      reload,
      hasKeys: this.#keys.count > 0,
      routes: all,
    }
    const { empty = 'zeros', truncate = false } = options
    this.#house = {
      limits: bounds,
      standing,
      empty,
      truncate,
      answers: new Room(bounds.answers, 'the answers'),
    }
  }

  /** Requests that are worked on. */
  get working(): number {
    return this.#working
  }

  /** From now on questions are answered. */
  serve(shelf: Shelf): void {
    this.#shelf = shelf
    this.#endEarly()
  }

  /** Until `serve` is called, vectors of texts are made of rows that are looked up: of each model by its name, undefined for those that cannot be. */
  lookUp(
    rows: ReadonlyMap<string, RowsToLookUp | undefined>,
    aliases: Readonly<Record<string, string>>,
    tokenizer?: TokenizerName,
  ): void {
    const models = [...rows].map(
      ([name, found]) => [name, found && new LookedUpModel(name, found, tokenizer)] as const,
    )
    this.#early = new Generation([], new Map(Object.entries(aliases)), new Map(models))
  }

  /** From now on nothing new is answered. */
  drain(): void {
    this.#isDraining = true
    this.#endEarly()
  }

  #endEarly(): void {
    this.#early?.retire()
    this.#early = undefined
  }

  /** Answers without a look at the request, and tells of it. */
  refuse(refusal: Refusal): Answer {
    const id = crypto.randomUUID()
    const { status, code, answer } = refusal
    this.#options.onAnswer?.({ id, route: 'none', method: 'other', status, seconds: 0, code })
    return { ...answer, headers: { ...answer.headers, 'x-request-id': id } }
  }

  /** Never rejects: what goes wrong is an answer, too. */
  async answer(asked: Asked): Promise<Answer> {
    const start = performance.now()
    const id = idOf(asked)
    const passage = new Passage(asked, this.#house)
    let code: string | undefined
    let answer: Answer
    this.#working++
    try {
      answer = await this.#pass(asked, passage)
    } catch (error) {
      const refusal = asked.signal?.aborted ? clientGone() : refusalOf(error)
      if (refusal.code === 'internal') this.#options.onFailure?.(error, id)
      code = refusal.code
      answer = refusal.answer
    }
    this.#working--
    passage.end()
    const { status, body, closes } = answer
    const seconds = Math.round((performance.now() - start) * 100) / 1e5
    this.#options.onAnswer?.(eventOf(asked, passage, id, status, seconds, code))
    const own = { 'x-content-type-options': 'nosniff', 'x-request-id': id }
    return { status, headers: { ...own, ...answer.headers, ...this.#cors(asked) }, body, closes }
  }

  async #pass(asked: Asked, passage: Passage): Promise<Answer> {
    checkAccess(asked, this.#rules)
    const flight = preflight(asked, () => this.#router.allowed(asked.target.replace(/\?.*/s, '')))
    if (flight) return { status: 204, headers: flight, body: '' }
    const found = this.#router.find(asked.method, asked.target)
    const { route } = found
    passage.route = route
    if (route.access !== 'open') passage.who = this.#keys.check(asked)
    if (route.access === 'admin') this.#checkAdmin()
    if (!route.isAlways) {
      this.#checkPause(route)
      this.#places.take(passage.who)
    }
    const now = this.#shelf?.current ?? this.#early
    if (now) passage.generation = now
    const { generation } = passage
    generation.hold()
    try {
      return await this.#answerRoute(asked, found, passage)
    } finally {
      if (!route.isAlways) this.#places.release(passage.who)
      generation.release()
    }
  }

  #answerRoute(
    asked: Asked,
    { route, parts, path, query }: Found,
    passage: Passage,
  ): Answer | Promise<Answer> {
    const read = (given: unknown) => route.answer(route.asks.read(given, '') as never, passage)
    if (route.method === 'GET') return read(fieldsIn(route, parts, query))
    const isBare = Object.keys(route.asks.fields).length === 0
    if (!isBare) checkJsonType(asked, path, exampleOf(route, passage.generation))
    const most = this.#house.limits[route.largest ?? 'body']
    return withBody(asked, most, this.#bodies, bytes => read(isBare ? {} : jsonIn(bytes)))
  }

  #checkAdmin(): void {
    if (this.#keys.count > 0 || this.#options.isLocal) return
    throw new Refusal(403, 'key_needed', {
      found: 'this server has no keys, and others than this machine can ask it',
      cure: 'start it with a key',
    })
  }

  #checkPause({ isEarly }: AnyRoute): void {
    const pause = this.#house.standing.pause()
    if (pause === 'loading' && isEarly && this.#early) return
    if (pause) throw overloaded(pause, pauses[pause])
  }

  #cors(asked: Asked): Readonly<Record<string, string>> {
    return corsHeaders(asked, this.#rules)
  }
}

/** Written out, as each spread of an object into another takes longer than the line of the log. */
function eventOf(
  asked: Asked,
  { route, facts, who }: Passage,
  id: string,
  status: number,
  seconds: number,
  code: string | undefined,
): AnswerEvent {
  const { model, inputs, tokens, unknownTokens, emptyInputs, truncatedInputs } = facts
  return {
    id,
    status,
    seconds,
    code,
    trace: traceOf(asked),
    route: route?.path ?? 'none',
    method: KNOWN_METHODS.has(asked.method) ? asked.method : 'other',
    model,
    inputs,
    tokens,
    unknownTokens,
    emptyInputs,
    truncatedInputs,
    key: who,
  }
}

/** The example of a route, with the name of a model if there are several to choose from. */
function exampleOf({ asks, example }: AnyRoute, { all }: Generation): object | undefined {
  const [model] = all.keys()
  return all.size > 1 && Object.hasOwn(asks.fields, 'model') ? { model, ...example } : example
}

function traceOf(asked: Asked): string | undefined {
  const parent = asked.header('traceparent')
  return parent && /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/.exec(parent)?.[1]
}

/** The caller's own name of the request if it is a plain one, else ours. */
function idOf(asked: Asked): string {
  const given = asked.header('x-request-id')
  return given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : crypto.randomUUID()
}
