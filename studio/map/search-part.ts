import { slashLeadsTo, writeInto } from '../search-field.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import type { PanelPart } from './panel.js'
import { wordBox } from './word-box.js'

/** The search of the map: it finds a word, and shows the one that is selected. */
export function searchPart(model: MapModel, stages: MapStages): PanelPart {
  const label = 'Find a word'
  const { element, input } = wordBox(
    model,
    { id: 'map-search', label, placeholder: label },
    id => void stages.visit(id),
  )
  let selected = ''
  input.addEventListener('blur', () => {
    if (selected !== '') input.value = selected
  })
  return {
    element,
    update: state => {
      const before = selected
      selected = state.selected ? model.word(state.selected.id) : ''
      // What somebody is typing stays.
      if (selected !== before && (document.activeElement !== input || input.value === before))
        writeInto(input, selected)
    },
    close: slashLeadsTo(input),
  }
}
