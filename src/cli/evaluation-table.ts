import { basename } from 'node:path'
import type { AnalogyScore, EvaluationResult } from '../evaluation/index.js'
import { grouped } from './figures.js'
import { type Column, table } from './table.js'
import { paintFor, visible } from './terminal.js'

const columns: readonly Column[] = [
  { title: 'set' },
  { title: 'correct', align: 'right' },
  { title: 'covered', align: 'right' },
  { title: 'uncovered', align: 'right' },
  { title: 'Spearman', align: 'right' },
  { title: 'Pearson', align: 'right' },
]

/** A row for each set, and below one of analogies a row for each of its halves, or sections. */
export function evaluationTable(results: readonly EvaluationResult[], sections: boolean): string {
  const names = results.map(({ file }) => basename(file))
  const isClear = new Set(names).size === names.length
  const rows = results.flatMap((result, i) => rowsOf(result, isClear ? names[i]! : result.file, sections))
  return table(columns, rows, paintFor(process.stdout))
}

function rowsOf(result: EvaluationResult, name: string, sections: boolean): string[][] {
  if (result.kind === 'similarity') {
    const { covered, uncovered, spearman, pearson } = result
    return [
      [visible(name), '', grouped(covered), grouped(uncovered), correlation(spearman), correlation(pearson)],
    ]
  }
  const { total, semantic, syntactic } = result
  const hasHalves = semantic.questions > 0 && syntactic.questions > 0
  return [
    analogyRow(name, total),
    ...(sections ? result.sections.map(section => analogyRow(`  ${section.name}`, section)) : []),
    ...(hasHalves ? [analogyRow('  semantic', semantic), analogyRow('  syntactic', syntactic)] : []),
  ]
}

function analogyRow(name: string, { accuracy, covered, uncovered }: AnalogyScore): string[] {
  const correct = accuracy === null ? '–' : `${(100 * accuracy).toFixed(1)} %`
  return [visible(name), correct, grouped(covered), grouped(uncovered)]
}

function correlation(value: number | null): string {
  return value === null ? '–' : value.toFixed(3)
}
