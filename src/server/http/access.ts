import type { Asked } from './asked.js'
import { Refusal } from './refusal.js'

/** Who may ask from where. */
export interface AccessRules {
  /**
   * Hosts that requests may name besides this machine's own (localhost, 127.0.0.1, [::1]), without ports; `any` for all
   * that there are. A page of a site whose name was bent to this machine names that site.
   */
  readonly hosts: readonly string[] | 'any'
  /** Whether any address in numbers will do, since no site's name can be bent to one. */
  readonly addresses: boolean
  /** Origins of pages that may ask besides those that this server sent, such as https://example.org; `any` for all. */
  readonly origins: readonly string[] | 'any'
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]{2,45}\])$/
const TOKEN = /^[!#$%&'*+.^_`|~\w-]{1,64}$/
const MOST_HEADERS = 64

/** Throws 403 for a host that is not this server's, and for a page of another site. */
export function checkAccess(asked: Asked, rules: AccessRules): void {
  const { hosts } = asked
  if (rules.hosts !== 'any' && (hosts.length === 0 || hosts.some(host => !isOurs(host, rules))))
    throw new Refusal(403, 'host_not_allowed', {
      found: 'the request is for a host that is not this server',
      expected: ['localhost', ...rules.hosts].join(', '),
      cure: 'start the server with --allow-host and the name',
    })
  const origin = asked.header('origin')
  if (origin !== undefined && !isOfServer(origin, asked) && !isAllowed(origin, rules))
    throw new Refusal(403, 'origin_not_allowed', {
      found: 'the request comes from a page of another site',
      cure: 'start the server with --cors and the origin of the page',
    })
}

/** What pages of other sites are told on every answer. */
export function corsHeaders(asked: Asked, rules: AccessRules): Readonly<Record<string, string>> {
  const origin = asked.header('origin')
  if (origin === undefined || !isAllowed(origin, rules)) return {}
  return {
    'access-control-allow-origin': rules.origins === 'any' ? '*' : origin,
    'access-control-expose-headers': 'x-request-id, x-wordloom-empty, retry-after',
    vary: 'origin',
  }
}

/** Whether a browser asks what a page may do, and the headers that answer it. Throws 400 for names that are none. */
export function preflight(asked: Asked, allowed: string): Readonly<Record<string, string>> | undefined {
  if (asked.method !== 'OPTIONS' || asked.header('access-control-request-method') === undefined)
    return undefined
  const names = (asked.header('access-control-request-headers') ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
  if (names.length > MOST_HEADERS || !names.every(name => TOKEN.test(name)))
    throw new Refusal(400, 'invalid_headers', {
      found: 'access-control-request-headers does not list names of headers',
    })
  return {
    'access-control-allow-methods': allowed,
    ...(names.length > 0 && { 'access-control-allow-headers': names.join(', ').toLowerCase() }),
    'access-control-max-age': '600',
  }
}

function isOurs(host: string, { hosts, addresses }: AccessRules): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '')
  return LOOPBACK.test(name) || hosts.includes(name) || (addresses && ADDRESS.test(name))
}

/** A page that this server sent, itself or through a proxy that speaks TLS. */
function isOfServer(origin: string, { hosts }: Asked): boolean {
  return hosts.some(
    host => origin === `http://${host.toLowerCase()}` || origin === `https://${host.toLowerCase()}`,
  )
}

function isAllowed(origin: string, { origins }: AccessRules): boolean {
  return origins === 'any' || origins.includes(origin)
}
