import { iterableOf } from '../../files/index.js'

/** A request as the service reads it, whatever platform it came through. */
export interface Asked {
  readonly method: string
  /** Path and query, as in the line of the request. */
  readonly target: string
  /** Every host that the request names: in its header, and in an absolute target. */
  readonly hosts: readonly string[]
  /** The value of a header by its name in lower case; values of the same name are joined by commas. */
  header(name: string): string | undefined
  /** Gives `take` the parts of the body as they arrive. What `take` throws ends the reading. */
  read(take: (chunk: Uint8Array) => void): Promise<void>
  /** Aborted once the client has gone. */
  readonly signal?: AbortSignal | undefined
}

/** A request of the Fetch standard. */
export function askedBy(request: Request): Asked {
  const { host, pathname, search } = new URL(request.url)
  const header = (name: string) => request.headers.get(name) ?? undefined
  return {
    method: request.method,
    target: pathname + search,
    hosts: [host, ...(header('host') === undefined ? [] : [header('host')!])],
    header,
    async read(take) {
      if (request.body) for await (const chunk of iterableOf(request.body)) take(chunk as Uint8Array)
    },
    signal: request.signal,
  }
}
