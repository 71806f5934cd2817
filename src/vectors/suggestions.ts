import { option, say, WordloomError } from '../errors.js'
import { distance } from '../options/index.js'
import type { Vocabulary } from '../text/index.js'
import { type LeftOut, timesLeftOut } from './left-out.js'
import type { QueriedVectors } from './queried-vectors.js'

/** Only the most frequent words are worth suggesting, and looking at millions would be slow. */
const WORDS_LOOKED_AT = 200_000
const MOST_SUGGESTIONS = 3
const LONGEST_WORD = 64

/** The error for a word that the vocabulary lacks: how training left it out, or words that are spelled nearly so. */
export function unknownWord({ vocabulary, metadata = {} }: QueriedVectors, word: string): WordloomError {
  const leftOut = timesLeftOut(metadata, word)
  if (leftOut) return wordLeftOut(word, leftOut)
  const near = nearSpellings(vocabulary, word)
  const lower = word.toLowerCase()
  const lowerLeftOut = near.length > 0 ? undefined : timesLeftOut(metadata, lower)
  if (lowerLeftOut) return wordLeftOut(lower, lowerLeftOut)
  const shown = word.length > LONGEST_WORD ? `${word.slice(0, LONGEST_WORD)}…` : word
  return new WordloomError('unknown-word', {
    found: `"${shown}" is not in the vocabulary${near.length > 0 ? '' : ', and no word is spelled like it'}`,
    ...(near.length > 0 && { cure: `did you mean ${listed(near)}?` }),
  })
}

/** Up to 3 words that differ in case or by 1 or 2 letters: nearest first, then most frequent. */
export function nearSpellings(vocabulary: Vocabulary, word: string): readonly string[] {
  const search = new SpellingSearch(vocabulary, word)
  search.look(WORDS_LOOKED_AT)
  return search.found
}

/** The same search in parts, for callers that others wait for. */
export class SpellingSearch {
  readonly #vocabulary: Vocabulary
  readonly #lower: string
  readonly #end: number
  readonly #near: { readonly word: string; readonly id: number; readonly edits: number }[] = []
  #next = 0

  constructor(vocabulary: Vocabulary, word: string) {
    const isLooked = word.length > 0 && word.length <= LONGEST_WORD
    this.#vocabulary = vocabulary
    this.#lower = word.toLowerCase()
    this.#end = isLooked ? Math.min(vocabulary.size, WORDS_LOOKED_AT) : 0
  }

  get found(): readonly string[] {
    return this.#near
      .sort((a, b) => a.edits - b.edits || a.id - b.id)
      .slice(0, MOST_SUGGESTIONS)
      .map(({ word }) => word)
  }

  /** Looks at so many more words; whether that was the last of them. */
  look(words: number): boolean {
    const end = Math.min(this.#end, this.#next + words)
    for (; this.#next < end; this.#next++) this.#lookAt(this.#next)
    return this.#next === this.#end
  }

  #lookAt(id: number): void {
    const most = this.#lower.length < 5 ? 1 : 2
    if (!mayBeNear(this.#vocabulary.bytes(id).length, this.#lower.length, most)) return
    const word = this.#vocabulary.word(id)
    if (Math.abs(word.length - this.#lower.length) > most) return
    const edits = distance(this.#lower, word.toLowerCase())
    if (edits <= most) this.#near.push({ word, id, edits })
  }
}

/** A string of n UTF-16 units has between n and 3n bytes of UTF-8: spares decoding most words. */
function mayBeNear(bytes: number, units: number, most: number): boolean {
  return bytes >= units - most && bytes <= 3 * (units + most)
}

function wordLeftOut(word: string, { times, minCount }: LeftOut): WordloomError {
  const came = `"${word}" was in the text ${times === 1 ? 'once' : `${times.toLocaleString('en')} times`}`
  const isRare = times < minCount
  return new WordloomError('unknown-word', {
    found: isRare
      ? `${came}, and words that came fewer than ${minCount.toLocaleString('en')} times were not learned`
      : `${came}, and was left out as others are more frequent`,
    cure: isRare
      ? say`to learn it, train with a lower ${option('minCount')}`
      : say`to learn it, train with more words (${option('maxWords')})`,
  })
}

function listed(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
