/** The most probable labels of lines whose probability is in a range, and how often they are right. */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly lines: number
  /** The mean probability; null without lines. */
  readonly probability: number | null
  /** The share that is right; null without lines. */
  readonly accuracy: number | null
}

/** Whether probabilities are as large as answers are often right. */
export interface Calibration {
  /**
   * The mean over lines of the sum over labels of (probability − 1 if the line has it, else 0)² (Brier 1950); from 0, the best,
   * to 2 for lines of one label.
   */
  readonly brier: number
  /** The mean over lines of the distance between probability and accuracy of their bin (Naeini et al. 2015). */
  readonly expectedError: number
  readonly bins: readonly ReliabilityBin[]
}

/** `confidences` are the probabilities of the most probable labels; NaN of a line that has none. */
export function reliabilityOf(
  confidences: readonly number[],
  isRight: readonly boolean[],
  count: number,
): Omit<Calibration, 'brier'> {
  const sums = Array.from({ length: count }, () => ({ lines: 0, probability: 0, right: 0 }))
  let lines = 0
  confidences.forEach((confidence, i) => {
    if (Number.isNaN(confidence)) return
    const bin = sums[Math.min(count - 1, Math.floor(confidence * count))]!
    bin.lines++
    bin.probability += confidence
    bin.right += Number(isRight[i])
    lines++
  })
  const distance = sums.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.right), 0)
  const bins = sums.map((bin, i) => ({
    from: i / count,
    to: (i + 1) / count,
    lines: bin.lines,
    probability: bin.lines > 0 ? bin.probability / bin.lines : null,
    accuracy: bin.lines > 0 ? bin.right / bin.lines : null,
  }))
  return { expectedError: lines > 0 ? distance / lines : 0, bins }
}
