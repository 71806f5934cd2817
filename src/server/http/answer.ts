/** What goes back to a client, before any platform gives it a form of its own. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** Whether nothing more is read from this connection. */
  readonly closes?: boolean | undefined
}

/** An answer in JSON. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return written(JSON.stringify(value), status, headers)
}

/** An answer whose JSON is written already. */
export function written(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}
