import type { PageWord } from 'wordloom/map'
import { element } from '../element.js'
import { partOfPage } from './part-of-page.js'

export interface WordPanelEvents {
  choose(id: number): void
  /** A button of a word is pointed at, or no longer. */
  glow(id: number, glows: boolean): void
}

/** What is said of a word; of none, what the file says at first. */
export class WordPanel {
  readonly #words: readonly PageWord[]
  readonly #panel = partOfPage('word', HTMLElement)
  readonly #welcome = [...this.#panel.childNodes]

  constructor(words: readonly PageWord[], events: WordPanelEvents) {
    this.#words = words
    this.#onButton('click', id => events.choose(id))
    for (const name of ['pointerover', 'focusin']) this.#onButton(name, id => events.glow(id, true))
    for (const name of ['pointerout', 'focusout']) this.#onButton(name, id => events.glow(id, false))
  }

  show(id: number | undefined): void {
    this.#panel.replaceChildren(...(id === undefined ? this.#welcome : this.#cardOf(this.#words[id])))
  }

  #cardOf({ word, count, color, near }: PageWord): HTMLElement[] {
    return [
      element('h2', { class: `c${color}` }, element('bdi', {}, word)),
      element('p', { class: 'seen' }, seen(count)),
      element('ol', {}, ...near.map(([id, similarity]) => this.#neighbor(id, similarity))),
    ]
  }

  #neighbor(id: number, similarity: number): HTMLElement {
    const { word, color } = this.#words[id]
    return element(
      'li',
      { class: `c${color}` },
      element(
        'button',
        { type: 'button', 'data-word': id },
        element('bdi', {}, word),
        element('span', {}, similarity.toFixed(2)),
        element('i', { style: { '--part': `${(100 * similarity).toFixed(1)}%` } }),
      ),
    )
  }

  /** Buttons that stand for a word: neighbors, and doors into the map. */
  #onButton(name: string, act: (id: number) => void): void {
    this.#panel.addEventListener(name, ({ target }) => {
      const button = target instanceof Element && target.closest<HTMLElement>('button[data-word]')
      if (button) act(Number(button.dataset.word))
    })
  }
}

function seen(count: number): string {
  if (count === 0) return ''
  return `seen ${count.toLocaleString('en')} ${count === 1 ? 'time' : 'times'}`
}
