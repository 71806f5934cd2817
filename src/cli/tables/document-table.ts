import type { FoundDocument } from '../../retrieval/index.js'
import { pad } from '../terminal/table.js'
import { displayWidth, paintFor, visible } from '../terminal/terminal.js'

/** Stands in place of answers if there are none. */
const NOTHING = '  (no document)'

/** Columns of a text that are shown if nobody knows the width of the terminal. */
const COLUMNS = 100

/** A title, and under it documents with their score, their id, and as much of their text as a line takes. */
export function documentTable(title: string, found: readonly FoundDocument[]): string {
  const paint = paintFor(process.stdout)
  const ids = found.map(({ id }) => visible(id))
  const width = Math.max(1, ...ids.map(displayWidth))
  const room = Math.max(20, (process.stdout.columns ?? COLUMNS) - width - 14)
  const rows = found.map(({ score, document }, i) => {
    const text = shortened(visible(document.text.replaceAll(/\s+/g, ' ').trim()), room)
    return `  ${score.toFixed(4).padStart(8)}  ${paint('bold', pad(ids[i]!, width))}  ${text}`
  })
  return [paint('bold', visible(title)), ...(rows.length > 0 ? rows : [NOTHING])].join('\n')
}

function shortened(text: string, room: number): string {
  let [shown, width] = ['', 0]
  for (const character of text) {
    width += displayWidth(character)
    if (width >= room) return `${shown.trimEnd()}…`
    shown += character
  }
  return shown
}
