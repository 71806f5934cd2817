import type { Fault, WordloomError } from '../../errors.js'
import type { ByteReader } from '../../tensors/index.js'
import { isWellFormed } from '../../text/inner.js'
import { startOf } from '../lines/header.js'
import { LONGEST_WORD } from '../selection/collected-vectors.js'

/** A list takes no more bytes: a million numbers take less. */
const LONGEST_LIST = 1 << 24
/** Each byte of a word may be written as \u00xx. */
const LONGEST_STRING = 6 * LONGEST_WORD
/** What true, false, null and numbers take. */
const LONGEST_SCALAR = 1 << 10

const [QUOTE, BACKSLASH, LIST_END] = [0x22, 0x5c, 0x5d]

/** What a value begins with, as people call it. */
const KINDS: Readonly<Record<string, string>> = {
  '"': 'a string',
  '{': 'an object',
  '[': 'a list',
  t: 'true',
  f: 'false',
  n: 'null',
}

/**
 * Takes JSON piece by piece, and never holds more of a file than a list of numbers. A parser would make a string of
 * the file, or an object in which whole numbers come first and `__proto__` is lost.
 */
export class JsonScanner {
  readonly reader: ByteReader

  constructor(reader: ByteReader) {
    this.reader = reader
  }

  /** Passes over a byte order mark. */
  async begin(): Promise<void> {
    await this.reader.fill(3)
    this.reader.position += startOf(this.reader.bytes.subarray(this.reader.position))
  }

  /** The next character that is no white space, which is not taken; undefined at the end. */
  async peek(): Promise<string | undefined> {
    const { reader } = this
    for (;;) {
      while (reader.position < reader.bytes.length && isBlank(reader.bytes[reader.position]!))
        reader.position++
      if (reader.available > 0) return String.fromCharCode(reader.bytes[reader.position]!)
      if (!(await reader.fill(1))) return undefined
    }
  }

  /** Takes the next character, which must be one of these; `inside` is what the file would end in. */
  async take(characters: string, inside: string): Promise<string> {
    const next = await this.peek()
    if (next === undefined) throw this.reader.cutOff(inside)
    if (!characters.includes(next)) {
      const expected = [...characters].map(character => JSON.stringify(character)).join(' or ')
      throw this.error({ found: `${JSON.stringify(next)} is not what JSON has here`, expected })
    }
    this.reader.position++
    return next
  }

  /** Takes a string as UTF-8. Throws `bad-data` if it is none that can be a word. */
  async takeString(inside: string): Promise<Uint8Array> {
    await this.take('"', inside)
    const length = await this.#lengthTo(endOfString, LONGEST_STRING, 'the string is over 64 KB long', inside)
    const { reader } = this
    const raw = reader.bytes.subarray(reader.position, reader.position + length)
    const word = raw.every(isPlain) ? raw.slice() : this.#decoded(raw)
    if (word.length > LONGEST_WORD) throw this.error({ found: 'the string is over 64 KB long' })
    reader.position += length + 1
    return word
  }

  /** The bytes between the brackets of a list of numbers, which is taken. They are good until the next call. */
  async takeList(inside: string): Promise<Uint8Array> {
    await this.take('[', inside)
    const length = await this.#lengthTo(endOfList, LONGEST_LIST, 'the list is over 16 MB long', inside)
    const { reader } = this
    const list = reader.bytes.subarray(reader.position, reader.position + length)
    reader.position += length + 1
    return list
  }

  /** Passes over a string, a number, true, false or null. Throws `bad-data` for a list or an object. */
  async skipScalar(inside: string): Promise<void> {
    const next = await this.peek()
    if (next === '"') return void (await this.takeString(inside))
    if (next === undefined || !/[-\dtfn]/.test(next))
      throw await this.unexpected('a string, a number, or null')
    const { reader } = this
    await reader.fill(LONGEST_SCALAR)
    const rest = String.fromCharCode(
      ...reader.bytes.subarray(reader.position, reader.position + LONGEST_SCALAR),
    )
    const [scalar] = /^(true|false|null|-?\d[\d.eE+-]*)/.exec(rest) ?? []
    if (scalar === undefined) throw this.error({ found: 'this is no value of JSON' })
    reader.position += scalar.length
  }

  /** The error for a value of another kind than `expected`. */
  async unexpected(expected: string, part?: string): Promise<WordloomError> {
    const next = await this.peek()
    if (next === undefined) return this.reader.cutOff('a value')
    const kind = KINDS[next] ?? (/[-\d]/.test(next) ? 'a number' : JSON.stringify(next))
    return this.error({ place: { part }, found: `the value is ${kind}`, expected })
  }

  /** `bad-data` where the scanner stands, or so many bytes behind. */
  error(fault: Fault, behind = 0): WordloomError {
    return this.reader.error({ ...fault, place: { byte: this.reader.offset + behind, ...fault.place } })
  }

  /** How many bytes there are up to the end that `find` finds, once they are buffered. */
  async #lengthTo(find: Find, most: number, tooLong: string, inside: string): Promise<number> {
    const { reader } = this
    let from = 0
    for (;;) {
      const end = find(reader.bytes, reader.position, reader.position + from)
      if (end >= 0 && end - reader.position <= most) return end - reader.position
      if (end >= 0 || reader.available > most) throw this.error({ found: tooLong })
      if (reader.ended) throw reader.cutOff(inside)
      from = reader.available
      await reader.fill(Math.max(1, 2 * from))
    }
  }

  #decoded(raw: Uint8Array): Uint8Array {
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw)
      const word: string = JSON.parse(`"${text}"`)
      if (isWellFormed(word)) return new TextEncoder().encode(word)
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause
    }
    throw this.error({
      found: 'this is no string of JSON',
      expected: 'UTF-8, with escapes as JSON has them and no half of a surrogate pair',
    })
  }
}

/** The place of an end, looked for from `from` on in what begins at `start`; −1 if it is not in sight. */
type Find = (bytes: Uint8Array, start: number, from: number) => number

const endOfList: Find = (bytes, _, from) => bytes.indexOf(LIST_END, from)

/** A quotation mark with an even number of backslashes before it. */
const endOfString: Find = (bytes, start, from) => {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let backslashes = 0
    while (at - backslashes > start && bytes[at - backslashes - 1] === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return -1
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Printable ASCII that stands for itself. */
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte < 0x80 && byte !== BACKSLASH
}
