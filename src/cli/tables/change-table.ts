import type { ModelComparison, WordChange } from '../../comparison/index.js'
import { grouped } from '../terminal/figures.js'
import { type Column, table } from '../terminal/table.js'
import { displayWidth, paintFor, visible } from '../terminal/terminal.js'

/** How well two models lie on each other, and a row for each word, with as many neighbours as have room. */
export function changeTable(comparison: ModelComparison): string {
  const { common, cosineBefore, cosineAfter, meanDrift, neighbors, changes } = comparison
  const facts =
    `${grouped(common)} common words: mean cosine ${cosineBefore.toFixed(3)} as they are, ` +
    `${cosineAfter.toFixed(3)} aligned; mean drift ${meanDrift.toFixed(3)}`
  const longest = Math.max(4, ...changes.map(({ word }) => displayWidth(visible(word))))
  const kept = `${neighbors}/${neighbors}`.length
  // Between the five columns there are two spaces, and drift takes five.
  const room = Math.floor(((process.stdout.columns || 80) - longest - 5 - Math.max(4, kept) - 8) / 2)
  const rows = changes.map(change => cells(change, neighbors, Math.max(12, room)))
  return `${facts}\n\n${table(columns, rows, paintFor(process.stdout))}`
}

const columns: readonly Column[] = [
  { title: 'word' },
  { title: 'drift', align: 'right' },
  { title: 'kept', align: 'right' },
  { title: 'lost' },
  { title: 'gained' },
]

function cells({ word, drift, kept, lost, gained }: WordChange, neighbors: number, room: number): string[] {
  return [
    visible(word),
    drift.toFixed(3),
    `${kept.length}/${neighbors}`,
    fitting(lost, room),
    fitting(gained, room),
  ]
}

/** The first words, as many as fit. */
function fitting(words: readonly string[], room: number): string {
  let text = ''
  for (const word of words.map(visible)) {
    const longer = text === '' ? word : `${text} ${word}`
    if (displayWidth(longer) > room) break
    text = longer
  }
  return text
}
