import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drift } from '../comparison/index.js'
import { say, WordloomError } from '../errors.js'
import { isStream, type Output, removePartials, writeTogether } from '../files/index.js'
import { type FormatName, filesOf, formatOfOutput, save } from '../formats/index.js'
import type { MapOptions } from '../map/index.js'
import { readPhrases } from '../phrases/index.js'
import {
  type CorpusSource,
  checkVocabulary,
  readVocabulary,
  type Vocabulary,
  vocabularyFile,
} from '../text/index.js'
import {
  type KeepingOptions,
  type Model,
  optionsOf,
  type Progress,
  type StartCall,
  type StartFacts,
  type TrainCall,
  type TrainingOptions,
  train,
} from '../training/index.js'
import type { WordVectors } from '../vectors/index.js'
import { demoDefaults } from './demo.js'
import { documentsBeside, formatOfDocuments } from './document-output.js'
import { grouped } from './figures.js'
import { throughHangUps } from './interrupt.js'
import { KeptRun } from './kept-run.js'
import { drawnMap, type MapWords } from './map-file.js'
import { tellLost } from './open-vectors.js'
import { openOutputs, shownOutput, vectorFiles } from './output-files.js'
import { progressDisplay } from './progress-bar.js'
import { aboutStart, type StartFlags, startFrom, startSentence, vectorsBefore } from './start-flags.js'
import { warn } from './terminal.js'
import { trainingOptionsFrom } from './training-flags.js'
import type { TrainingFacts } from './training-report.js'

export interface TrainFlags extends StartFlags {
  readonly output?: string
  readonly format?: FormatName
  readonly vocabulary?: string
  readonly phrases?: string
  readonly saveVocabulary?: string
  readonly documents?: string
  readonly map?: string
  /** False with --no-checkpoint. */
  readonly checkpoint?: string | false
  readonly checkpointEvery?: number
  readonly resume?: true
  readonly restart?: true
  readonly demo?: true
  readonly quiet?: true
  readonly json?: true
}

const MAP_WORDS = 300
const MOST_WARNINGS = 5

/** What the command line asks for, complete. */
export interface TrainingJob {
  readonly source: CorpusSource
  readonly options: Partial<TrainingOptions>
  readonly flags: TrainFlags & { readonly output: string }
  readonly map: MapWords
  readonly keeping: KeepingOptions
  /** Every file that will be written. */
  readonly outputs: readonly string[]
  /** Every file that is read. */
  readonly inputs: readonly string[]
}

/** Throws `usage` where corpus and output are not both clear. */
export async function jobOf(corpus: readonly string[], given: TrainFlags): Promise<TrainingJob> {
  const demo = given.demo ? demoDefaults(corpus) : undefined
  const { output, ...flags } = { ...demo?.flags, ...given }
  if (!demo && corpus.length === 0)
    throw new WordloomError(
      'usage',
      'there is no text to learn from; name a file or folder, - for standard input, or try --demo',
    )
  if (output === undefined)
    throw new WordloomError('usage', 'say where the vectors go, for example -o vectors.safetensors')
  const files = await vectorFiles(output, flags.format, '--format')
  const options = { ...demo?.options, ...trainingOptionsFrom(given as Record<string, unknown>) }
  const documents =
    flags.continue === undefined
      ? await documentsBeside(output, flags.documents, optionsOf(options))
      : flags.documents // whether the model learns documents is known once it is read
  const documentFiles =
    documents === undefined
      ? []
      : await vectorFiles(documents, formatOfDocuments(documents, flags.format), '--format')
  const { saveVocabulary: list, map, from, continue: continued, vocabulary, phrases, freeze } = flags
  return {
    source: demo?.source ?? corpus,
    options,
    flags: { ...flags, output, ...(documents !== undefined && { documents }) },
    map: demo?.map ?? {},
    keeping: await keepingOf({ ...flags, output }),
    outputs: [...files, ...documentFiles, list, map].filter(path => path !== undefined),
    inputs: [...corpus, from, continued, vocabulary, phrases, freeze].filter(path => path !== undefined),
  }
}

