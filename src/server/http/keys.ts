import { sha256 } from '../../files/index.js'
import type { Asked } from './asked.js'
import { Refusal } from './refusal.js'

const encoder = new TextEncoder()

/** The keys that open a server, of which only digests are kept. */
export class Keys {
  readonly #digests: readonly string[]

  /** No keys at all leave the server open. */
  constructor(keys: readonly string[]) {
    this.#digests = keys.map(digestOf)
  }

  get count(): number {
    return this.#digests.length
  }

  /** Which of the keys a request has, from 0; undefined if none is asked for. Throws 401. */
  check(asked: Asked): number | undefined {
    if (this.count === 0) return undefined
    const [, key] = /^bearer +([^\s,]{1,1024})$/i.exec(asked.header('authorization') ?? '') ?? []
    const number = key === undefined ? -1 : this.#find(digestOf(key))
    if (number >= 0) return number
    throw new Refusal(
      401,
      'invalid_api_key',
      {
        found: key === undefined ? 'the request has no key' : 'the key is not one of this server',
        expected: 'authorization: Bearer, and a key',
      },
      { headers: { 'www-authenticate': 'Bearer' } },
    )
  }

  /** In the same time for every key: all digests are compared, to their ends. */
  #find(digest: string): number {
    let found = -1
    for (const [number, own] of this.#digests.entries()) {
      let differences = 0
      for (let i = 0; i < own.length; i++) differences |= own.charCodeAt(i) ^ digest.charCodeAt(i)
      if (differences === 0) found = number
    }
    return found
  }
}

function digestOf(key: string): string {
  const hash = sha256()
  hash.update(encoder.encode(key))
  return hash.finish()
}
