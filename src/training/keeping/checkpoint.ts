import { type NamedOption, option, say, WordloomError, type Words } from '../../errors.js'
import type { EncodedCorpus } from '../../text/index.js'
import { VERSION } from '../../version.js'
import type { TrainingOptions } from '../options/options.js'
import { recordedOptions } from '../options/recorded-options.js'
import type { Counted } from '../run/control.js'
import type { Place } from '../run/pauses.js'
import type { Run } from '../run/prepare.js'
import type { Fingerprint } from './fingerprint.js'

/** The facts that a checkpoint holds beside its numbers. */
export interface CheckpointFacts {
  /** Rises by one from each checkpoint of a run to the next. */
  readonly sequence: number
  readonly place: Place
  /** Numbers of the text as ids, ends of sentences included. */
  readonly positions: number
  /** Of everything that the run started from. */
  readonly began: Fingerprint
}

/** What a run goes on from: facts, the metadata of its vectors, and the sums so far. The rows are read later, into their places. */
export interface Checkpoint {
  readonly facts: CheckpointFacts
  /** As a trained file has it. */
  readonly metadata: Readonly<Record<string, string>>
  readonly counted: Counted
}

/** Facts of the run as it stands. */
export function factsOf(
  { control }: Run,
  { ids }: EncodedCorpus,
  began: Fingerprint,
  sequence: number,
): CheckpointFacts {
  return { sequence, place: control.pauses.place, positions: ids.length, began }
}

/** Before the text is read: throws `bad-data` if options or version are not those of the checkpoint. */
export function refuseOtherOptions({ metadata }: Checkpoint, path: string, options: TrainingOptions): void {
  refuse(path, [
    ...differing('made by', metadata.creator, `wordloom ${VERSION}`),
    ...optionDifferences(metadata.options, recordedOptions(options)),
  ])
}

/** Throws `bad-data` if the text, its words, the vectors given, or what follows from them, are not those of the checkpoint. */
export function refuseOtherInputs(
  { facts, metadata }: Checkpoint,
  path: string,
  now: CheckpointFacts,
  metadataNow: Readonly<Record<string, string>>,
): void {
  refuse(path, [
    ...textDifferences(metadata.corpus, metadataNow.corpus),
    ...differing('positions of the text', facts.positions, now.positions),
    ...differing('architecture', metadata.architecture, metadataNow.architecture),
    ...differing('objective', metadata.objective, metadataNow.objective),
    ...differing('what it began with', metadata.start, metadataNow.start),
    ...fingerprintDifferences(facts.began, now.began),
    ...differing('schedule', metadata.schedule, metadataNow.schedule),
    ...differing('rounding', metadata.rounding, metadataNow.rounding),
  ])
}

function refuse(path: string, differences: readonly Words[]): void {
  if (differences.length === 0) return
  const listed = differences.flatMap((difference, i) => [i > 0 ? '; ' : '', ...[difference].flat()])
  throw new WordloomError('bad-data', {
    action: `go on from ${path}`,
    found: say`it holds another run: ${listed}`,
    cure: say`go on with the same options, text and vectors as before, or begin anew with ${option('restart', true)}`,
  })
}

function differing(name: string | NamedOption, before: unknown, now: unknown): Words[] {
  return before === now ? [] : [say`${name}: ${String(before)} there, ${String(now)} here`]
}

/** Option by option. */
function optionDifferences(before = '{}', now: string): Words[] {
  const [there, here] = [before, now].map(text => JSON.parse(text) as Record<string, unknown>)
  const names = new Set([...Object.keys(there!), ...Object.keys(here!)])
  return [...names].flatMap(name =>
    differing(option(name), JSON.stringify(there![name]), JSON.stringify(here![name])),
  )
}

/** Checkpoints that are older than fingerprints have none. */
function fingerprintDifferences(before: Fingerprint = {}, now: Fingerprint): Words[] {
  const shown = (digest: string | undefined) => (digest ? `SHA-256 ${digest.slice(0, 12)}…` : 'not known')
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  return [...names].flatMap(name =>
    before[name] === now[name] ? [] : differing(name, shown(before[name]), shown(now[name])),
  )
}

function textDifferences(before = '{}', now = '{}'): Words[] {
  const [there, here] = [before, now].map(text => JSON.parse(text) as { sha256?: string; tokens?: number })
  if (there!.sha256 === here!.sha256 && there!.tokens === here!.tokens) return []
  const shown = ({ sha256 = '', tokens = 0 }) =>
    `${tokens.toLocaleString('en')} words, SHA-256 ${sha256.slice(0, 12)}…`
  return differing('the text', shown(there!), shown(here!))
}