/** With a place for documents, where only the model that goes on tells that they are learned. */
async function withDocuments(job: TrainingJob, start: StartCall): Promise<TrainingJob> {
  const { flags, inputs } = job
  const options = optionsOf({ ...job.options, ...start })
  const documents = await documentsBeside(flags.output, flags.documents, options)
  if (documents === undefined || documents === flags.documents) return job
  const files = await vectorFiles(documents, formatOfDocuments(documents, flags.format), '--format')
  const outputs = [...job.outputs, ...files]
  await openOutputs(outputs, inputs)
  await removePartials(files)
  return { ...job, flags: { ...flags, documents }, outputs }
}

/** Beside what is no plain file nothing is kept, unless a place is named. */
async function keepingOf(flags: TrainFlags & { readonly output: string }): Promise<KeepingOptions> {
  const { output, checkpoint, checkpointEvery, resume, restart } = flags
  if (typeof checkpoint === 'string' && (await isStream(checkpoint)))
    throw new WordloomError(
      'usage',
      `--checkpoint is ${checkpoint}, and checkpoints are plain files; give a file name`,
    )
  if (checkpoint === undefined && (await isStream(output))) {
    if (!(resume ?? restart ?? checkpointEvery)) return {}
    throw new WordloomError(
      'usage',
      `no checkpoint lies beside ${shownOutput(output)}; name one with --checkpoint`,
    )
  }
  if (resume && restart)
    throw new WordloomError('usage', '--resume goes on and --restart begins anew; give one of them')
  if (checkpoint !== false)
    return {
      checkpoint: checkpoint ?? `${output}.checkpoint`,
      ...(checkpointEvery !== undefined && { checkpointEvery }),
      ...(resume && { resume }),
      ...(restart && { restart }),
    }
  if (resume ?? restart ?? checkpointEvery)
    throw new WordloomError(
      'usage',
      '--no-checkpoint keeps nothing to go on from; leave it out, or --resume, --restart and --checkpoint-every',
    )
  return {}
}

/** Trains, shows how it goes, and writes every output; then the checkpoints are not needed any more. */
export async function runJob(
  asked: TrainingJob,
  signal: AbortSignal,
): Promise<{ model: Model; facts: TrainingFacts }> {
  const begun = performance.now()
  const start = await startFrom(asked.flags)
  const job = await withDocuments(asked, start).catch(error => {
    throw aboutStart(error, asked.flags)
  })
  const { flags, map, keeping } = job
  const display = progressDisplay(Boolean(flags.quiet))
  const kept = new KeptRun(() => display.stop())
  const seen = { tokens: 0, wordsPerSecond: 0 }
  const onProgress = (progress: Progress) => {
    if (progress.phase === 'reading') seen.tokens = progress.tokens
    else seen.wordsPerSecond = progress.wordsPerSecond
    display.show(progress)
  }
  const onStart = (facts: StartFacts) => display.say(startSentence(facts, flags))
  const warnings: string[] = []
  const onWarning = (sentence: string) => void warnings.push(sentence)
  try {
    const calls = { ...start, onProgress, onStart, onWarning, signal, ...kept.calls(Boolean(flags.quiet)) }
    const model = await trainThroughHangUps(job, calls).finally(() => {
      display.stop()
      tellWarnings(warnings)
    })
    await writeOutputs(model, flags, { ...map, tokens: seen.tokens })
    if (keeping.checkpoint !== undefined) await kept.remove(keeping.checkpoint)
    const before = vectorsBefore(start)
    const moved = before && { drift: drift(before, model.vectors) }
    const seconds = (performance.now() - begun) / 1000
    return {
      model,
      facts: { ...factsOf(model, flags), ...moved, ...seen, seconds, checkpoints: kept.costs },
    }
  } catch (error) {
    if (error instanceof WordloomError && error.code === 'aborted') throw kept.stopped()
    kept.tellOfFailure(error)
    throw aboutStart(error, flags)
  }
}

/** In a folder there can be thousands of files that are no text; the first ones tell enough. */
function tellWarnings(sentences: readonly string[]): void {
  for (const sentence of sentences.slice(0, MOST_WARNINGS)) warn(sentence)
  if (sentences.length > MOST_WARNINGS) warn(`and ${grouped(sentences.length - MOST_WARNINGS)} more`)
}

