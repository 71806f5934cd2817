import type { Phrase, Phrases } from '../../phrases/index.js'
import { grouped } from '../terminal/figures.js'
import { table } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'

/** The best phrases of all passes, those of later passes first. */
export function bestPhrases(phrases: Phrases, count: number): (Phrase & { readonly pass: number })[] {
  const found = phrases.passes.flatMap((pass, i) =>
    pass.phrases.slice(0, count).map(phrase => ({ ...phrase, pass: i + 1 })),
  )
  return found.sort((a, b) => b.pass - a.pass || b.score - a.score).slice(0, count)
}

export function phraseTable(phrases: Phrases, count: number): string {
  const rows = bestPhrases(phrases, count).map(phrase => [
    visible(phrase.words.join(phrases.separator)),
    grouped(phrase.count),
    phrase.score.toPrecision(4),
  ])
  const shown = rows.length > 0 ? table(columns, rows, paintFor(process.stdout)) : ''
  return `${shown}\n${rows.length} of ${grouped(phrases.size)} phrases`.trimStart()
}

const columns = [
  { title: 'phrase' },
  { title: 'count', align: 'right' },
  { title: 'score', align: 'right' },
] as const
