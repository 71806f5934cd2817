/** Queries that the kernel scores in one pass over some rows. */
export interface QueryGroup {
  /** Which queries: so many from this one on. */
  readonly first: number
  readonly count: number
  /** For how many the kernel has a loop, this number or more, and for how many the groups before it are. */
  readonly places: number
  readonly before: number
}

/** Sixes as long as that wastes less than fours do, or fours alone; one query by itself. */
export function groupQueries(count: number, most: 4 | 6): QueryGroup[] {
  const groups: QueryGroup[] = []
  let before = 0
  for (let first = 0; first < count; ) {
    const left = count - first
    const places = left === 1 ? 1 : left > 8 || left === 5 || left === 6 ? most : 4
    groups.push({ first, count: Math.min(left, places), places, before })
    first += places
    before += places
  }
  return groups
}
