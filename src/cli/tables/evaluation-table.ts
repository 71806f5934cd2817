import type { AnalogyScore, EvaluationResult } from '../../evaluation/index.js'
import { grouped } from '../terminal/figures.js'
import { type Column, table } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'
import { bounds, correlation, percent, setNames } from './score-cells.js'

/**
 * A row for each set, analogies first, then word pairs under titles of their own; below a set of analogies a
 * row for each of its halves, or sections.
 */
export function evaluationTable(results: readonly EvaluationResult[], sections: boolean): string {
  const names = setNames(results.map(({ file }) => file))
  const rows = results.map((result, i) => ({ kind: result.kind, rows: rowsOf(result, names[i]!, sections) }))
  const [analogies, pairs] = ['analogies', 'similarity'].map(kind =>
    rows.filter(row => row.kind === kind).flatMap(row => row.rows),
  )
  const hasBaseline = results.some(({ baseline }) => baseline !== undefined)
  const hasSubwords = results.some(({ unknown }) => unknown === 'subwords')
  const parts = [
    { titles: ['analogies', 'right', 'all words'], rows: analogies! },
    { titles: ['word pairs', 'Spearman', 'Pearson'], rows: pairs! },
  ].filter(({ rows }) => rows.length > 0)
  const width = Math.max(...parts.map(({ rows }) => Math.max(...rows.map(([name]) => name!.length))))
  return parts
    .map(({ titles, rows }) =>
      table(columns(titles, width, { hasBaseline, hasSubwords }), rows, paintFor(process.stdout)),
    )
    .join('\n\n')
}

/** Columns that are there only if their numbers were asked for. */
interface Extra {
  readonly hasBaseline: boolean
  readonly hasSubwords: boolean
}

function columns(
  [set, score, other]: readonly string[],
  width: number,
  { hasBaseline, hasSubwords }: Extra,
): Column[] {
  const right = (title: string): Column => ({ title, align: 'right' })
  return [
    { title: set!.padEnd(width) },
    right(score!.padStart('Spearman'.length)),
    right('95 %'.padStart('-0.26…0.49'.length)),
    right(other!.padStart('all words'.length)),
    ...(hasBaseline ? [right('random')] : []),
    right('covered'),
    ...(hasSubwords ? [right('by sub-words')] : []),
    right('uncovered'),
  ]
}

function rowsOf(result: EvaluationResult, name: string, sections: boolean): string[][] {
  if (result.kind === 'similarity') {
    const { spearman, interval, pearson, baseline, unknown, covered, bySubwords, uncovered } = result
    return [
      [
        name,
        correlation(spearman),
        bounds(interval, x => x.toFixed(2)),
        correlation(pearson),
        ...(baseline ? [correlation(baseline.spearman)] : []),
        grouped(covered),
        ...(unknown === 'subwords' ? [grouped(bySubwords)] : []),
        grouped(uncovered),
      ],
    ]
  }
  const { total, semantic, syntactic, baseline, unknown } = result
  const made = unknown === 'subwords'
  const hasHalves = semantic.questions > 0 && syntactic.questions > 0
  const row = (title: string, score: AnalogyScore) => analogyRow(title, score, made, baseline && [''])
  return [
    analogyRow(name, total, made, baseline && [percent(baseline.accuracy)]),
    ...(sections ? result.sections.map(section => row(`  ${visible(section.name)}`, section)) : []),
    ...(hasHalves ? [row('  semantic', semantic), row('  syntactic', syntactic)] : []),
  ]
}

function analogyRow(
  name: string,
  score: AnalogyScore,
  hasSubwords: boolean,
  baseline: readonly string[] = [],
): string[] {
  const { accuracy, interval, accuracyUnexcluded, covered, bySubwords, uncovered } = score
  return [
    name,
    percent(accuracy),
    bounds(interval, x => (100 * x).toFixed(1)),
    percent(accuracyUnexcluded),
    ...baseline,
    grouped(covered),
    ...(hasSubwords ? [grouped(bySubwords)] : []),
    grouped(uncovered),
  ]
}
