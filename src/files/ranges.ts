import { type Fault, WordloomError } from '../errors.js'

/** Bytes of known number that can be read from any place. */
export interface ByteRanges {
  /** The name or address, as errors show it. */
  readonly name: string
  readonly size: number
  /** bytes[start…end) in memory of their own, all of them. Throws `bad-data` if they end first, `no-input`. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/** A file that a user chose in a page, or any other blob. */
export function blobRanges(blob: Blob, name = 'the file'): ByteRanges {
  return {
    name,
    size: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    close: async () => {},
  }
}

/** How long to wait for a server, and when not to. */
export interface FetchOptions {
  /** Ends requests that are under way, and refuses those that follow. */
  readonly signal?: AbortSignal | undefined
  /** Seconds until a request that is not answered whole is given up. */
  readonly timeout?: number | undefined
}

/** Seconds for some kilobytes. */
export const FETCH_TIMEOUT = 60

/**
 * A file on a web server that answers Range requests; a first request for one byte asks for its size. Throws
 * `no-input` if there is none, or if the server sends whole files only, or nothing in time; `aborted`.
 */
export async function httpRanges(url: string | URL, options: FetchOptions = {}): Promise<ByteRanges> {
  const name = String(url)
  const first = await answered(name, options, signal => request(name, 0, 1, signal, headOf))
  if (first.size === undefined)
    throw new WordloomError('no-input', {
      place: { file: name },
      found: 'the server does not give the size of the file',
      cure: 'load the whole file',
    })
  return {
    name,
    size: first.size,
    read: async (start, end) =>
      end <= start
        ? new Uint8Array(0)
        : answered(name, options, signal =>
            request(name, start, end, signal, response => bytesOf(name, response, first.version, start, end)),
          ),
    close: async () => {},
  }
}

async function headOf(response: Response): Promise<{ size: number | undefined; version: string | null }> {
  await response.body?.cancel()
  const size = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]
  return { size: size === undefined ? undefined : Number(size), version: response.headers.get('etag') }
}

/** What a request gives before its time is over, and unless the caller ends it. */
async function answered<Answer>(
  name: string,
  { signal: given, timeout = FETCH_TIMEOUT }: FetchOptions,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  stopIfAborted(given)
  const late = AbortSignal.timeout(Math.min(2 ** 31 - 1, Math.ceil(1000 * timeout)))
  const signal = given ? AbortSignal.any([given, late]) : late
  try {
    return await ask(signal)
  } catch (cause) {
    stopIfAborted(given)
    if (cause instanceof WordloomError) throw cause
    const why = late.aborted ? `no whole answer within ${timeout} s` : (cause as Error).message
    throw new WordloomError(
      'no-input',
      {
        place: { file: name },
        found: `it cannot be fetched (${why})`,
        cure: 'check the address and the connection',
      },
      { cause },
    )
  }
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new WordloomError(
      'aborted',
      { found: 'the request was stopped, as its signal asked' },
      { cause: signal.reason },
    )
}

/** As many bytes as were asked for, and no more, however many come. */
async function bytesOf(
  name: string,
  response: Response,
  version: string | null,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const changed = response.headers.get('etag') !== version
  const other = otherRange(response, start, end)
  const bytes = new Uint8Array(end - start)
  let filled = 0
  if (!changed && other === undefined)
    for await (const chunk of chunksOf(response)) {
      bytes.set(chunk.subarray(0, bytes.length - filled), filled)
      filled += chunk.length
      if (filled > bytes.length) break
    }
  else await response.body?.cancel()
  if (!changed && filled === bytes.length) return bytes
  const sent = filled > bytes.length ? 'more bytes' : `${filled.toLocaleString('en')} bytes`
  throw new WordloomError('bad-data', {
    place: { file: name, byte: start },
    found: changed
      ? 'the file has changed on the server'
      : `the server sent ${other ?? sent}: the file was cut off or changed`,
    expected: `the ${bytes.length.toLocaleString('en')} bytes from ${start.toLocaleString('en')} to ${end.toLocaleString('en')}`,
    cure: 'open it again',
  })
}

/** The range that an answer says it has, if it is another one than was asked for. */
function otherRange(response: Response, start: number, end: number): string | undefined {
  const range = response.headers.get('content-range')
  const [, from, to] = /^bytes (\d+)-(\d+)\//.exec(range ?? '') ?? []
  if (from === undefined || (Number(from) === start && Number(to) === end - 1)) return undefined
  return `bytes ${from} to ${Number(to) + 1}`
}

/** Ends the request if nobody wants more. */
async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) yield part.value
  } finally {
    await reader?.cancel().catch(() => {})
  }
}

async function request<Answer>(
  name: string,
  start: number,
  end: number,
  signal: AbortSignal,
  take: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  // what lies between may compress whole files, never ranges of them
  const headers = { Range: `bytes=${start}-${end - 1}`, 'Accept-Encoding': 'identity' }
  const response = await fetch(name, { headers, signal })
  if (response.status === 206) return take(response)
  await response.body?.cancel()
  const fault: Pick<Fault, 'found' | 'cure'> =
    response.status === 200
      ? {
          found: 'the server sends only whole files, and no ranges of bytes',
          cure: 'load the whole file, or serve it from a server that sends ranges',
        }
      : { found: `the server answers ${response.status} ${response.statusText}`, cure: 'check the address' }
  throw new WordloomError('no-input', { place: { file: name }, ...fault })
}
