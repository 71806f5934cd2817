import { type CostCurve, type CostPoint, type CostReport, shortDuration } from '../../cost/index.js'
import { grouped } from '../terminal/figures.js'
import { type Column, table } from '../terminal/table.js'
import { type Paint, paintFor } from '../terminal/terminal.js'

/** Both tables of times with their slopes, and what they come to. */
export function costText({ dimensions, byVocabulary, byNegatives }: CostReport): string {
  const paint = paintFor(process.stdout)
  const [negativeSamples] = byVocabulary[0]!.points.map(point => point.negativeSamples)
  const [words] = byNegatives[0]!.points.map(point => grouped(point.vocabularySize))
  const facts = `d = ${dimensions}, float64`
  return [
    paint(
      'bold',
      `Processor time of the loss and both gradients of a pair: ${facts}, K = ${negativeSamples}`,
    ),
    timeTable('|V|', byVocabulary, point => grouped(point.vocabularySize), paint),
    paint('dim', 'slope: p if the time grows as |V|ᵖ. all rows: with the zeros of ∂J/∂U written out.'),
    '',
    paint('bold', `The same with |V| = ${words}`),
    timeTable('K', byNegatives, point => String(point.negativeSamples), paint),
    paint('dim', 'slope: p if the time grows as (K + 1)ᵖ, since a pair reads K + 1 rows of U.'),
    ...byNegatives.map(lineText),
    '',
    conclusion(byVocabulary),
  ].join('\n')
}

/** The times against K + 1 as a line, whose fixed part is why they grow by less than their power says. */
function lineText({
  objective,
  line: { fixedSeconds, secondsEach },
}: CostReport['byNegatives'][number]): string {
  const line = `${shortDuration(fixedSeconds, 2)} + ${shortDuration(secondsEach, 2)} · (K + 1)`
  const remark = fixedSeconds > 0 ? '; what is fixed keeps the slope below 1' : ''
  return `As a line, ${objective} takes ${line}${remark}.`
}

/** A row for each size and a column for each objective; below, the slopes and what they are said to be. */
function timeTable(
  title: string,
  curves: readonly CostCurve[],
  sizeOf: (point: CostPoint) => string,
  paint: Paint,
): string {
  const columns: Column[] = [title, ...curves.map(curve => curve.objective)].map(name => ({
    title: name,
    align: 'right',
  }))
  const rows = curves[0]!.points.map((point, i) => [
    sizeOf(point),
    ...curves.map(curve => shortDuration(curve.points[i]!.secondsPerPair)),
  ])
  const slopes = ['slope', ...curves.map(curve => curve.slope.toFixed(2))]
  const claims = ['claim', ...curves.map(curve => `${curve.claim}: ${curve.expectedSlope}`)]
  return table(columns, [...rows, slopes, claims], paint)
}

/** The fastest at the largest vocabulary, beside the slowest. */
function conclusion(curves: readonly CostCurve[]): string {
  const ends = curves
    .map(({ objective, points }) => ({ objective, ...points.at(-1)! }))
    .sort((a, b) => a.secondsPerPair - b.secondsPerPair)
  const [fastest, slowest] = [ends[0]!, ends.at(-1)!]
  const factor = Number((slowest.secondsPerPair / fastest.secondsPerPair).toPrecision(2))
  return `With ${grouped(fastest.vocabularySize)} words ${fastest.objective} is ${grouped(factor)} times as fast as ${slowest.objective}.`
}
