import { element } from '../element.js'
import { filePicker, folded, type PanelPart } from './panel.js'
import type { MapState } from './state.js'

export interface FileActions {
  open(file: File): void
  useLimit(limit: number): void
  savePng(): void
  saveSvg(): void
}

const LIMITS = [20_000, 100_000, 250_000, 1_000_000]
export const FIRST_LIMIT = 100_000

/** What is open, and pictures to take away. */
export function filePart(actions: FileActions): PanelPart {
  const facts = element('p', { class: 'note', id: 'file-facts' })
  const limit = element(
    'select',
    { id: 'limit', onchange: () => actions.useLimit(Number(limit.value)) },
    ...LIMITS.map(count =>
      element('option', { value: count, selected: count === FIRST_LIMIT }, count.toLocaleString('en')),
    ),
  )
  const save = element(
    'div',
    { class: 'row' },
    element('button', { type: 'button', id: 'save-png', onclick: () => actions.savePng() }, 'Save as PNG'),
    element('button', { type: 'button', id: 'save-svg', onclick: () => actions.saveSvg() }, 'Save as SVG'),
  )
  const part = folded(
    'File',
    true,
    facts,
    element('label', { class: 'field' }, 'at most ', limit, ' words'),
    element('div', { class: 'row' }, filePicker('map-file', 'Open a file …', actions.open)),
    save,
  )
  part.id = 'file'
  return {
    element: part,
    update: state => {
      facts.textContent = factsOf(state)
      save.hidden = !state.words
    },
  }
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
