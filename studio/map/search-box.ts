import { element } from '../element.js'
import type { MapState } from './state.js'

export interface SearchActions {
  /** Words that begin so, or contain it, the most frequent first. */
  suggest(text: string): Promise<readonly number[]>
  choose(id: number): void
  word(id: number): string
  /** What was typed is no word of the vocabulary. */
  missing(word: string): void
}

const SUGGESTIONS = 8

/** A box to type a word in, with suggestions below: a combobox as ARIA describes it. */
export function searchBox(id: string, label: string, actions: SearchActions) {
  let suggested: readonly number[] = []
  let active = -1
  let asked = 0
  const list = element('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': 'Words', hidden: true })
  const input = element('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
    'aria-label': label,
    placeholder: label,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    oninput: () => void ask(),
    onkeydown: event => press(event as KeyboardEvent),
    onblur: () => setTimeout(close, 120),
  })
  const box = element('div', { class: 'search' }, input, list)

  const ask = async () => {
    const text = input.value.trim()
    const call = ++asked
    const found = text === '' ? [] : await actions.suggest(text)
    if (call !== asked || document.activeElement !== input) return
    suggested = found.slice(0, SUGGESTIONS)
    active = suggested.length > 0 ? 0 : -1
    show()
  }

  const show = () => {
    list.replaceChildren(
      ...suggested.map((word, i) =>
        element(
          'li',
          {
            id: `${id}-${i}`,
            role: 'option',
            'aria-selected': i === active ? 'true' : 'false',
            onpointerdown: event => {
              event.preventDefault()
              take(word)
            },
          },
          element('bdi', {}, actions.word(word)),
        ),
      ),
    )
    list.hidden = suggested.length === 0
    input.setAttribute('aria-expanded', String(!list.hidden))
    if (active >= 0) input.setAttribute('aria-activedescendant', `${id}-${active}`)
    else input.removeAttribute('aria-activedescendant')
  }

  const close = () => {
    asked++
    suggested = []
    active = -1
    show()
  }

  const take = (word: number) => {
    input.value = actions.word(word)
    close()
    actions.choose(word)
  }

  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (suggested.length === 0) return
      active = (active + (event.key === 'ArrowDown' ? 1 : suggested.length - 1)) % suggested.length
      show()
    } else if (event.key === 'Enter') void enter()
    else if (event.key === 'Escape') {
      if (list.hidden) return
      close()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const enter = async () => {
    const text = input.value.trim()
    if (text === '') return
    // What was typed last may not have been answered yet.
    const found = active >= 0 ? suggested[active] : (await actions.suggest(text))[0]
    if (found === undefined) actions.missing(text)
    else take(found)
  }

  return {
    element: box,
    input,
    /** Shows a word that was chosen elsewhere. */
    update: ({ selected, words }: MapState) => {
      if (document.activeElement !== input) input.value = selected && words ? words.word(selected.id) : ''
    },
  }
}
