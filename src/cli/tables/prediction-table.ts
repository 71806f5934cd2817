import type { PredictedWord } from '../../prediction/index.js'
import { table } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'
import { NOTHING } from './neighbor-table.js'

const columns = [
  { title: '  word' },
  { title: 'probability', align: 'right' },
  { title: 'lift', align: 'right' },
] as const

/** A context, and under it the words that it predicts. */
export function predictionTable(context: string, predicted: readonly PredictedWord[]): string {
  const paint = paintFor(process.stdout)
  const rows = predicted.map(({ word, probability, lift }) => [
    `  ${visible(word)}`,
    `${(100 * probability).toFixed(2)} %`,
    lift.toPrecision(3),
  ])
  return `${paint('bold', visible(context))}\n${rows.length > 0 ? table(columns, rows, paint) : NOTHING}`
}
