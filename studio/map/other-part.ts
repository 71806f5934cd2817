import { element } from '../element.js'
import { figure } from '../figure.js'
import type { MapModel } from './map-model.js'
import { filePicker, folded, type PanelPart } from './panel.js'
import type { MapState } from './state.js'

/** A second model beside the first. */
export function otherPart(model: MapModel): PanelPart {
  const facts = element('div', { id: 'other-facts' })
  const part = folded(
    'A second model',
    false,
    element(
      'p',
      { class: 'note' },
      'Two maps beside each other, the second turned so that the words of both lie on each other as well as a rotation can make them (Procrustes).',
    ),
    element(
      'div',
      { class: 'row' },
      filePicker(
        'other-file',
        'Open a second file …',
        file => void model.openOther({ name: file.name, file }),
      ),
    ),
    facts,
  )
  part.id = 'other'
  let shown: MapState['other']
  return {
    element: part,
    update: ({ other }) => {
      if (other === shown) return
      shown = other
      if (other) part.open = true
      facts.replaceChildren(...(other ? factsOf(other, model) : []))
    },
  }
}

function factsOf(other: NonNullable<MapState['other']>, model: MapModel): HTMLElement[] {
  return [
    element(
      'p',
      {},
      element('bdi', {}, other.name),
      ` has ${other.shared.toLocaleString('en')} of these words; others are not drawn. Between the two vectors of a word the cosine was `,
      figure(other.cosineBefore, 2),
      ' on the mean, and is ',
      figure(other.cosineAfter, 2),
      ` once they lie on each other (fitted to ${other.fitted.toLocaleString('en')} words).`,
    ),
    element(
      'button',
      {
        type: 'button',
        class: 'small',
        id: 'close-other',
        onclick: () => model.change({ other: undefined }),
      },
      'Close the second model',
    ),
  ]
}
