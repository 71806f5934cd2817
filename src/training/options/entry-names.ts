import type { Architecture, Objective } from '../../reference/index.js'

/** Architectures or objectives that fit, as a sentence has them: cbow or pv-dm. */
export function namesOf<Entry extends Architecture | Objective>(
  entries: readonly Entry[],
  fits: (entry: Entry) => boolean | undefined,
): string {
  return entries
    .filter(fits)
    .map(({ name }) => name)
    .join(' or ')
}
