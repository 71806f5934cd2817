/** The limit that the safetensors library keeps, too. */
export const LONGEST_HEADER = 100_000_000
/** A header of ours tells of a dozen, one of a large language model of some hundred in each of its files. */
const MOST_TENSORS = 4096
/** Three for each tensor, the numbers of its shape, and what the metadata say. */
const MOST_VALUES = 16 * MOST_TENSORS
/** The header, a tensor, its shape. */
const DEEPEST = 3

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPENING, CLOSING] = [new Set([0x7b, 0x5b]), new Set([0x7d, 0x5d])] // braces and brackets

/**
 * What a header in JSON has too much of, if anything: a parser would set many times its bytes aside for it. Nothing is
 * set aside here, and no more than brackets and commas is understood.
 */
export function excessOf(json: Uint8Array): { found: string; expected: string } | undefined {
  let [depth, values, entries] = [0, 0, 0]
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!
    if (byte === QUOTE) i = endOfString(json, i)
    else if (OPENING.has(byte)) depth++
    else if (CLOSING.has(byte)) depth--
    else if (byte === COMMA) values++
    else if (byte === COLON && depth === 1) entries++
    if (depth > DEEPEST) return { found: 'the header nests lists in lists', expected: 'shapes of numbers' }
    if (entries > MOST_TENSORS + 1) return tooMany('tensors', MOST_TENSORS) // the metadata are an entry, too
    if (values > MOST_VALUES) return tooMany('values', MOST_VALUES)
  }
  return undefined
}

/** Where the string that begins at `start` ends, or the bytes do. */
function endOfString(json: Uint8Array, start: number): number {
  let i = start + 1
  while (i < json.length && json[i] !== QUOTE) i += json[i] === BACKSLASH ? 2 : 1
  return i
}

function tooMany(what: string, most: number): { found: string; expected: string } {
  const count = most.toLocaleString('en')
  return { found: `the header tells of more than ${count} ${what}`, expected: `at most ${count}` }
}
