import { type NamedOption, option, say, WordloomError, type Words } from '../errors.js'
import type { Fingerprint } from './fingerprint.js'

/** Throws `bad-data` if the run of a checkpoint differs from the run at hand. */
export function refuseDifferences(path: string, differences: readonly Words[]): void {
  if (differences.length === 0) return
  const listed = differences.flatMap((difference, i) => [i > 0 ? '; ' : '', ...[difference].flat()])
  throw new WordloomError('bad-data', {
    action: `go on from ${path}`,
    found: say`it holds another run: ${listed}`,
    cure: say`go on with the same options, text and vectors as before, or begin anew with ${option('restart', true)}`,
  })
}

/** None if both are the same. */
export function differing(name: string | NamedOption, before: unknown, now: unknown): Words[] {
  return before === now ? [] : [say`${name}: ${String(before)} there, ${String(now)} here`]
}

/** Option by option, of two records as JSON. */
export function optionDifferences(before = '{}', now: string): Words[] {
  const [there, here] = [before, now].map(text => JSON.parse(text) as Record<string, unknown>)
  const names = new Set([...Object.keys(there!), ...Object.keys(here!)])
  return [...names].flatMap(name =>
    differing(option(name), JSON.stringify(there![name]), JSON.stringify(here![name])),
  )
}

/** Checkpoints that are older than fingerprints have none. */
export function fingerprintDifferences(before: Fingerprint = {}, now: Fingerprint): Words[] {
  const shown = (digest: string | undefined) => (digest ? `SHA-256 ${digest.slice(0, 12)}…` : 'not known')
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...names].flatMap(name =>
    before[name] === now[name] ? [] : differing(name, shown(before[name]), shown(now[name])),
  )
}

/** Of two texts as JSON of their `sha256` and `tokens`. */
export function textDifferences(before = '{}', now = '{}'): Words[] {
  const [there, here] = [before, now].map(text => JSON.parse(text) as { sha256?: string; tokens?: number })
  if (there!.sha256 === here!.sha256 && there!.tokens === here!.tokens) return []
  const shown = ({ sha256 = '', tokens = 0 }) =>
    `${tokens.toLocaleString('en')} words, SHA-256 ${sha256.slice(0, 12)}…`
  return differing('the text', shown(there!), shown(here!))
}
