import { option, say, WordloomError } from '../../errors.js'

/** Throws `usage` for a flag that has no effect, since what it belongs to is not given. */
export function refuseWithout(
  owner: unknown,
  flags: Readonly<Record<string, unknown>>,
  needed: string,
): void {
  const idle = Object.keys(flags).find(name => flags[name] !== undefined)
  if (owner !== undefined || idle === undefined) return
  throw new WordloomError('usage', {
    found: say`${option(idle)} has no effect without ${option(needed)}`,
    cure: say`add ${option(needed)}, or leave ${option(idle)} out`,
  })
}
