import type { Neighbor } from '../../vectors/index.js'
import { pad } from '../terminal/table.js'
import { cutTo, displayWidth, paintFor, visible } from '../terminal/terminal.js'

/** Columns that a word takes at most. */
const WIDEST = 60

/** Stands in place of answers if there are none. */
export const NOTHING = '  (no word)'

/** A title, and under it words with their similarity and, in a terminal, a bar as long. */
export function neighborTable(title: string, neighbors: readonly Neighbor[]): string {
  const paint = paintFor(process.stdout)
  const shown = neighbors.map(({ word, similarity }) => ({ word: cutTo(visible(word), WIDEST), similarity }))
  const width = Math.max(12, ...shown.map(({ word }) => displayWidth(word)))
  const rows = shown.map(({ word, similarity }) => {
    const bar = process.stdout.isTTY ? `  ${paint('cyan', barOf(similarity))}` : ''
    return `  ${pad(word, width)}  ${similarity.toFixed(4).padStart(7)}${bar}`.trimEnd()
  })
  return [paint('bold', visible(title)), ...(rows.length > 0 ? rows : [NOTHING])].join('\n')
}

const BAR_COLUMNS = 20

function barOf(similarity: number): string {
  return '━'.repeat(Math.round(BAR_COLUMNS * Math.max(0, Math.min(1, similarity))))
}
