import { option, say, WordloomError } from '../../../errors.js'
import { removePartials } from '../../../files/index.js'
import { type CorpusSource, taggedDocuments } from '../../../text/index.js'
import {
  type KeepingOptions,
  optionsOf,
  optionTable,
  refuseSharedNames,
  type StartCall,
  type TrainingOptions,
} from '../../../training/index.js'
import { type MapWords, mapFormOf } from '../../files/map-file.js'
import { openOutputs, vectorFiles } from '../../files/output-files.js'
import type { TrainFlags } from '../../flags/train.js'
import { warn } from '../../terminal/terminal.js'
import { chosen } from '../../verb/flags.js'
import type { Plan } from '../../verb/verb.js'
import { demoDefaults } from './demo.js'
import { documentsBeside, formatOfDocuments } from './document-output.js'
import { keepingOf } from './keeping.js'

/** What the command line asks for, complete. */
export interface TrainingJob extends Plan {
  readonly source: CorpusSource
  readonly options: Partial<TrainingOptions>
  readonly flags: TrainFlags & { readonly output: string }
  readonly map: MapWords
  readonly keeping: KeepingOptions
  /** Every file that will be written. */
  readonly writes: readonly string[]
  /** Every file that is read and that no output may replace. */
  readonly reads: readonly string[]
}

/** Throws `usage` unless corpus and output are clear. */
export async function jobOf(corpus: readonly string[], given: TrainFlags): Promise<TrainingJob> {
  const demo = given.demo ? demoDefaults(corpus, given.output) : undefined
  if (demo && given.tags !== undefined)
    throw new WordloomError('usage', {
      found: say`${option('demo')} brings its own text, which has no tags`,
      cure: say`leave ${option('tags')} out`,
    })
  const flags = withOutput({ ...demo?.flags, ...given }, demo !== undefined || corpus.length > 0)
  const options = { ...demo?.options, ...chosen(optionTable, given) }
  const { output, continue: continued, saveVocabulary, map } = flags
  if (map !== undefined) await mapFormOf(map)
  const documents =
    continued === undefined
      ? await documentsBeside(output, flags.documents, optionsOf(options))
      : flags.documents // whether the model learns documents is known once it is read
  const job = {
    source: demo?.source ?? sourceOf(corpus, flags),
    options,
    flags: { ...flags, ...(documents !== undefined && { documents }) },
    map: demo?.map ?? {},
    keeping: await keepingOf(output, flags),
    writes: [
      ...(await vectorFiles(output, flags.format)),
      ...(await documentFiles(documents, flags)),
      ...[saveVocabulary, map].filter(path => path !== undefined),
    ],
    reads: readBy(corpus, flags),
    lock: { path: output, work: `training for ${output}` },
  }
  if (job.keeping.checkpoint !== undefined)
    await refuseSharedNames(job.keeping.checkpoint, {
      outputs: job.writes,
      inputs: [...job.reads, flags.from, continued].filter(path => path !== undefined),
    })
  return job
}

/** With a place for documents, if only the model that goes on says that they are learned. */
export async function withDocuments(job: TrainingJob, start: StartCall): Promise<TrainingJob> {
  const { flags, reads } = job
  const options = optionsOf({ ...job.options, ...start })
  const documents = await documentsBeside(flags.output, flags.documents, options)
  if (documents === undefined || documents === flags.documents) return job
  const files = await documentFiles(documents, flags)
  const writes = [...job.writes, ...files]
  await openOutputs(writes, reads)
  await removePartials(files)
  return { ...job, flags: { ...flags, documents }, writes }
}

/** Documents are read anew for each call, so that a run that is resumed reads them again. */
function sourceOf(corpus: readonly string[], { tags, encoding, maxDecompressed }: TrainFlags): CorpusSource {
  if (tags === undefined) return corpus
  return taggedDocuments(corpus, tags, { encoding, maxDecompressed, onWarning: warn })
}

function withOutput(flags: TrainFlags, hasText: boolean): TrainFlags & { readonly output: string } {
  const { output } = flags
  if (!hasText)
    throw new WordloomError('usage', {
      action: 'train',
      found: 'no text is given',
      cure: say`name a file or folder, - for standard input, or try ${option('demo')}`,
    })
  if (output === undefined)
    throw new WordloomError('usage', {
      action: 'train',
      found: 'no output is given',
      cure: 'say where the vectors go, for example -o vectors.safetensors',
    })
  return { ...flags, output }
}

function documentFiles(documents: string | undefined, { format }: TrainFlags): Promise<string[]> {
  return vectorFiles(documents, documents === undefined ? undefined : formatOfDocuments(documents, format))
}

function readBy(corpus: readonly string[], flags: TrainFlags): string[] {
  const { vocabulary, phrases, freeze } = flags
  return [...corpus, vocabulary, phrases, freeze].filter(path => path !== undefined)
}
