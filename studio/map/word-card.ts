import { nearestPlaces, type Positions } from 'wordloom/map'
import { element } from '../element.js'
import { figure } from '../figure.js'
import type { Inks } from './inks.js'
import { type PanelPart, wordButton } from './panel.js'
import { type MapState, NEAR_IN_PICTURE, NEIGHBORS, placesOf } from './state.js'

export interface WordCardActions {
  choose(id: number): void
  forget(): void
  showAll(): void
  inks(): Inks | undefined
}

/** What is truly near the selected word, and what of that the picture shows. */
export function wordCard(actions: WordCardActions): PanelPart {
  const card = element('section', { class: 'word-card', id: 'word-card', 'aria-label': 'The selected word' })
  let shown: unknown[] = []
  return {
    element: card,
    update: state => {
      const parts = [state.selected, state.words, placesOf(state)?.positions, actions.inks()]
      if (parts.every((part, i) => part === shown[i]) && shown.length > 0) return
      shown = parts
      const focused = card.contains(document.activeElement) ? (document.activeElement as HTMLElement).id : ''
      card.replaceChildren(...(state.selected && state.words ? cardOf(state, actions) : invitation(state)))
      if (focused)
        (document.getElementById(focused) ?? card.querySelector('button'))?.focus({ preventScroll: true })
    },
  }
}

function invitation({ words, work }: MapState): HTMLElement[] {
  if (!words)
    return [
      element(
        'p',
        { class: 'invitation' },
        work ? 'The words are on their way.' : 'Open a file of word vectors, or drop one here.',
      ),
    ]
  return [
    element('p', { class: 'invitation' }, 'Click a word, or look for one.'),
    element(
      'p',
      { class: 'note' },
      'You see its true neighbours, from all dimensions, and lines to where this flat picture has put them.',
    ),
  ]
}

function cardOf(state: MapState, actions: WordCardActions): HTMLElement[] {
  const { selected, words } = state
  if (!selected || !words) return []
  const { id, near } = selected
  const color = actions.inks()?.colorOf ?? (() => 'currentColor')
  const close = nearInPicture(state)
  return [
    element(
      'header',
      {},
      element('h2', { style: { '--color': color(id) } }, element('bdi', {}, words.word(id))),
      element(
        'button',
        {
          type: 'button',
          id: 'forget',
          class: 'small',
          'aria-label': 'Let go of this word',
          onclick: () => actions.forget(),
        },
        '×',
      ),
    ),
    element('p', { class: 'note' }, frequencyOf(state, id)),
    element('h3', {}, 'True neighbours', element('small', {}, ' cosine in all dimensions')),
    element(
      'ol',
      { class: 'neighbors', id: 'neighbors' },
      ...near.ids.map((other, i) =>
        element(
          'li',
          {},
          neighborButton(state, other, near.similarities[i], color(other), close?.has(other), actions),
        ),
      ),
    ),
    ...(close ? [kept(near.ids, close)] : []),
    element(
      'p',
      { class: 'row' },
      element(
        'button',
        { type: 'button', id: 'show-all', class: 'small', onclick: () => actions.showAll() },
        'Bring all into sight',
      ),
    ),
    ...shiftOf(state, color, actions),
  ]
}

function frequencyOf({ words, model }: MapState, id: number): string {
  if (!words || !model) return ''
  const seen = words.hasCounts ? `seen ${words.counts[id].toLocaleString('en')} times, ` : ''
  return `${seen}rank ${(id + 1).toLocaleString('en')} of ${words.size.toLocaleString('en')}`
}

function neighborButton(
  { words }: MapState,
  id: number,
  similarity: number,
  color: string,
  isNear: boolean | undefined,
  actions: WordCardActions,
): HTMLElement {
  const mark =
    isNear === undefined ? undefined : isNear ? 'near in the picture, too' : 'far away in the picture'
  const made = wordButton(
    id,
    words?.word(id) ?? '',
    color,
    actions.choose,
    element('span', { class: 'similarity' }, figure(similarity, 3)),
    element(
      'span',
      { class: `in-picture ${isNear ? 'near' : 'far'}`, title: mark },
      isNear ? '●' : '○',
      element('span', { class: 'spoken' }, ` ${mark ?? ''}`),
    ),
    element('span', {
      class: 'part-bar',
      'aria-hidden': 'true',
      style: { '--part': `${Math.max(0, similarity) * 100}%` },
    }),
  )
  made.id = `near-${id}`
  return made
}

/** The words that stand nearest to the selected one. */
export function nearInPicture(state: MapState): ReadonlySet<number> | undefined {
  const places = placesOf(state)
  if (!state.selected || !places || state.passing) return undefined
  return new Set(nearestPlaces(places.positions as Positions, state.selected.id, NEAR_IN_PICTURE))
}

function kept(neighbors: readonly number[], close: ReadonlySet<number>): HTMLElement {
  const count = neighbors.filter(id => close.has(id)).length
  return element(
    'p',
    { class: 'kept', id: 'kept' },
    element('b', {}, `${count} of ${Math.min(NEIGHBORS, neighbors.length)}`),
    ` true neighbours are near it in the picture: among the ${NEAR_IN_PICTURE} words that stand nearest (●).`,
  )
}

/** What the other model has made of its neighbours. */
function shiftOf(
  { selected, other, words }: MapState,
  color: (id: number) => string,
  actions: WordCardActions,
): HTMLElement[] {
  if (!other || !words || !selected) return []
  const { shift } = selected
  if (!shift) return [element('p', { class: 'note', id: 'shift' }, `${other.name} does not have this word.`)]
  const list = (title: string, ids: readonly number[], kind: string) =>
    element(
      'div',
      { class: `shift ${kind}` },
      element('h4', {}, `${title} ${ids.length}`),
      ...(ids.length === 0
        ? ['none']
        : ids.map(id => wordButton(id, words.word(id), color(id), actions.choose))),
    )
  return [
    element('h3', {}, `In ${other.name}`),
    element(
      'p',
      { class: 'note', id: 'shift' },
      'It moved by ',
      figure(shift.drift, 3),
      ' (1 − cosine, the models laid on each other). Of its ten nearest words there:',
    ),
    list('Kept', shift.kept, 'kept-words'),
    list('Gained', shift.gained, 'gained'),
    list('Lost', shift.lost, 'lost'),
  ]
}
