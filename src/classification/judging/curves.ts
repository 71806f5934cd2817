import { type Curve, curveOf } from './curve.js'
import type { JudgedLines } from './judged-lines.js'

/** Of all labels together, and of each that the classifier has. */
export interface Curves {
  readonly all: Curve
  readonly labels: readonly { readonly label: string; readonly curve: Curve }[]
}

export function curvesOf(labels: readonly string[], { lines, probabilities }: JudgedLines): Curves {
  const columns = labels.map((_, label) => ({
    probabilities: Float32Array.from(probabilities, row => row[label]!),
    isRight: Uint8Array.from(lines, ({ own }) => Number(own.includes(label))),
  }))
  const all = {
    probabilities: new Float32Array(labels.length * lines.length),
    isRight: new Uint8Array(labels.length * lines.length),
  }
  columns.forEach((column, i) => {
    all.probabilities.set(column.probabilities, i * lines.length)
    all.isRight.set(column.isRight, i * lines.length)
  })
  const own = lines.reduce((sum, line) => sum + line.own.length, 0)
  return {
    all: curveOf(all.probabilities, all.isRight, own),
    labels: labels.map((label, i) => {
      const { probabilities, isRight } = columns[i]!
      return {
        label,
        curve: curveOf(
          probabilities,
          isRight,
          isRight.reduce((sum, right) => sum + right, 0),
        ),
      }
    }),
  }
}
