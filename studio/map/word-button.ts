import { type Child, element } from '../element.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'

/** A button that goes to a word. */
export function wordButton(
  model: MapModel,
  stages: MapStages,
  id: number,
  ...more: readonly Child[]
): HTMLElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'near-word',
      style: { '--color': model.colorOf(id) },
      'data-word': id,
      onclick: () => void stages.visit(id),
    },
    element('bdi', {}, model.word(id)),
    ...more,
  )
}
