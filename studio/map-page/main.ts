import type { PageWord } from 'wordloom/map'
import { partOfPage } from './part-of-page.js'
import { Picture } from './picture.js'
import { WordPanel } from './word-panel.js'
import { WordSearch } from './word-search.js'

/** A map in a file of its own: the picture, the search and the panel, and which word they show. */
class MapPage {
  readonly #words: readonly PageWord[]
  readonly #picture: Picture
  readonly #search: WordSearch
  readonly #panel: WordPanel
  #chosen: number | undefined
  #hovered: number | undefined
  #matches: ReadonlySet<number> | undefined
  /** Until the page stands, nothing glides. */
  #stands = false

  constructor(words: readonly PageWord[]) {
    this.#words = words
    const choose = (id: number | undefined) => this.#choose(id)
    this.#picture = new Picture(words, { choose, hover: id => this.#hover(id) })
    this.#search = new WordSearch(words, { choose, match: ids => this.#match(ids) })
    this.#panel = new WordPanel(words, { choose, glow: (id, glows) => this.#picture.glow(id, glows) })
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#letGo()
    })
    window.addEventListener('hashchange', () => this.#followAddress())
    this.#followAddress()
    this.#stands = true
  }

  #choose(id: number | undefined): void {
    this.#chosen = id
    this.#hovered = undefined
    this.#matches = undefined
    this.#search.say('')
    history.replaceState(null, '', id === undefined ? withoutWord() : addressOf(this.#words[id]))
    this.#show()
    this.#picture.bring(id, this.#stands)
  }

  #hover(id: number | undefined): void {
    this.#hovered = id
    this.#show()
  }

  #match(ids: readonly number[] | undefined): void {
    if (this.#chosen !== undefined) this.#choose(undefined)
    this.#matches = ids && new Set(ids)
    this.#show()
  }

  #letGo(): void {
    this.#search.clear()
    this.#choose(undefined)
  }

  #show(): void {
    const center = this.#hovered ?? this.#chosen
    this.#picture.look({ center, matches: this.#matches })
    this.#panel.show(center)
  }

  #followAddress(): void {
    const wanted = new URLSearchParams(location.hash.slice(1)).get('word')
    const id = this.#words.findIndex(({ word }) => word === wanted)
    if (id >= 0) this.#choose(id)
    else if (wanted) this.#search.sayMissing(wanted)
  }
}

function addressOf({ word }: PageWord): string {
  return `#word=${encodeURIComponent(word)}`
}

function withoutWord(): string {
  return location.pathname + location.search
}

new MapPage(JSON.parse(partOfPage('data', HTMLScriptElement).textContent ?? '[]'))
