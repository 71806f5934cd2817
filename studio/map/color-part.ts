import { element } from '../element.js'
import type { Inks } from './inks.js'
import type { MapModel } from './map-model.js'
import { choices, filePicker, folded, type PanelPart } from './panel.js'
import type { MapState } from './state.js'

/** What colors mean, and the choice of something else. */
export function colorPart(model: MapModel): PanelPart {
  const kinds = choices<MapState['colorBy']>(
    'color',
    'What colours mean',
    { cluster: 'Groups', frequency: 'Frequency', table: 'Table' },
    colorBy => model.change({ colorBy }),
  )
  const table = element(
    'div',
    { class: 'row' },
    filePicker('table-file', 'Open a table …', file => void model.openTable(file), '.tsv,.csv,.txt'),
    element('span', { class: 'note', id: 'table-name' }),
  )
  const legend = element('div', { class: 'legend', id: 'legend' })
  const part = folded('Colours', true, kinds.element, table, legend)
  part.id = 'colors'
  let shown: Inks | undefined
  return {
    element: part,
    update: state => {
      kinds.set(state.colorBy)
      table.hidden = state.colorBy !== 'table'
      const name = table.querySelector('#table-name')
      if (name) name.textContent = state.table ? state.table.name : 'TSV or CSV: a word and a value a line'
      const { inks } = model
      if (inks === shown) return
      shown = inks
      legend.replaceChildren(...(inks ? legendOf(inks.legend) : []))
    },
  }
}

function legendOf(legend: Inks['legend']): HTMLElement[] {
  if (!('colors' in legend))
    return [
      element(
        'ul',
        { class: 'groups' },
        ...legend.map(({ color, text }) =>
          element(
            'li',
            {},
            element('span', { class: 'swatch', style: { '--color': color }, 'aria-hidden': 'true' }),
            element('bdi', {}, text),
          ),
        ),
      ),
    ]
  const { colors, least, greatest, without } = legend
  return [
    element('div', { class: 'ramp', 'aria-hidden': 'true', style: { '--ramp': colors.join(', ') } }),
    element('p', { class: 'ends' }, element('span', {}, least), element('span', {}, greatest)),
    ...(without > 0
      ? [
          element(
            'p',
            { class: 'note' },
            `${without.toLocaleString('en')} words have no value, and no colour.`,
          ),
        ]
      : []),
  ]
}