/** When the terminal is closed, training goes on, and a checkpoint is written in case more is to come. */
async function trainThroughHangUps(
  { source, options, flags, keeping }: TrainingJob,
  calls: TrainCall,
): Promise<Model> {
  const checkpointNow = new EventTarget()
  const vocabulary = flags.vocabulary === undefined ? undefined : await readVocabulary(flags.vocabulary)
  const phrases = flags.phrases === undefined ? undefined : await readPhrases(flags.phrases)
  const words = { ...(vocabulary && { vocabulary }), ...(phrases && { phrases }) }
  const { output, format: outputFormat, saveVocabulary: list } = flags
  const onVocabulary = (words: Vocabulary) => {
    if (list !== undefined) checkVocabulary(words, list)
  }
  const questions = { output, ...(outputFormat && { outputFormat }), onVocabulary }
  const call = { ...options, ...keeping, ...calls, ...words, ...questions, checkpointNow }
  return throughHangUps(
    () => checkpointNow.dispatchEvent(new Event('checkpoint')),
    () => train(source, call),
  )
}

/** All of them or none; the vectors take their place last. */
async function writeOutputs(
  model: Model,
  flags: TrainingJob['flags'],
  words: MapWords & { readonly tokens: number },
): Promise<void> {
  const { output, format, documents, saveVocabulary: list, map } = flags
  const wanted = format && { format }
  tellLost(await formatOfOutput(output, { ...wanted, vectors: model.vectors }), model.vectors)
  const drawn = map === undefined ? undefined : await drawnOrNot(model, map, words)
  try {
    await writeTogether([
      ...(drawn?.outputs ?? []),
      ...(list === undefined ? [] : [vocabularyFile(model.vocabulary, list)]),
      ...(model.documents && documents !== undefined
        ? await documentFiles(model.documents, documents, flags)
        : []),
      ...(await filesOf(model.vectors, output, wanted)),
    ])
  } catch (error) {
    await rescue(model, error)
  }
  if (drawn?.error !== undefined) throw drawn.error
}

/** A map that cannot be drawn costs no vectors: it is told once they are written. */
async function drawnOrNot(
  model: Model,
  path: string,
  words: MapWords & { readonly tokens: number },
): Promise<{ outputs: Output[]; error?: unknown }> {
  try {
    return { outputs: [(await drawnMap(model.vectors, path, mapOptions(model, words))).output] }
  } catch (error) {
    return { outputs: [], error }
  }
}

function documentFiles(
  documents: WordVectors,
  path: string,
  flags: Pick<TrainFlags, 'format'>,
): Promise<Output[]> {
  const format = formatOfDocuments(path, flags.format)
  return filesOf(documents, path, format && { format })
}

/**
 * What was learned is not thrown away because its place cannot be written: it goes into a new folder, which nobody
 * else can have prepared, where temporary files go.
 */
async function rescue({ vectors, documents }: Model, error: unknown): Promise<never> {
  const places = await rescued(vectors, documents).catch(() => {
    throw error
  })
  if (error instanceof WordloomError)
    throw new WordloomError(
      error.code,
      { ...error.fault, found: say`${error.fault.found}, but ${places}` },
      { cause: error },
    )
  warn(places)
  throw error
}

async function rescued(vectors: WordVectors, documents: WordVectors | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wordloom-'))
  const path = join(folder, 'vectors.safetensors')
  await save(vectors, path)
  if (documents === undefined) return `the vectors are safe in ${path}`
  const others = join(folder, 'documents.safetensors')
  await save(documents, others)
  return `the vectors are safe in ${path}, those of documents in ${others}`
}

function mapOptions(
  model: Model,
  { title, highlight, tokens }: MapWords & { readonly tokens: number },
): MapOptions {
  const drawn = Math.min(MAP_WORDS, model.vectors.size)
  return {
    words: drawn,
    subtitle: `learned from ${grouped(tokens)} words of text; ${drawn} of ${grouped(model.vectors.size)} drawn`,
    ...(title !== undefined && { title }),
    ...(highlight && { highlight: highlight.filter(word => model.vectors.has(word)) }),
  }
}

function factsOf(model: Model, flags: TrainingJob['flags']) {
  return {
    words: model.vectors.size,
    dimensions: model.vectors.dimensions,
    losses: model.losses,
    heldOutLosses: model.heldOutLosses,
    ...(model.start && { start: model.start }),
    output: flags.output,
    ...(model.documents && { documents: model.documents.size, documentsOutput: flags.documents! }),
    ...(flags.map !== undefined && { map: flags.map }),
    ...(flags.saveVocabulary !== undefined && { vocabulary: flags.saveVocabulary }),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }
}
