import { WordloomError } from '../../errors.js'
import { sha256 } from '../../files/index.js'
import type { EncodedCorpus } from '../../text/index.js'
import { VERSION } from '../../version.js'
import type { TrainingOptions } from '../options/options.js'
import { recordedOptions } from '../options/recorded-options.js'
import type { Counted } from '../run/control.js'
import type { Place } from '../run/pauses.js'
import type { Run } from '../run/prepare.js'

/** What a checkpoint tells beside its numbers. */
export interface CheckpointFacts {
  /** Rises by one from each checkpoint of a run to the next. */
  readonly sequence: number
  readonly place: Place
  /** Numbers of the text as ids, ends of sentences included. */
  readonly positions: number
  /** SHA-256 of the words and their counts. */
  readonly vocabulary: string
}

/** What a run goes on from: facts, what made them so, and the sums so far. The rows are read where they belong. */
export interface Checkpoint {
  readonly facts: CheckpointFacts
  /** As a trained file has it. */
  readonly metadata: Readonly<Record<string, string>>
  readonly counted: Counted
}

/** Facts of the run as it stands. */
export function factsOf({ control }: Run, corpus: EncodedCorpus, sequence: number): CheckpointFacts {
  const { ids, vocabulary } = corpus
  return { sequence, place: control.pauses.place, positions: ids.length, vocabulary: digestOf(vocabulary) }
}

const digests = new WeakMap<EncodedCorpus['vocabulary'], string>()

function digestOf(vocabulary: EncodedCorpus['vocabulary']): string {
  const known = digests.get(vocabulary)
  if (known !== undefined) return known
  const hash = sha256()
  const { bytes, offsets } = vocabulary.arena
  const numbers = [Float64Array.from(offsets.subarray(0, vocabulary.size + 1)), vocabulary.counts]
  for (const { buffer, byteOffset, byteLength } of [bytes, ...numbers])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  const digest = hash.finish()
  digests.set(vocabulary, digest)
  return digest
}

/** Before the text is read: throws `bad-data` where options or version are not those of the checkpoint. */
export function refuseOtherOptions({ metadata }: Checkpoint, path: string, options: TrainingOptions): void {
  refuse(path, [
    ...differing('made by', metadata.creator, `wordloom ${VERSION}`),
    ...optionDifferences(metadata.options, recordedOptions(options)),
  ])
}

/** The same for the text, its words, and all that follows from them. */
export function refuseOtherText(
  { facts, metadata }: Checkpoint,
  path: string,
  now: CheckpointFacts,
  metadataNow: Readonly<Record<string, string>>,
): void {
  refuse(path, [
    ...textDifferences(metadata.corpus, metadataNow.corpus),
    ...differing('positions of the text', facts.positions, now.positions),
    ...differing('words and counts', facts.vocabulary.slice(0, 12), now.vocabulary.slice(0, 12)),
    ...differing('architecture', metadata.architecture, metadataNow.architecture),
    ...differing('objective', metadata.objective, metadataNow.objective),
    ...differing('what it began with', metadata.start, metadataNow.start),
    ...differing('schedule', metadata.schedule, metadataNow.schedule),
    ...differing('rounding', metadata.rounding, metadataNow.rounding),
  ])
}

function refuse(path: string, differences: readonly string[]): void {
  if (differences.length === 0) return
  throw new WordloomError(
    'bad-data',
    `${path} holds another run: ${differences.join('; ')}; go on with the options and the text of before, or begin anew with restart: true`,
  )
}

function differing(name: string, before: unknown, now: unknown): string[] {
  return before === now ? [] : [`${name}: ${before} there, ${now} here`]
}

/** Option by option. */
function optionDifferences(before = '{}', now: string): string[] {
  const [there, here] = [before, now].map(text => JSON.parse(text) as Record<string, unknown>)
  const names = new Set([...Object.keys(there!), ...Object.keys(here!)])
  return [...names].flatMap(name =>
    differing(name, JSON.stringify(there![name]), JSON.stringify(here![name])),
  )
}

function textDifferences(before = '{}', now = '{}'): string[] {
  const [there, here] = [before, now].map(text => JSON.parse(text) as { sha256?: string; tokens?: number })
  if (there!.sha256 === here!.sha256 && there!.tokens === here!.tokens) return []
  const shown = ({ sha256 = '', tokens = 0 }) =>
    `${tokens.toLocaleString('en')} words, SHA-256 ${sha256.slice(0, 12)}…`
  return differing('the text', shown(there!), shown(here!))
}
