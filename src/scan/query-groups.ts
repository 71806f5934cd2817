/** Queries that can be placed for several passes. */
export const QUERIES_PLACED = 36

/** Queries that the kernel scores in one pass over some rows. */
export interface QueryGroup {
  /** The first of the queries, and how many there are. */
  readonly first: number
  readonly count: number
  /** For how many queries the kernel's loop is: 1, 4 or 6, of which the last may be missing. */
  readonly places: number
  /** The places of all groups before this one. */
  readonly before: number
}

/** Groups of six if those waste no more than groups of four, else of four only; a single query alone. 36 queries at most. */
export function groupQueries(count: number, most: 4 | 6): QueryGroup[] {
  if (count > QUERIES_PLACED) throw new Error(`there is room for ${QUERIES_PLACED} queries, not for ${count}`)
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
