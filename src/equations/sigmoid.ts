/** The probability that a pair is real, given its score: σ(x) = 1 / (1 + e⁻ˣ), a number (8). */
export function sigmoid(x: number): number {
  // e to a negative power only: it may vanish but cannot overflow.
  const small = Math.exp(-Math.abs(x))
  return x >= 0 ? 1 / (1 + small) : small / (1 + small)
}

/** log σ(x) = −log(1 + e⁻ˣ), a number, finite for every finite x (9). */
export function logSigmoid(x: number): number {
  // For negative x, −log(1 + e⁻ˣ) = x − log(1 + eˣ).
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
}

/** σ′(x) = σ(x)(1 − σ(x)), a number (10). */
export function sigmoidDerivative(x: number): number {
  // σ(−x) is 1 − σ(x) without the cancellation that makes it zero from x = 37 on.
  return sigmoid(x) * sigmoid(-x)
}
