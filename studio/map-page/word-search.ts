import type { PageWord } from 'wordloom/map'
import { marksOnEntry, slashLeadsTo } from '../search-field.js'
import { partOfPage } from './part-of-page.js'

export interface WordSearchEvents {
  /** Words that have what was typed in them; undefined if nothing was. */
  match(ids: readonly number[] | undefined): void
  choose(id: number): void
}

/** The search of the map: matches light up while one types, and Enter takes the best. */
export class WordSearch {
  readonly #plainWords: readonly string[]
  readonly #input = partOfPage('search', HTMLInputElement)
  readonly #found = partOfPage('found', HTMLElement)

  constructor(words: readonly PageWord[], events: WordSearchEvents) {
    this.#plainWords = words.map(({ word }) => plain(word))
    marksOnEntry(this.#input)
    slashLeadsTo(this.#input)
    this.#input.addEventListener('input', () => {
      const ids = this.#matching()
      events.match(ids)
      this.say(ids ? this.#countOf(ids) : '')
    })
    this.#input.form?.addEventListener('submit', event => {
      event.preventDefault()
      const [best] = this.#matching() ?? []
      if (best === undefined) return
      events.choose(best)
      if (document.activeElement === this.#input) this.#input.select()
    })
  }

  say(sentence: string): void {
    this.#found.textContent = sentence
  }

  sayMissing(word: string): void {
    this.say(`“${word}” is ${this.#countOf([])}`)
  }

  clear(): void {
    this.#input.value = ''
  }

  /** The best first: the word itself, words that begin so, words that have it in them. */
  #matching(): number[] | undefined {
    const wanted = plain(this.#input.value.trim())
    if (wanted === '') return undefined
    const words = this.#plainWords
    const rank = (id: number) => (words[id] === wanted ? 0 : words[id].startsWith(wanted) ? 1 : 2)
    return [...words.keys()].filter(id => words[id].includes(wanted)).sort((a, b) => rank(a) - rank(b))
  }

  #countOf({ length }: readonly number[]): string {
    if (length === 0) return `not among these ${this.#plainWords.length} words`
    return length === 1 ? '1 word' : `${length} words`
  }
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
