import { element } from '../element.js'
import { analogyPart } from './analogy-part.js'
import { colorPart } from './color-part.js'
import { fileName, filePart } from './file-part.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import { otherPart } from './other-part.js'
import type { PanelPart } from './panel.js'
import { picturePart } from './picture-part.js'
import { searchPart } from './search-part.js'
import { sightPart } from './sight-part.js'
import { wordCard } from './word-card.js'

/** What stands beside the map: search, the selected word, and everything that can be changed. */
export function mapPanel(model: MapModel, stages: MapStages): PanelPart {
  const parts = [
    fileName(),
    searchPart(model, stages),
    failurePart(),
    wordCard(model, stages),
    analogyPart(model, stages),
    picturePart(model),
    colorPart(model),
    otherPart(model),
    filePart(model, stages),
    sightPart(model, stages),
  ]
  return {
    element: element(
      'aside',
      { class: 'map-panel', 'aria-label': 'About the map' },
      ...parts.map(part => part.element),
    ),
    update: state => {
      for (const part of parts) part.update(state)
    },
    close: () => {
      for (const part of parts) part.close?.()
    },
  }
}

/** What went wrong last, in a sentence. */
function failurePart(): PanelPart {
  const failure = element('p', { class: 'failure', role: 'alert', id: 'map-failure' })
  return {
    element: failure,
    update: state => {
      failure.textContent = state.failure ?? ''
      failure.hidden = state.failure === undefined
    },
  }
}
