import { Refusal } from './refusal.js'

/** JSON.parse takes half a second for a mebibyte of "[", and writing that back would overflow the stack. */
const DEEPEST = 16
const MOST_KEYS = 20_000
/** Eight mebibytes of "[]," take it half a second, and "{}," a whole one. */
const MOST_BRACKETS = 1 << 17
const MOST_VALUES = 1 << 19

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The value of a body in JSON. Throws 400 for what is not JSON, too deep or of too many parts, or has a name twice in one object. */
export function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw badJson('the body is empty')
  checkShape(bytes)
  let text: string
  try {
    text = strict.decode(bytes)
  } catch {
    throw badJson('the body is not UTF-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw badJson('the body is not JSON')
  }
}

/** Looks at brackets and names before anything is built of them. What is not JSON is left to the parser. */
function checkShape(bytes: Uint8Array): void {
  const names: (Set<string> | undefined)[] = [] // of the objects around this place; undefined for an array
  let [keys, brackets, commas] = [0, 0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === COMMA) {
      if (++commas > MOST_VALUES) throw tooMany(MOST_VALUES, 'values')
    } else if (byte === 0x7b || byte === 0x5b) {
      names.push(byte === 0x7b ? new Set() : undefined)
      if (names.length > DEEPEST) throw badJson(`the body has more than ${DEEPEST} brackets in one another`)
      if (++brackets > MOST_BRACKETS) throw tooMany(MOST_BRACKETS, 'objects and arrays')
    } else if (byte === 0x7d || byte === 0x5d) names.pop()
    else if (byte === QUOTE) {
      const end = endOfString(bytes, i)
      if (isKey(bytes, end)) {
        if (++keys > MOST_KEYS) throw tooMany(MOST_KEYS, 'names')
        checkNew(names.at(-1), bytes.subarray(i, end))
      }
      i = end - 1
    }
  }
}

/** The place behind the closing quote, or the end. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let i = bytes.indexOf(QUOTE, start + 1); i >= 0; i = bytes.indexOf(QUOTE, i + 1)) {
    let escapes = 0
    while (bytes[i - 1 - escapes] === BACKSLASH) escapes++
    if (escapes % 2 === 0) return i + 1
  }
  return bytes.length
}

function isKey(bytes: Uint8Array, end: number): boolean {
  let i = end
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++
  return bytes[i] === COLON
}

/** Of two values of one name the parser would take the last, and another reader the first. */
function checkNew(names: Set<string> | undefined, quoted: Uint8Array): void {
  if (!names) return
  let name: string
  try {
    name = JSON.parse(strict.decode(quoted))
  } catch {
    return
  }
  if (names.has(name)) throw badJson('an object of the body has one name twice')
  names.add(name)
}

function tooMany(most: number, what: string): Refusal {
  return badJson(`the body has more than ${most.toLocaleString('en')} ${what}`)
}

function badJson(found: string): Refusal {
  return new Refusal(400, 'invalid_json', { found, expected: 'one object of JSON in UTF-8' })
}
