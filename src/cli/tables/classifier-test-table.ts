import type { ClassifierTest, Confusion, CurvePoint } from '../../classification/index.js'
import { counted, grouped } from '../terminal/figures.js'
import { table } from '../terminal/table.js'
import { cutTo, paintFor, visible } from '../terminal/terminal.js'
import { bounds, percent } from './score-cells.js'

/** A larger confusion matrix is told by its greatest numbers. */
const MOST_COLUMNS = 10
const MOST_CONFUSIONS = 10
const MOST_LABELS = 40
const LABEL_COLUMNS = 14

/** What is told besides the test itself. */
export interface ToldPoints {
  readonly recall: number | undefined
  readonly precision: number | undefined
  readonly pointAtRecall?: CurvePoint | null
  readonly pointAtPrecision?: CurvePoint | null
  /** Where the picture is. */
  readonly curve: string | undefined
}

/** How good a classifier is, for a person: all lines, each label, what is taken for what, and probabilities. */
export function classifierTestTable(test: ClassifierTest, points: ToldPoints): string {
  const parts = [
    [summaryOf(test), ...unknownOf(test)].join('\n'),
    labelTable(test),
    confusionText(test),
    calibrationText(test),
    pointsText(points),
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

function summaryOf({ lines, accuracy, micro, macro, intervals, count, threshold }: ClassifierTest): string {
  const shares = (x: number) => (100 * x).toFixed(1)
  const from = threshold > 0 ? ` from ${threshold} on` : ''
  const rows = [
    ['accuracy', percent(accuracy), bounds(intervals.accuracy, shares)],
    [`precision at ${count}${from}`, percent(micro.precision), bounds(intervals.precision, shares)],
    [`recall at ${count}${from}`, percent(micro.recall), bounds(intervals.recall, shares)],
    ['F1, all labels alike', percent(macro.f1), bounds(intervals.macroF1, shares)],
  ]
  const right = (title: string) => ({ title, align: 'right' }) as const
  return table([{ title: counted(lines, 'line') }, right(''), right('95 %')], rows, paintFor(process.stdout))
}

function unknownOf({ unknown, unanswered }: ClassifierTest): string[] {
  const names = unknown.labels.map(({ label }) => `"${visible(label)}"`)
  const shown = names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ')
  const fate = unknown.dropped > 0 ? `${grouped(unknown.dropped)} were left out` : 'they count as wrong'
  return [
    ...(unknown.lines > 0
      ? [
          `${counted(unknown.lines, 'line')} with labels that the classifier does not have (${shown}): ${fate}`,
        ]
      : []),
    ...(unanswered > 0 ? [`${counted(unanswered, 'line')} without an answer`] : []),
  ]
}

function labelTable({ labels }: ClassifierTest): string {
  const right = (title: string) => ({ title, align: 'right' }) as const
  const shown = labels.toSorted((a, b) => b.own - a.own).slice(0, MOST_LABELS)
  const rows = shown.map(({ label, precision, recall, f1, own, given }) => [
    visible(label),
    ...[precision, recall, f1].map(percent),
    grouped(own),
    grouped(given),
  ])
  const columns = [{ title: 'label' }, ...['precision', 'recall', 'F1', 'lines', 'given'].map(right)]
  const rest = labels.length - shown.length
  return `${table(columns, rows, paintFor(process.stdout))}${rest > 0 ? `\nand ${counted(rest, 'label')} more: --json has all` : ''}`
}

function confusionText(test: ClassifierTest): string {
  const { labels, counts } = byLines(test)
  const paint = paintFor(process.stdout)
  const names = labels.map(label => cutTo(visible(label), LABEL_COLUMNS))
  if (labels.length <= 1) return ''
  if (labels.length <= MOST_COLUMNS) {
    const columns = [
      { title: 'is ↓  taken for →' },
      ...names.map(title => ({ title, align: 'right' }) as const),
    ]
    return table(
      columns,
      counts.map((row, i) => [names[i]!, ...row.map(grouped)]),
      paint,
    )
  }
  const confused = counts
    .flatMap((row, i) => row.map((count, j) => ({ count, from: names[i]!, to: names[j]!, isWrong: i !== j })))
    .filter(({ count, isWrong }) => isWrong && count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_CONFUSIONS)
  const columns = [{ title: 'is' }, { title: 'taken for' }, { title: 'lines', align: 'right' } as const]
  return confused.length === 0
    ? ''
    : table(
        columns,
        confused.map(({ from, to, count }) => [from, to, grouped(count)]),
        paint,
      )
}

/** The confusion with its labels in the order of the table above it. */
function byLines({ labels, confusion }: ClassifierTest): Confusion {
  const own = new Map(labels.map(label => [label.label, label.own]))
  const order = confusion.labels
    .map((label, i) => ({ i, lines: own.get(label) ?? 0 }))
    .toSorted((a, b) => b.lines - a.lines)
    .map(({ i }) => i)
  return {
    ...confusion,
    labels: order.map(i => confusion.labels[i]!),
    counts: order.map(i => order.map(j => confusion.counts[i]![j]!)),
    others: confusion.others,
  }
}

function calibrationText({ calibration: { brier, expectedError, bins } }: ClassifierTest): string {
  const right = (title: string) => ({ title, align: 'right' }) as const
  const rows = bins
    .filter(({ lines }) => lines > 0)
    .map(({ from, to, lines, probability, accuracy }) => [
      `${(100 * from).toFixed(0)}–${(100 * to).toFixed(0)} %`,
      grouped(lines),
      percent(probability),
      percent(accuracy),
    ])
  const columns = [{ title: 'probability' }, right('lines'), right('mean'), right('are right')]
  const sums = `Brier score ${brier.toFixed(3)}, expected calibration error ${percent(expectedError)}`
  return `${table(columns, rows, paintFor(process.stdout))}\n${sums}`
}

function pointsText({ recall, precision, pointAtRecall, pointAtPrecision, curve }: ToldPoints): string {
  return [
    ...(recall === undefined
      ? []
      : [
          `precision ${percent(pointAtRecall?.precision ?? null)} at a recall of ${recall} or more${reachedBy(pointAtRecall)}`,
        ]),
    ...(precision === undefined
      ? []
      : [
          `recall ${percent(pointAtPrecision?.recall ?? null)} at a precision of ${precision} or more${reachedBy(pointAtPrecision)}`,
        ]),
    ...(curve === undefined ? [] : [`the curve is in ${visible(curve)}`]),
  ].join('\n')
}

function reachedBy(point: CurvePoint | null | undefined): string {
  if (!point) return ''
  return point.threshold === null
    ? ' (no label is given)'
    : ` (labels with a probability of ${point.threshold.toPrecision(3)} or more)`
}
