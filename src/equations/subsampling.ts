/**
 * How likely a token of a frequent word is kept: √(t/f) + t/f, at most 1; f is the word's share of all
 * tokens and t the threshold; 1 if the threshold is 0. This is the form of the published program; the paper
 * (Mikolov et al. 2013b, §2.3) has √(t/f).
 */
export function keepProbability(count: number, tokens: number, threshold: number): number {
  if (threshold === 0 || count === 0) return 1
  const ratio = (threshold * tokens) / count
  return Math.min(1, Math.sqrt(ratio) + ratio)
}

/** The probability as the largest 32-bit draw that keeps the token. */
export function keepThreshold(probability: number): number {
  return Math.max(0, Math.min(2 ** 32, Math.floor(probability * 2 ** 32)) - 1)
}
