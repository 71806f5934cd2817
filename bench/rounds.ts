import { median } from 'simple-statistics'

/**
 * Every item once a round, the order turned round each time, so that a machine that grows slower or busier hits
 * all alike. The results are by item, then by round.
 */
export async function inRounds<Item, Result>(
  items: readonly Item[],
  rounds: number,
  measure: (item: Item, round: number) => Promise<Result>,
): Promise<Result[][]> {
  const results: Result[][] = items.map(() => [])
  for (let round = 0; round < rounds; round++) {
    const order = items.map((_, i) => (round % 2 === 0 ? i : items.length - 1 - i))
    for (const i of order) results[i]!.push(await measure(items[i]!, round))
  }
  return results
}

/** The median of what a measurement was in each round, over the rounds that have it. */
export function medianOf<Result>(
  rounds: readonly Result[],
  value: (r: Result) => number | undefined,
): number | undefined {
  const values = rounds.map(value).filter(number => number !== undefined && Number.isFinite(number))
  return values.length === 0 ? undefined : median(values as number[])
}

/** The median of a : b taken round by round, and in brackets its range, which tells how far to trust it. */
export function ratio<Result>(
  a: readonly Result[],
  b: readonly Result[],
  value: (r: Result) => number | undefined,
): string {
  if (a === b) return '1'
  const ratios = a
    .map((result, round) => (value(result) ?? Number.NaN) / (value(b[round]!) ?? Number.NaN))
    .filter(Number.isFinite)
  if (ratios.length === 0) return '–'
  const range = ratios.length > 1 ? ` (${short(Math.min(...ratios))}–${short(Math.max(...ratios))})` : ''
  return short(median(ratios)) + range
}

function short(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1)
}
