import type { SubwordSettings } from '../../text/index.js'
import { visitSubwords } from '../../text/inner.js'

/** For each bucket the words that have it, a word with two n-grams in it twice: four bytes an n-gram and a bucket. */
export class WordsByBucket {
  readonly #starts: Uint32Array
  readonly #words: Uint32Array
  readonly #ngrams: Uint32Array

  constructor(settings: SubwordSettings, words: number, wordAt: (i: number) => Uint8Array) {
    this.#starts = new Uint32Array(settings.buckets + 1)
    this.#ngrams = new Uint32Array(words)
    for (let i = 0; i < words; i++)
      visitSubwords(wordAt(i), settings, bucket => {
        this.#starts[bucket]!++
        this.#ngrams[i]!++
      })
    let end = 0
    for (let bucket = 0; bucket <= settings.buckets; bucket++) {
      end += this.#starts[bucket]!
      this.#starts[bucket] = end
    }
    this.#words = new Uint32Array(end)
    for (let i = words - 1; i >= 0; i--)
      visitSubwords(wordAt(i), settings, bucket => {
        this.#words[--this.#starts[bucket]!] = i
      })
  }

  visit(bucket: number, word: (i: number) => void): void {
    for (let at = this.#starts[bucket]!; at < this.#starts[bucket + 1]!; at++) word(this.#words[at]!)
  }

  ngramsOf(word: number): number {
    return this.#ngrams[word]!
  }
}
