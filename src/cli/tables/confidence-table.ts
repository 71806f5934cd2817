import type { ConfidentNeighbor } from '../../comparison/index.js'
import { table } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'
import { NOTHING } from './neighbor-table.js'

/** A title, and under it words with their mean similarity, its range, and how many models find them. */
export function confidenceTable(title: string, neighbors: readonly ConfidentNeighbor[]): string {
  const paint = paintFor(process.stdout)
  const columns = ['', 'mean', 'range', 'models'].map((title, i) => ({
    title: i === 0 ? '  word' : title,
    align: i === 0 ? ('left' as const) : ('right' as const),
  }))
  const rows = neighbors.map(({ word, similarity, least, greatest, found, models }) => [
    `  ${visible(word)}`,
    similarity.toFixed(4),
    `${least.toFixed(2)}…${greatest.toFixed(2)}`,
    `${found}/${models}`,
  ])
  return `${paint('bold', visible(title))}\n${rows.length > 0 ? table(columns, rows, paint) : NOTHING}`
}
