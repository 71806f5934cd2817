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

/** The n-grams of lines that were read, dealt to buckets, as fastText deals them. */
export class Ngrams {
  readonly #lines: CountedLines
  readonly #settings: NgramSettings
  readonly #buckets: number
  /** By word, in the order of appearance. */
  readonly #hashes: Int32Array
  readonly #ofWord: (Int32Array | undefined)[] = []

  constructor(lines: CountedLines, settings: NgramSettings, buckets: number) {
    this.#lines = lines
    this.#settings = settings
    this.#buckets = buckets
    const { bytes, offsets } = lines.words.countedWords()
    this.#hashes = Int32Array.from({ length: lines.words.size }, (_, word) =>
      wordHash(bytes, offsets[word]!, offsets[word + 1]!),
    )
  }

  /** The buckets of the n-grams of a word's characters. */
  ofWord(word: number): Int32Array {
    let buckets = this.#ofWord[word]
    if (!buckets) {
      buckets = this.#bucketsOf(word)
      this.#ofWord[word] = buckets
    }
    return buckets
  }

  /** The n-grams of the words of a line. */
  visitWords(line: number, visit: (bucket: number) => void): void {
    const { wordNgrams } = this.#settings
    if (wordNgrams < 2) return
    const hashes = Int32Array.from(this.#lines.tokensOf(line), word => this.#hashes[word]!)
    visitWordNgrams(hashes, wordNgrams, this.#buckets, visit)
  }

  #bucketsOf(word: number): Int32Array {
    const { minNgram, maxNgram } = this.#settings
    if (maxNgram === 0) return NONE
    const { bytes, offsets } = this.#lines.words.countedWords()
    const found = new Growing(new Uint32Array(32))
    const settings = { minNgram, maxNgram, buckets: this.#buckets }
    visitSubwords(bytes.subarray(offsets[word]!, offsets[word + 1]!), settings, bucket => found.push(bucket))
    return Int32Array.from(found.array)
  }
}

const NONE = new Int32Array(0)
/** Bits a n-gram in which different ones are told apart, so that few share one. */
const BITS_EACH = 4
/** 2 ^ n of them. */
const [FEWEST, MOST] = [12, 28]
/** Of a classifier that needs no more. */
const MOST_BUCKETS = 2 ** 21

/** As many buckets as the lines have different n-grams, about, raised to a power of two; 0 if there are none. */
export function bucketsFor(lines: CountedLines, settings: NgramSettings): number {
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
  const ngrams = new Ngrams(lines, settings, bits)
  for (let word = 0; word < lines.words.size; word++) ngrams.ofWord(word).forEach(meet)
  for (let line = 0; line < lines.size; line++) ngrams.visitWords(line, meet)
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
