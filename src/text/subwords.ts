import { option, say, WordloomError } from '../errors.js'

/** Which sub-words a word has, and how many buckets they are dealt to. */
export interface SubwordSettings {
  /** Characters of the shortest n-grams, the brackets counted. */
  readonly minNgram: number
  /** Characters of the longest n-grams. */
  readonly maxNgram: number
  /** N-grams of one bucket share a vector. */
  readonly buckets: number
}

/** In characters: longer n-grams add nothing, and a word of n characters has n times this many of them. */
export const LONGEST_NGRAM = 100

const OPEN = 0x3c // <
const CLOSE = 0x3e // >
/** fastText's mark for the end of a line, which it gives a row but no sub-words. */
const END_OF_LINE = [0x3c, 0x2f, 0x73, 0x3e] as const
const OFFSET_BASIS = 0x811c9dc5 | 0
const PRIME = 0x01000193

/**
 * The bucket of each n-gram of a word, as fastText numbers them: n-grams of minNgram … maxNgram characters (UTF-8
 * code points) of `<word>`, by where they begin, then by length; an n-gram that comes twice counts twice, and
 * the brackets alone are none (Bojanowski et al. 2017, and fastText's files). `</s>` has none at all.
 */
export function subwordBuckets(word: Uint8Array, settings: SubwordSettings): number[] {
  const buckets: number[] = []
  visitSubwords(word, settings, bucket => buckets.push(bucket))
  return buckets
}

/** The n-grams themselves, in the same order; bytes that are not UTF-8 show as U+FFFD. */
export function subwordsOf(word: Uint8Array, settings: SubwordSettings): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const ngrams: string[] = []
  visitSubwords(word, settings, (_, bytes, start, end) =>
    ngrams.push(decoder.decode(bytes.subarray(start, end))),
  )
  return ngrams
}

/** Throws `usage` if the settings cannot be meant. */
export function checkSubwordSettings({ minNgram, maxNgram, buckets }: SubwordSettings): void {
  const isCount = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most
  if (
    isCount(minNgram, 0, LONGEST_NGRAM) &&
    isCount(maxNgram, Math.max(1, minNgram), LONGEST_NGRAM) &&
    isCount(buckets, 1, 2 ** 31 - 1)
  )
    return
  throw new WordloomError('usage', {
    found: say`${option('minNgram')} is ${String(minNgram)}, ${option('maxNgram')} is ${String(maxNgram)} and ${option('buckets')} is ${String(buckets)}`,
    expected: say`whole numbers: ${option('minNgram')} at most ${option('maxNgram')}, that at most ${LONGEST_NGRAM}, and at least one bucket`,
  })
}

/** The bucket of each n-gram, and where that stands among the bytes of `<word>`. One hash runs along from each beginning: longer n-grams cost one more step each. */
export function visitSubwords(
  word: Uint8Array,
  { minNgram, maxNgram, buckets }: SubwordSettings,
  visit: (bucket: number, bytes: Uint8Array, start: number, end: number) => void,
): void {
  if (isEndOfLine(word)) return
  const bracketed = inBrackets(word)
  const { length } = bracketed
  for (let start = 0; start < length; start++) {
    if (continues(bracketed[start]!)) continue
    let hash = OFFSET_BASIS
    for (let end = start, characters = 1; end < length && characters <= maxNgram; characters++) {
      do hash = hashed(hash, bracketed[end++]!)
      while (end < length && continues(bracketed[end]!))
      const isBracket = characters === 1 && (start === 0 || end === length)
      if (characters >= minNgram && !isBracket) visit((hash >>> 0) % buckets, bracketed, start, end)
    }
  }
}

/** fastText's hash of whole bytes, from which it makes n-grams of words; as a signed number of 32 bits. */
export function wordHash(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let hash = OFFSET_BASIS
  for (let i = start; i < end; i++) hash = hashed(hash, bytes[i]!)
  return hash
}

/** FNV-1a, but a byte above 127 counts as a negative number: fastText's files depend on this slip. */
function hashed(hash: number, byte: number): number {
  return Math.imul(hash ^ ((byte << 24) >> 24), PRIME)
}

/** Whether a byte goes on with a character of UTF-8. */
function continues(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

function inBrackets(word: Uint8Array): Uint8Array {
  const bracketed = new Uint8Array(word.length + 2)
  bracketed[0] = OPEN
  bracketed.set(word, 1)
  bracketed[word.length + 1] = CLOSE
  return bracketed
}

function isEndOfLine(word: Uint8Array): boolean {
  return word.length === END_OF_LINE.length && END_OF_LINE.every((byte, i) => word[i] === byte)
}
