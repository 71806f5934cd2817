import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { WordloomError } from '../errors.js'
import { formatOfExtension, formats } from '../formats/index.js'
import type { MapOptions } from '../map/index.js'
import { type CorpusSource, readVocabulary, saveVocabulary } from '../text/index.js'
import { type Model, type Progress, type TrainingOptions, train } from '../training/index.js'
import { demoDefaults } from './demo.js'
import { grouped } from './figures.js'
import { type MapWords, saveMap } from './map-file.js'
import { progressDisplay } from './progress-bar.js'
import { paintFor, tell, visible } from './terminal.js'
import { trainingOptionsFrom } from './training-flags.js'
import type { TrainingFacts } from './training-report.js'

export interface TrainFlags {
  readonly output?: string
  readonly vocabulary?: string
  readonly saveVocabulary?: string
  readonly map?: string
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
  const outputs = [output, flags.saveVocabulary, flags.map].filter(path => path !== undefined)
  refuseOverwriting(corpus, outputs)
  return {
    source: demo?.source ?? corpus,
    options: { ...demo?.options, ...trainingOptionsFrom(given as Record<string, unknown>) },
    flags: { ...flags, output },
    map: demo?.map ?? {},
    outputs,
  }
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

/** Trains, shows how it goes, and writes every output. */
export async function runJob(
  { source, options, flags, map }: TrainingJob,
  signal: AbortSignal,
): Promise<{ model: Model; facts: TrainingFacts }> {
  const start = performance.now()
  const vocabulary = flags.vocabulary === undefined ? undefined : await readVocabulary(flags.vocabulary)
  const display = progressDisplay(Boolean(flags.quiet))
  const seen = { tokens: 0, wordsPerSecond: 0 }
  const onProgress = (progress: Progress) => {
    if (progress.phase === 'reading') seen.tokens = progress.tokens
    else seen.wordsPerSecond = progress.wordsPerSecond
    display.show(progress)
  }
  const warnings: string[] = []
  const onWarning = (sentence: string) => void warnings.push(sentence)
  const call = { ...options, onProgress, onWarning, signal, ...(vocabulary && { vocabulary }) }
  const model = await train(source, call)
    .catch(error => {
      throw signal.aborted ? stopped() : error
    })
    .finally(() => {
      display.stop()
      warnings.forEach(warn)
    })
  if (signal.aborted) throw stopped()
  await writeOutputs(model, flags, { ...map, tokens: seen.tokens })
  const seconds = (performance.now() - start) / 1000
  return { model, facts: { ...factsOf(model, flags), ...seen, seconds } }
}

/** In a folder there can be thousands of files that are no text; the first ones tell enough. */
function warn(sentence: string, index: number, all: readonly string[]): void {
  const prefix = paintFor(process.stderr)('yellow', 'wordloom:')
  if (index < MOST_WARNINGS) tell(`${prefix} ${visible(sentence)}`)
  else if (index === MOST_WARNINGS) tell(`${prefix} and ${grouped(all.length - index)} more`)
}

function stopped(): WordloomError {
  return new WordloomError('aborted', 'stopped; nothing was saved')
}

async function writeOutputs(
  model: Model,
  { output, saveVocabulary: list, map }: TrainingJob['flags'],
  words: MapWords & { readonly tokens: number },
) {
  await model.save(output).catch(error => rescue(model, error))
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
    output: flags.output,
    ...(flags.map !== undefined && { map: flags.map }),
    ...(flags.saveVocabulary !== undefined && { vocabulary: flags.saveVocabulary }),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }
}
