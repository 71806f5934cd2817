/** A logarithmic axis. */
export interface LogScale {
  /** Where a value stands, in pixels. */
  readonly at: (value: number) => number
  /** The powers of ten on the axis. */
  readonly powers: readonly number[]
}

/** An axis on which the least of the values stands at `first` and the greatest at `last`. */
export function logScale(values: readonly number[], first: number, last: number): LogScale {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))]
  const from = Math.ceil(low)
  return {
    at: value => first + ((Math.log10(value) - low) / (high - low || 1)) * (last - first),
    powers: Array.from({ length: Math.floor(high) - from + 1 }, (_, i) => 10 ** (from + i)),
  }
}
