import { element } from '../element.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import { filePicker, folded, type PanelPart } from './panel.js'
import { firstLimit, type MapState } from './state.js'

const LIMITS = [20_000, 100_000, 250_000, 1_000_000]

/** What is open, and pictures to take away. */
export function filePart(model: MapModel, stages: MapStages): PanelPart {
  const facts = element('p', { class: 'note', id: 'file-facts' })
  const first = firstLimit()
  const limit = element(
    'select',
    { id: 'limit', onchange: () => void model.useLimit(Number(limit.value)) },
    ...limitsWith(first).map(count =>
      element('option', { value: count, selected: count === first }, count.toLocaleString('en')),
    ),
  )
  const save = saveButtons(stages)
  const picker = element(
    'div',
    { class: 'row' },
    filePicker('map-file', 'Open a file …', file => void model.open(file)),
  )
  const part = folded(
    'File',
    true,
    facts,
    element('label', { class: 'field' }, 'at most ', limit, ' words'),
    picker,
    save,
  )
  part.id = 'file'
  return {
    element: part,
    update: state => {
      facts.textContent = factsOf(state)
      picker.hidden = isOpening(state)
      save.hidden = !state.words
    },
  }
}

/** What is open, by its name. */
export function fileName(): PanelPart {
  const name = element('p', { class: 'file-name', id: 'file-name' })
  return {
    element: name,
    update: ({ source, model, words }) => {
      const shown = source?.name ?? model?.name
      name.hidden = shown === undefined
      name.replaceChildren(
        element('bdi', {}, shown ?? ''),
        words ? ` ${words.size.toLocaleString('en')} words` : '',
      )
    },
  }
}

/** Whether a file is being read, and another one would only be in its way. */
function isOpening({ work, words }: MapState): boolean {
  return work !== undefined && words === undefined
}

function saveButtons(stages: MapStages): HTMLElement {
  const button = (id: string, text: string, save: () => void) =>
    element('button', { type: 'button', id, onclick: save }, text)
  return element(
    'div',
    { class: 'row' },
    button('save-png', 'Save as PNG', () => void stages.savePng()),
    button('save-svg', 'Save as SVG', () => stages.saveSvg()),
  )
}

function limitsWith(first: number): number[] {
  return [...new Set([...LIMITS, first])].sort((a, b) => a - b)
}

function factsOf({ model }: MapState): string {
  if (!model)
    return 'Any file of word vectors that wordloom convert knows. It is read in this page and sent nowhere.'
  const { name, size, dimensions, isCut, warnings } = model
  const cut = isCut ? ', the most frequent of the file' : ''
  return [`${name}: ${size.toLocaleString('en')} words${cut}, ${dimensions} dimensions.`, ...warnings].join(
    ' ',
  )
}
