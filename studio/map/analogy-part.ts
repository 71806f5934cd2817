import { element } from '../element.js'
import { figure } from '../figure.js'
import type { Inks } from './inks.js'
import { folded, type PanelPart, wordButton } from './panel.js'
import { type SearchActions, searchBox } from './search-box.js'
import type { MapState } from './state.js'

export interface AnalogyActions extends Pick<SearchActions, 'suggest' | 'word' | 'missing'> {
  find(word: string): Promise<number | undefined>
  ask(a: number, b: number, c: number): void
  forgetAnalogy(): void
  choose(id: number): void
  inks(): Inks | undefined
}

const FIRST = ['man', 'king', 'woman']

/** a is to b as c is to …: three words, and the arrows of their answer on the map. */
export function analogyPart(actions: AnalogyActions): PanelPart {
  const boxes = ['a', 'b', 'c'].map(name =>
    searchBox(`analogy-${name}`, name, { ...actions, choose: () => {} }),
  )
  boxes.forEach(({ input }, i) => {
    input.placeholder = FIRST[i]
  })
  const answers = element('div', { id: 'analogy-answers' })
  const submit = async (event: Event) => {
    event.preventDefault()
    const texts = boxes.map(({ input }, i) => input.value.trim() || FIRST[i])
    const ids = await Promise.all(texts.map(actions.find))
    const unknown = texts.find((_, i) => ids[i] === undefined)
    if (unknown !== undefined) return actions.missing(unknown)
    boxes.forEach(({ input }, i) => {
      input.value = texts[i]
    })
    const [a, b, c] = ids
    if (a !== undefined && b !== undefined && c !== undefined) actions.ask(a, b, c)
  }
  const [a, b, c] = boxes.map(box => box.element)
  const form = element(
    'form',
    { class: 'analogy', onsubmit: event => void submit(event) },
    a,
    element('span', {}, 'is to'),
    b,
    element('span', {}, 'as'),
    c,
    element('span', {}, 'is to …'),
    element('button', { type: 'submit', id: 'ask-analogy' }, 'Ask'),
  )
  const part = folded('Analogy', false, form, answers)
  part.id = 'analogy'
  return {
    element: part,
    update: state => answers.replaceChildren(...answerOf(state, actions)),
  }
}

function answerOf({ analogy, words }: MapState, actions: AnalogyActions): HTMLElement[] {
  if (!analogy || !words) return []
  const color = actions.inks()?.colorOf ?? (() => 'currentColor')
  const { ids, similarities } = analogy.answers
  return [
    element(
      'ol',
      { class: 'neighbors' },
      ...ids.map((id, i) =>
        element(
          'li',
          {},
          wordButton(
            id,
            words.word(id),
            color(id),
            actions.choose,
            element('span', { class: 'similarity' }, figure(similarities[i], 3)),
          ),
        ),
      ),
    ),
    element(
      'p',
      { class: 'note' },
      'The words nearest to b − a + c, found in all dimensions. Were the picture true, both arrows would be parallel and equally long.',
    ),
    element(
      'button',
      { type: 'button', class: 'small', id: 'forget-analogy', onclick: () => actions.forgetAnalogy() },
      'Take the arrows away',
    ),
  ]
}
