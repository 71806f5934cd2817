import { element } from '../element.js'
import { marksOnEntry } from '../search-field.js'

export interface ComboboxOptions<Value> {
  readonly id: string
  readonly label: string
  readonly placeholder: string
  /** What may be meant by a text, the likeliest first. */
  suggest(text: string): Promise<readonly Value[]>
  textOf(value: Value): string
  take(value: Value): void
  /** What was typed is none of the values. */
  missing(text: string): void
}

const MOST_SUGGESTED = 8
/** A click on a suggestion takes the focus away before it is a click. */
const CLOSING_MS = 120

/** A field to type in, with suggestions below: a combobox as ARIA describes it. */
export class Combobox<Value> {
  readonly element: HTMLElement
  readonly input: HTMLInputElement
  readonly #options: ComboboxOptions<Value>
  readonly #list: HTMLElement
  #suggested: readonly Value[] = []
  /** The text that they answer. */
  #answered = ''
  #active = -1
  #asked = 0

  constructor(options: ComboboxOptions<Value>) {
    const { id, label, placeholder } = options
    this.#options = options
    this.#list = element('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': 'Words', hidden: true })
    this.input = inputOf(id, label, placeholder, this.#list)
    this.input.addEventListener('input', () => void this.#ask())
    this.input.addEventListener('keydown', event => this.#press(event))
    this.input.addEventListener('blur', () => setTimeout(() => this.#leave(), CLOSING_MS))
    marksOnEntry(this.input)
    this.element = element('div', { class: 'search' }, this.input, this.#list)
  }

  async #ask(): Promise<void> {
    const text = this.input.value.trim()
    const call = ++this.#asked
    const found = text === '' ? [] : await this.#options.suggest(text)
    if (call !== this.#asked || document.activeElement !== this.input) return
    this.#suggested = found.slice(0, MOST_SUGGESTED)
    this.#answered = text
    this.#active = this.#suggested.length > 0 ? 0 : -1
    this.#show()
  }

  #press(event: KeyboardEvent): void {
    const { key } = event
    if ((key === 'ArrowDown' || key === 'ArrowUp') && this.#isOpen) this.#step(key === 'ArrowDown' ? 1 : -1)
    else if (key === 'Enter') void this.#enter()
    else if (key === 'Escape' && this.#isOpen) this.#close()
    else {
      if (key === 'Escape') this.input.value = ''
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  #step(by: 1 | -1): void {
    const { length } = this.#suggested
    this.#active = (this.#active + by + length) % length
    this.#show()
  }

  async #enter(): Promise<void> {
    const text = this.input.value.trim()
    if (text === '') return
    // Somebody who types fast is ahead of the suggestions, which then are those for the beginning of the word.
    const shown = this.#answered === text ? this.#suggested[this.#active] : undefined
    const found = shown ?? (await this.#options.suggest(text))[0]
    if (found === undefined) this.#options.missing(text)
    else this.#take(found)
  }

  #take(value: Value): void {
    this.input.value = this.#options.textOf(value)
    if (document.activeElement === this.input) this.input.select()
    this.#close()
    this.#options.take(value)
  }

  /** Somebody may be back before the suggestions are gone. */
  #leave(): void {
    if (document.activeElement !== this.input) this.#close()
  }

  #close(): void {
    this.#asked++
    this.#suggested = []
    this.#active = -1
    this.#show()
  }

  get #isOpen(): boolean {
    return this.#suggested.length > 0
  }

  #show(): void {
    this.#list.replaceChildren(...this.#suggested.map((value, i) => this.#suggestion(value, i)))
    this.#list.hidden = !this.#isOpen
    this.input.setAttribute('aria-expanded', String(this.#isOpen))
    if (this.#active >= 0) this.input.setAttribute('aria-activedescendant', this.#idOf(this.#active))
    else this.input.removeAttribute('aria-activedescendant')
  }

  #suggestion(value: Value, i: number): HTMLElement {
    const take = (event: Event) => {
      event.preventDefault()
      this.#take(value)
    }
    return element(
      'li',
      {
        id: this.#idOf(i),
        role: 'option',
        'aria-selected': i === this.#active ? 'true' : 'false',
        onpointerdown: take,
      },
      element('bdi', {}, this.#options.textOf(value)),
    )
  }

  #idOf(i: number): string {
    return `${this.#options.id}-${i}`
  }
}

function inputOf(id: string, label: string, placeholder: string, list: HTMLElement): HTMLInputElement {
  return element('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
    'aria-label': label,
    placeholder,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  })
}
