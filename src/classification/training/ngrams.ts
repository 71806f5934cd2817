import { Growing } from '../../math/index.js'
import { visitSubwords, wordHash } from '../../text/inner.js'
import { visitWordNgrams } from '../word-ngrams.js'
import type { CountedLines } from './counted-lines.js'

/** Which n-grams lines have. */
export interface NgramSettings {
  /** Words in the longest n-grams of words; 1 for none. */
  readonly wordNgrams: number
  readonly minNgram: number
  /** Characters of the longest n-grams of characters; 0 for none. */
  readonly maxNgram: number
}

/** Of a hash of 32 bits every one is a bucket of its own. */
const ALL = 2 ** 32

/** The n-grams of lines that were read, dealt to buckets, as fastText deals them. */
export class Ngrams {
  readonly #lines: CountedLines
  readonly #longest: number
  /** By word, in the order of appearance. */
  readonly #hashes: Int32Array
  /** Of the n-grams of characters, word after word; by word, one past its last. */
  readonly #characters: Uint32Array
  readonly #ends: Uint32Array
  /** Of the words of a line. */
  #line = new Int32Array(1 << 8)

  constructor(lines: CountedLines, { wordNgrams, minNgram, maxNgram }: NgramSettings) {
    const { bytes, offsets } = lines.words.countedWords()
    const characters = new Growing(new Uint32Array(1 << 10))
    const settings = { minNgram, maxNgram, buckets: ALL }
    this.#lines = lines
    this.#longest = wordNgrams
    this.#hashes = new Int32Array(lines.words.size)
    this.#ends = new Uint32Array(lines.words.size)
    const add = (hash: number) => characters.push(hash)
    for (let word = 0; word < this.#hashes.length; word++) {
      this.#hashes[word] = wordHash(bytes, offsets[word]!, offsets[word + 1]!)
      if (maxNgram > 0) visitSubwords(bytes.subarray(offsets[word]!, offsets[word + 1]!), settings, add)
      this.#ends[word] = characters.length
    }
    this.#characters = characters.array
  }

  /** How many n-grams of characters a word has. */
  sizeOf(word: number): number {
    return this.#ends[word]! - this.#startOf(word)
  }

  /** The n-grams of a word's characters. */
  visitCharacters(word: number, buckets: number, visit: (bucket: number) => void): void {
    for (let i = this.#startOf(word); i < this.#ends[word]!; i++) visit(this.#characters[i]! % buckets)
  }

  /** The n-grams of the words of a line. */
  visitWords(line: number, buckets: number, visit: (bucket: number) => void): void {
    if (this.#longest < 2) return
    const tokens = this.#lines.tokensOf(line)
    if (tokens.length > this.#line.length) this.#line = new Int32Array(2 * tokens.length)
    for (let i = 0; i < tokens.length; i++) this.#line[i] = this.#hashes[tokens[i]!]!
    visitWordNgrams(this.#line.subarray(0, tokens.length), this.#longest, buckets, visit)
  }

  #startOf(word: number): number {
    return word === 0 ? 0 : this.#ends[word - 1]!
  }
}

/** Bits a n-gram in which different ones are told apart, so that few share one. */
const BITS_EACH = 4
/** 2 ^ n of them. */
const [FEWEST, MOST] = [12, 28]
/** Of a classifier that needs no more. */
const MOST_BUCKETS = 2 ** 21

/** As many buckets as the lines have different n-grams, about, raised to a power of two; 0 if there are none. */
export function bucketsFor(lines: CountedLines, ngrams: Ngrams, settings: NgramSettings): number {
  const { wordNgrams, maxNgram } = settings
  if (wordNgrams < 2 && maxNgram === 0) return 0
  const bits = 2 ** Math.min(MOST, Math.max(FEWEST, powerAbove(BITS_EACH * mostNgrams(lines, settings))))
  const met = new Uint32Array(bits / 32)
  let count = 0
  const meet = (bucket: number) => {
    const bit = 1 << (bucket & 31)
    if ((met[bucket >>> 5]! & bit) === 0) count++
    met[bucket >>> 5]! |= bit
  }
  for (let word = 0; word < lines.words.size; word++) ngrams.visitCharacters(word, bits, meet)
  for (let line = 0; line < lines.size; line++) ngrams.visitWords(line, bits, meet)
  return Math.min(MOST_BUCKETS, 2 ** powerAbove(count))
}

/** N-grams with repeats, of words in all lines and of characters in all different words, at most. */
function mostNgrams(lines: CountedLines, { wordNgrams, minNgram, maxNgram }: NgramSettings): number {
  const { bytes } = lines.words.countedWords()
  const ofCharacters = maxNgram === 0 ? 0 : bytes.length * (maxNgram - minNgram + 1)
  return ofCharacters + lines.words.tokens * (wordNgrams - 1)
}

function powerAbove(count: number): number {
  let power = 0
  while (2 ** power < count) power++
  return power
}
