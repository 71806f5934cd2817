import { element } from '../element.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import { folded, type PanelPart } from './panel.js'
import { wordButton } from './word-button.js'

const IN_SIGHT = 40

/** The words in sight as a list: the picture for those who do not see it, and a way into it by keyboard. */
export function sightPart(model: MapModel, stages: MapStages): PanelPart {
  const list = element('ul', { class: 'in-sight', id: 'in-sight' })
  const part = folded('Words in sight', false, list)
  const refresh = () => {
    if (!part.open || list.contains(document.activeElement)) return
    const ids = stages.wordsInSight(IN_SIGHT)
    list.replaceChildren(...ids.map(id => element('li', {}, wordButton(model, stages, id))))
  }
  part.id = 'sight'
  part.addEventListener('toggle', refresh)
  stages.listen(refresh)
  return { element: part, update: refresh }
}
