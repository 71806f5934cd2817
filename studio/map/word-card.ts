import { nearestPlaces, type Positions } from 'wordloom/map'
import { element } from '../element.js'
import { figure } from '../figure.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import type { PanelPart } from './panel.js'
import { type MapState, NEAR_IN_PICTURE, NEIGHBORS, placesOf, type Selected } from './state.js'
import { wordButton } from './word-button.js'

/** What is truly near the selected word, and what of that the picture shows. */
export function wordCard(model: MapModel, stages: MapStages): PanelPart {
  const card = element('section', { class: 'word-card', id: 'word-card', 'aria-label': 'The selected word' })
  let shown: unknown[] = []
  return {
    element: card,
    update: state => {
      const parts = [
        state.selected,
        state.words,
        placesOf(state)?.positions,
        model.inks,
        state.work === undefined,
      ]
      if (parts.every((part, i) => part === shown[i]) && shown.length > 0) return
      shown = parts
      const focused = card.contains(document.activeElement) ? (document.activeElement as HTMLElement).id : ''
      card.replaceChildren(
        ...(state.selected ? cardOf(state.selected, model, stages) : invitation(state, model)),
      )
      if (focused)
        (document.getElementById(focused) ?? card.querySelector('button'))?.focus({ preventScroll: true })
    },
  }
}

function invitation({ words, work }: MapState, model: MapModel): HTMLElement[] {
  if (!words && work) return [element('p', { class: 'invitation' }, 'The words are on their way.')]
  if (!words)
    return [
      element('p', { class: 'invitation' }, 'Open a file of word vectors, or drop one here.'),
      element(
        'button',
        { type: 'button', class: 'main', id: 'sample', onclick: () => void model.openSample() },
        'Try with a sample',
      ),
      element('p', { class: 'note' }, '2,000 words of the documentation of JavaScript packages.'),
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

function cardOf(selected: Selected, model: MapModel, stages: MapStages): HTMLElement[] {
  const { state } = model
  const { near } = selected
  const close = nearInPicture(state)
  const neighbor = (id: number, i: number) => {
    const button = wordButton(model, stages, id, ...neighborMarks(near.similarities[i], close?.has(id)))
    button.id = `near-${id}`
    return element('li', {}, button)
  }
  return [
    heading(selected, model),
    element('p', { class: 'note' }, frequencyOf(state, selected.id)),
    element('h3', {}, 'True neighbours', element('small', {}, ' cosine in all dimensions')),
    element('ol', { class: 'neighbors', id: 'neighbors' }, ...near.ids.map(neighbor)),
    close && kept(near.ids, close),
    element(
      'p',
      { class: 'row' },
      element(
        'button',
        { type: 'button', id: 'show-all', class: 'small', onclick: () => stages.showCompany() },
        'Bring all into sight',
      ),
    ),
    ...shiftOf(selected, model, stages),
  ].filter(part => part !== undefined)
}

function heading({ id }: Selected, model: MapModel): HTMLElement {
  return element(
    'header',
    {},
    element('h2', { style: { '--color': model.colorOf(id) } }, element('bdi', {}, model.word(id))),
    element(
      'button',
      {
        type: 'button',
        id: 'forget',
        class: 'small',
        'aria-label': 'Let go of this word',
        onclick: () => model.forget(),
      },
      '×',
    ),
  )
}

function frequencyOf({ words, model }: MapState, id: number): string {
  if (!words || !model) return ''
  const seen = words.hasCounts ? `seen ${words.counts[id].toLocaleString('en')} times, ` : ''
  return `${seen}rank ${(id + 1).toLocaleString('en')} of ${words.size.toLocaleString('en')}`
}

/** How similar a neighbour is, and whether the picture has it near. */
function neighborMarks(similarity: number, isNear: boolean | undefined): HTMLElement[] {
  const mark =
    isNear === undefined ? undefined : isNear ? 'near in the picture, too' : 'far away in the picture'
  return [
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
  ]
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
function shiftOf({ shift }: Selected, model: MapModel, stages: MapStages): HTMLElement[] {
  const { other } = model.state
  if (!other) return []
  if (!shift) return [element('p', { class: 'note', id: 'shift' }, `${other.name} does not have this word.`)]
  const list = (title: string, ids: readonly number[], kind: string) =>
    element(
      'div',
      { class: `shift ${kind}` },
      element('h4', {}, `${title} ${ids.length}`),
      ...(ids.length === 0 ? ['none'] : ids.map(id => wordButton(model, stages, id))),
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
