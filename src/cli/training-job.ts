import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { drift } from '../comparison/index.js'
import { WordloomError } from '../errors.js'
import { formatOfExtension, formats, save } from '../formats/index.js'
import type { MapOptions } from '../map/index.js'
import { readPhrases } from '../phrases/index.js'
import { type Architecture, architectureOf, architectures } from '../reference/index.js'
import { type CorpusSource, readVocabulary, saveVocabulary } from '../text/index.js'
import {
  type KeepingOptions,
  type Model,
  type Progress,
  type StartFacts,
  type TrainCall,
  type TrainingOptions,
  train,
} from '../training/index.js'
import { demoDefaults } from './demo.js'
import { grouped } from './figures.js'
import { throughHangUps } from './interrupt.js'
import { KeptRun } from './kept-run.js'
import { type MapWords, saveMap } from './map-file.js'
import { tellLost } from './open-vectors.js'
import { progressDisplay } from './progress-bar.js'
import { aboutStart, type StartFlags, startFrom, startSentence, vectorsBefore } from './start-flags.js'
import { warn } from './terminal.js'
import { trainingOptionsFrom } from './training-flags.js'
import type { TrainingFacts } from './training-report.js'

export interface TrainFlags extends StartFlags {
  readonly output?: string
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
}

/** Throws `usage` where corpus and output are not both clear. */
export function jobOf(corpus: readonly string[], given: TrainFlags): TrainingJob {
  const demo = given.demo ? demoDefaults(corpus) : undefined
  const { output, ...flags } = { ...demo?.flags, ...given }
  if (!demo && corpus.length === 0)
    throw new WordloomError(
      'usage',
      'there is no text to learn from; name a file or folder, - for standard input, or try --demo',
    )
  if (output === undefined)
    throw new WordloomError('usage', 'say where the vectors go, for example -o vectors.safetensors')
  if (formatOfExtension(output) === undefined)
    throw new WordloomError('usage', `the ending of ${output} tells no format; use ${endings()}`)
  const options = { ...demo?.options, ...trainingOptionsFrom(given as Record<string, unknown>) }
  const documents = documentsBeside(output, flags.documents, options)
  const outputs = [output, documents, flags.saveVocabulary, flags.map].filter(path => path !== undefined)
  refuseOverwriting(corpus, outputs)
  return {
    source: demo?.source ?? corpus,
    options,
    flags: { ...flags, output, ...(documents !== undefined && { documents }) },
    map: demo?.map ?? {},
    keeping: keepingOf({ ...flags, output }),
    outputs,
  }
}

/** Where the vectors of documents go: model.documents.safetensors beside model.safetensors, unless said otherwise. */
function documentsBeside(
  output: string,
  given: string | undefined,
  { architecture }: Partial<TrainingOptions>,
): string | undefined {
  if (architecture === undefined || !architectureOf(architecture).hasDocuments) {
    if (given === undefined) return undefined
    const learners = architectures.filter((one: Architecture) => one.hasDocuments).map(({ name }) => name)
    throw new WordloomError(
      'usage',
      `--documents is for an architecture that learns documents; add --architecture ${learners.join(' or ')}`,
    )
  }
  if (given !== undefined && formatOfExtension(given) === undefined)
    throw new WordloomError('usage', `the ending of ${given} tells no format; use ${endings()}`)
  return given ?? output.replace(/(\.[^./\\]+)(\.gz|\.zst)?$/, '.documents$1$2')
}

function keepingOf({ output, checkpoint, checkpointEvery, resume, restart }: TrainFlags): KeepingOptions {
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

function endings(): string {
  const all = Object.values(formats).flatMap(format => format.extensions)
  return `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}

function refuseOverwriting(corpus: readonly string[], outputs: readonly string[]): void {
  const taken = new Set(corpus.map(path => resolve(path)))
  for (const path of outputs) {
    if (taken.has(resolve(path)))
      throw new WordloomError('usage', `${path} is named twice; give every output a name of its own`)
    taken.add(resolve(path))
  }
}

/** Trains, shows how it goes, and writes every output; then the checkpoints are not needed any more. */
export async function runJob(
  job: TrainingJob,
  signal: AbortSignal,
): Promise<{ model: Model; facts: TrainingFacts }> {
  const { flags, map, keeping } = job
  const begun = performance.now()
  const start = await startFrom(flags)
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
  const call = { ...options, ...keeping, ...calls, ...words, checkpointNow }
  return throughHangUps(
    () => checkpointNow.dispatchEvent(new Event('checkpoint')),
    () => train(source, call),
  )
}

async function writeOutputs(
  model: Model,
  { output, documents, saveVocabulary: list, map }: TrainingJob['flags'],
  words: MapWords & { readonly tokens: number },
) {
  tellLost(formatOfExtension(output, model.vectors)!, model.vectors)
  await model.save(output).catch(error => rescue(model, error))
  if (model.documents && documents !== undefined) await save(model.documents, documents)
  if (list !== undefined) await saveVocabulary(model.vocabulary, list)
  if (map !== undefined) await saveMap(model.vectors, map, mapOptions(model, words))
}

/** What was learned is not thrown away because its place cannot be written: it goes where temporary files go. */
async function rescue(model: Model, error: unknown): Promise<never> {
  if (!(error instanceof WordloomError && error.code === 'not-written')) throw error
  const path = join(tmpdir(), `wordloom-${process.pid}.safetensors`)
  await model.save(path).catch(() => {
    throw error
  })
  throw new WordloomError('not-written', `${error.message}; the vectors are safe in ${path}`, {
    cause: error,
  })
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
