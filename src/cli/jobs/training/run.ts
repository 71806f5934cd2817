import { drift } from '../../../comparison/index.js'
import { textOf, WordloomError } from '../../../errors.js'
import { checkSavable } from '../../../formats/index.js'
import { readPhrases } from '../../../phrases/index.js'
import { checkVocabulary, readVocabulary, type Vocabulary } from '../../../text/index.js'
import {
  hasCheckpoint,
  type Model,
  type Progress,
  type StartFacts,
  type TrainCall,
  train,
} from '../../../training/index.js'
import { aboutStart, startFrom, startSentence, vectorsBefore } from '../../flags/start.js'
import { throughHangUps } from '../../terminal/interrupt.js'
import { progressDisplay } from '../../terminal/progress-bar.js'
import { warn, warnOfAll } from '../../terminal/terminal.js'
import { asFlag } from '../../verb/flag-names.js'
import { formatOfDocuments } from './document-output.js'
import { type TrainingJob, withDocuments } from './job.js'
import { KeptRun } from './kept-run.js'
import { writeOutputs } from './outputs.js'
import type { TrainingFacts } from './report.js'

/** What a run ends with. */
interface Learned {
  readonly model: Model
  readonly facts: TrainingFacts
}

/** Trains, shows how it goes, and writes every output; then the checkpoints are not needed any more. */
export async function runJob(asked: TrainingJob, signal: AbortSignal): Promise<Learned> {
  const begun = performance.now()
  const start = await startFrom(asked.flags)
  const job = await withDocuments(asked, start).catch(error => {
    throw aboutStart(error, asked.flags)
  })
  const watch = new Watch(job)
  await tellOfNoCheckpoint(job)
  try {
    const model = await trainThroughHangUps(job, { ...start, signal, ...watch.calls() }).finally(() =>
      watch.end(),
    )
    await writeOutputs(model, job.flags, { ...job.map, tokens: watch.seen.tokens })
    if (job.keeping.checkpoint !== undefined) await watch.kept.remove(job.keeping.checkpoint)
    const before = vectorsBefore(start)
    const moved = before && { drift: drift(before, model.vectors) }
    const seconds = (performance.now() - begun) / 1000
    const checkpoints = watch.kept.costs
    return { model, facts: { ...factsOf(model, job.flags), ...moved, ...watch.seen, seconds, checkpoints } }
  } catch (error) {
    if (error instanceof WordloomError && error.code === 'aborted') throw watch.kept.stopped()
    await watch.kept.tellOfFailure(error, job.keeping.checkpoint)
    throw aboutStart(error, job.flags)
  }
}

/** A person who resumes a run should know that nothing is there to go on from. */
async function tellOfNoCheckpoint({ flags, keeping: { checkpoint, resume } }: TrainingJob): Promise<void> {
  if (flags.quiet || !resume || checkpoint === undefined || (await hasCheckpoint(checkpoint))) return
  warn(`there is no checkpoint ${checkpoint} to go on from, and training begins anew`)
}

/** What a person sees of a run while it lasts. */
class Watch {
  readonly seen = { tokens: 0, wordsPerSecond: 0 }
  readonly kept: KeptRun
  readonly #job: TrainingJob
  readonly #display: ReturnType<typeof progressDisplay>
  readonly #warnings: string[] = []

  constructor(job: TrainingJob) {
    this.#job = job
    this.#display = progressDisplay(Boolean(job.flags.quiet))
    this.kept = new KeptRun(() => this.#display.stop())
  }

  /** What training calls. */
  calls(): TrainCall {
    const { flags } = this.#job
    return {
      onProgress: progress => this.#onProgress(progress),
      onStart: (facts: StartFacts) => this.#display.say(startSentence(facts, flags)),
      onWarning: (_, words) => void this.#warnings.push(textOf(words, asFlag)),
      ...this.kept.calls(Boolean(flags.quiet)),
    }
  }

  end(): void {
    this.#display.stop()
    warnOfAll(this.#warnings)
  }

  #onProgress(progress: Progress): void {
    if (progress.phase === 'reading') this.seen.tokens = progress.tokens
    else this.seen.wordsPerSecond = progress.wordsPerSecond
    this.#display.show(progress)
  }
}

/** If the terminal is closed, training goes on, and a checkpoint is written in case more is to come. */
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
  const onTags = (tags: Vocabulary) => checkTags(tags, flags)
  const questions = { output, ...(outputFormat && { outputFormat }), onVocabulary, onTags }
  const call = { ...options, ...keeping, ...calls, ...words, ...questions, checkpointNow }
  return throughHangUps(
    () => checkpointNow.dispatchEvent(new Event('checkpoint')),
    () => train(source, call),
  )
}

/** Tags that the format of their file cannot hold are refused before they are learned. */
async function checkTags(vocabulary: Vocabulary, { documents, format }: TrainingJob['flags']): Promise<void> {
  if (documents === undefined) return
  const own = formatOfDocuments(documents, format)
  await checkSavable(documents, { ...(own && { format: own }), vocabulary, subwords: false })
}

function factsOf(model: Model, flags: TrainingJob['flags']) {
  return {
    words: model.vectors.size,
    dimensions: model.vectors.dimensions,
    losses: model.losses,
    heldOutLosses: model.heldOutLosses,
    ...(model.bestEpoch !== undefined && { bestEpoch: model.bestEpoch }),
    ...(model.start && { start: model.start }),
    output: flags.output,
    ...(model.documents && { documents: model.documents.size, documentsOutput: flags.documents! }),
    ...(flags.tags !== undefined && { tagged: true }),
    ...(flags.map !== undefined && { map: flags.map }),
    ...(flags.saveVocabulary !== undefined && { vocabulary: flags.saveVocabulary }),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  }
}
