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

/**
 * A file on a web server that answers Range requests; a first request for one byte asks for its size. Throws
 * `no-input` if there is none, or where the server sends whole files only.
 */
export async function httpRanges(url: string | URL): Promise<ByteRanges> {
  const name = String(url)
  const first = await request(name, 0, 1)
  await first.body?.cancel()
  const size = /\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1]
  if (size === undefined)
    throw new WordloomError('no-input', {
      place: { file: name },
      found: 'the server does not give the size of the file',
      cure: 'load the whole file',
    })
  const version = first.headers.get('etag')
  return {
    name,
    size: Number(size),
    read: (start, end) => readRange(name, version, start, end),
    close: async () => {},
  }
}

async function readRange(name: string, version: string | null, start: number, end: number) {
  if (end <= start) return new Uint8Array(0)
  const response = await request(name, start, end)
  if (response.headers.get('etag') !== version)
    throw new WordloomError('bad-data', {
      place: { file: name },
      found: 'the file has changed on the server',
      cure: 'open it again',
    })
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.length === end - start) return bytes
  throw new WordloomError('bad-data', {
    place: { file: name, byte: start },
    found: `the server sent ${bytes.length.toLocaleString('en')} bytes: the file was cut off or changed`,
    expected: `the ${(end - start).toLocaleString('en')} bytes from ${start.toLocaleString('en')} to ${end.toLocaleString('en')}`,
    cure: 'open it again',
  })
}

async function request(name: string, start: number, end: number): Promise<Response> {
  let response: Response
  try {
    // what lies between may compress whole files, never ranges of them
    response = await fetch(name, {
      headers: { Range: `bytes=${start}-${end - 1}`, 'Accept-Encoding': 'identity' },
    })
  } catch (cause) {
    throw new WordloomError(
      'no-input',
      {
        place: { file: name },
        found: `it cannot be fetched (${(cause as Error).message})`,
        cure: 'check the address and the connection',
      },
      { cause },
    )
  }
  if (response.status === 206) return response
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
