import { RegExpRouter } from 'hono/router/reg-exp-router'
import { Refusal } from '../http/refusal.js'
import type { AnyRoute } from './route.js'

const LONGEST_TARGET = 8_192

/** A route with what a request names in its path and its query. */
export interface Found {
  readonly route: AnyRoute
  readonly parts: Readonly<Record<string, string>>
  readonly path: string
  readonly query: string
}

/** Finds routes by method and path. */
export class Router {
  readonly #router = new RegExpRouter<AnyRoute>()
  /** Those without a name in their path, by method and path. */
  readonly #plain = new Map<string, AnyRoute>()
  readonly #methods: readonly string[]

  constructor(routes: readonly AnyRoute[]) {
    for (const route of routes)
      for (const path of [route.path, ...(route.also ?? [])]) {
        this.#router.add(route.method, path, route)
        if (!path.includes(':')) this.#plain.set(`${route.method} ${path}`, route)
      }
    this.#methods = [...new Set(routes.map(({ method }) => method))]
  }

  /** Throws 404, and 405 with the methods that the path has. HEAD is GET. */
  find(method: string, target: string): Found {
    const plain = this.#plain.get(`${method} ${target}`)
    if (plain) return { route: plain, parts: {}, path: target, query: '' }
    const [, path = '', query = ''] = /^([^?#]*)\??([^#]*)/.exec(target) ?? []
    if (target.length > LONGEST_TARGET || !path.startsWith('/')) throw noRoute()
    const found = this.#match(method === 'HEAD' ? 'GET' : method, path)
    if (found) return { ...found, path, query }
    const allowed = this.allowed(path)
    if (allowed === '') throw noRoute()
    throw new Refusal(
      405,
      'method_not_allowed',
      {
        found: `this route does not take ${/^[A-Z]{1,16}$/.test(method) ? method : 'this method'}`,
        expected: allowed,
      },
      { headers: { allow: allowed } },
    )
  }

  /** The methods of a path, with commas between them. */
  allowed(path: string): string {
    const known = this.#methods.filter(method => this.#match(method, path))
    return known.map(method => (method === 'GET' ? 'GET, HEAD' : method)).join(', ')
  }

  #match(method: string, path: string): Pick<Found, 'route' | 'parts'> | undefined {
    const [matches, stash] = this.#router.match(method, path)
    const [first] = matches
    if (!first) return undefined
    const [route, places] = first
    const parts = Object.entries(places).map(([name, place]) => [
      name,
      decoded(typeof place === 'number' ? stash![place]! : place),
    ])
    return { route, parts: Object.fromEntries(parts) }
  }
}

/** What stands between two slashes, where clients write %2F for a slash of a name. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal(400, 'invalid_path', {
      found: 'the path is not well-formed',
      expected: 'UTF-8, each byte as %xx',
    })
  }
}

function noRoute(): Refusal {
  return new Refusal(404, 'route_not_found', {
    found: 'there is no such route',
    cure: 'see /openapi.json for those that there are',
  })
}
