/**
 * Draws from a fixed distribution in constant time (A. J. Walker 1977, M. D. Vose 1991). Entry i holds two
 * u32: a draw that falls on i stays there when a second 32-bit draw is below the first number, else it goes to
 * the second. That is the layout the kernels read.
 */
export function aliasTable(
  weights: ArrayLike<number>,
  into: Uint32Array = new Uint32Array(2 * weights.length),
): Uint32Array {
  const n = weights.length
  let total = 0
  for (let i = 0; i < n; i++) total += weights[i]!

  const share = Float64Array.from(weights, weight => (weight / total) * n) // the mean share is 1
  const small: number[] = []
  const large: number[] = []
  for (let i = n - 1; i >= 0; i--) (share[i]! < 1 ? small : large).push(i)

  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!
    const rich = large[large.length - 1]!
    setEntry(into, poor, share[poor]!, rich)
    share[rich]! -= 1 - share[poor]!
    if (share[rich]! < 1) small.push(large.pop()!)
  }
  for (const i of [...small, ...large]) setEntry(into, i, 1, i) // left over by rounding
  return into
}

function setEntry(table: Uint32Array, i: number, share: number, alias: number): void {
  table[2 * i] = Math.min(Math.floor(share * 2 ** 32), 2 ** 32 - 1)
  table[2 * i + 1] = alias
}
