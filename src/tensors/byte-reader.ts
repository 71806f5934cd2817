import { type Fault, WordloomError } from '../errors.js'
import { type ByteRanges, iterableOf, type WebStream } from '../files/index.js'

/** A stream of bytes with a name and, if it is known before reading, a length. */
export interface ByteSource {
  /** The file's name, as errors show it. */
  name: string
  /** The bytes in pieces: an iterable, or a stream such as the body of an answer to fetch. `null`, a body that is not there, is refused. */
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | WebStream<Uint8Array> | null
  size?: number | undefined
  /** Opens a file of the same folder, for formats that keep words beside their numbers; undefined if there is none. */
  beside?: ((name: string) => Promise<ByteSource | undefined>) | undefined
  /** Opens the same bytes for reading anywhere, if that can be done. */
  ranges?: (() => Promise<ByteRanges>) | undefined
}

/** `bad-data` for a file that ends in the middle of something. */
export class CutOff extends WordloomError {
  constructor(fault: Fault) {
    super('bad-data', fault)
  }
}

/** What is told how many bytes were read or passed over since the last time. */
export type BytesPassed = (bytes: number) => void

const PIECE_BYTES = 1 << 18
/** So many bytes are passed over by position, if that can be done; fewer are read. */
const WORTH_SEEKING = 2 * PIECE_BYTES

/**
 * Looks ahead in a stream: the bytes from `position` on have been read and not taken. Only `fill` waits, so
 * a reader can take thousands of rows without a promise.
 */
export class ByteReader {
  readonly name: string
  readonly size: number | undefined
  readonly beside: ByteSource['beside']
  readonly ranges: ByteSource['ranges']
  bytes: Uint8Array = new Uint8Array(0)
  position = 0
  /** Whether the stream has nothing more than what is buffered. */
  ended = false
  #taken = 0 // stream offset of bytes[0]
  #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>
  readonly #openRanges: ByteSource['ranges']
  #opened: ByteRanges | undefined
  readonly #passed: BytesPassed

  constructor(source: ByteSource, passed: BytesPassed = () => {}) {
    const { name, chunks, size, beside, ranges } = givenSource(source)
    this.name = name
    this.size = size
    this.beside = beside
    this.ranges = ranges && (async () => counted(await ranges(), passed))
    this.#openRanges = ranges
    this.#passed = passed
    if (chunks === null) throw noBody(name)
    const parts = iterableOf(chunks)
    this.#chunks = Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
  }

  /** Where `position` is in the stream. */
  get offset(): number {
    return this.#taken + this.position
  }

  get available(): number {
    return this.bytes.length - this.position
  }

  /** Reads until `count` bytes are buffered or the stream ends; whether they are. */
  async fill(count: number): Promise<boolean> {
    const parts = [this.bytes.subarray(this.position)]
    let buffered = this.available
    while (buffered < count && !this.ended) {
      const next = await this.#chunks.next()
      if (next.done) this.ended = true
      else {
        this.#passed(next.value.length)
        parts.push(next.value)
        buffered += next.value.length
      }
    }
    if (parts.length > 1) this.#buffer(joined(parts, buffered))
    return this.available >= count
  }

  /** Copies the next bytes into `target`. Throws `bad-data` if the stream ends first. */
  async readInto(target: Uint8Array, what: string): Promise<void> {
    let filled = 0
    while (filled < target.length) {
      if (this.available === 0 && !(await this.fill(1))) throw this.cutOff(what)
      const part = this.bytes.subarray(this.position, this.position + target.length - filled)
      target.set(part, filled)
      filled += part.length
      this.position += part.length
    }
  }

  /** Passes over `count` bytes, without reading them if they are many. Throws `bad-data` if the stream ends first. */
  async skip(count: number, what: string): Promise<void> {
    if (this.#openRanges && count - this.available > WORTH_SEEKING)
      return this.#seek(this.offset + count, what)
    while (count > 0) {
      if (this.available === 0 && !(await this.fill(1))) throw this.cutOff(what)
      const part = Math.min(count, this.available)
      this.position += part
      count -= part
    }
  }

  /** Ends reading before the stream does. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
    await this.#opened?.close()
  }

  /** `bad-data` in this file. */
  error(fault: Fault, cause?: unknown): WordloomError {
    return new WordloomError(
      'bad-data',
      { ...fault, place: { file: this.name, ...fault.place } },
      cause === undefined ? undefined : { cause },
    )
  }

  cutOff(what: string): CutOff {
    return new CutOff({
      place: { file: this.name, byte: this.#taken + this.bytes.length },
      found: `the file ends here, inside ${what}: it was cut off`,
      cure: 'fetch or make it again',
    })
  }

  async #seek(place: number, what: string): Promise<void> {
    const read = this.#taken + this.bytes.length
    await this.#chunks.return?.()
    this.#opened ??= await this.#openRanges!()
    this.#buffer(new Uint8Array(0))
    this.#taken = Math.min(place, this.#opened.size)
    this.#passed(this.#taken - read)
    if (place > this.#opened.size) throw this.cutOff(what)
    this.#chunks = piecesFrom(this.#opened, place)
    this.ended = false
  }

  #buffer(bytes: Uint8Array): void {
    this.#taken += this.position
    this.bytes = bytes
    this.position = 0
  }
}

/** The bytes from `start` on. */
async function* piecesFrom(ranges: ByteRanges, start: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < ranges.size; at += PIECE_BYTES)
    yield await ranges.read(at, Math.min(ranges.size, at + PIECE_BYTES))
}

function counted(ranges: ByteRanges, passed: BytesPassed): ByteRanges {
  return {
    name: ranges.name,
    size: ranges.size,
    async read(start, end) {
      const bytes = await ranges.read(start, end)
      passed(bytes.length)
      return bytes
    },
    close: () => ranges.close(),
  }
}

/** Throws `usage` for what is no source of bytes, such as a path. */
function givenSource(source: ByteSource): ByteSource {
  const { chunks } = Object(source) as { readonly chunks?: unknown }
  if (chunks === null || (typeof chunks === 'object' && typeof source.name === 'string')) return source
  throw new WordloomError('usage', {
    action: 'read bytes',
    found: `the source is ${source === null ? 'null' : typeof source === 'object' ? 'an object without a name or chunks' : `of type ${typeof source}`}`,
    expected: 'an object with the name of a file and the chunks of its bytes',
  })
}

function noBody(file: string): WordloomError {
  return new WordloomError('usage', {
    action: 'read word vectors',
    place: { file },
    found: 'its bytes are null, as the body of an answer without one',
    cure: 'look whether the answer has a body and its status is ok',
  })
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts[0]!.length === 0 && parts.length === 2) return parts[1]!
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
