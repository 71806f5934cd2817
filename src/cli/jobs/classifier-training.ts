import { join } from 'node:path'
import {
  type Classifier,
  type ClassifierProgress,
  labelledLineOptionTable,
  loadClassifier,
  saveClassifier,
  type TrainedClassifier,
  trainClassifier,
  trainClassifierOptionTable,
} from '../../classification/index.js'
import { WordloomError } from '../../errors.js'
import { hasCheckpoint, type KeepingOptions } from '../../training/index.js'
import { openVectors } from '../files/open-vectors.js'
import type { classifyTrainFlags } from '../flags/classify-train.js'
import { throughHangUps } from '../terminal/interrupt.js'
import { progressDisplay } from '../terminal/progress-bar.js'
import { warn, warnOfAll } from '../terminal/terminal.js'
import { chosen, type FlagsOf } from '../verb/flags.js'
import { KeptRun } from './training/kept-run.js'
import { rescue } from './training/rescue.js'

/** What training a classifier ended with. */
export interface ClassifierFacts {
  readonly labels: number
  readonly lines: number
  readonly tokens: number
  readonly words: number
  readonly ngrams: number
  readonly dimensions: number
  readonly losses: readonly number[]
  readonly heldOutLosses: readonly number[]
  readonly output: string
  readonly seconds: number
}

type TrainFlags = FlagsOf<typeof classifyTrainFlags>

/** Trains, shows how it goes, and writes the classifier; then the checkpoints are not needed any more. */
export async function trainAndSave(
  lines: readonly string[],
  flags: TrainFlags,
  keeping: KeepingOptions,
  signal: AbortSignal,
): Promise<ClassifierFacts> {
  const begun = performance.now()
  const display = progressDisplay(Boolean(flags.quiet))
  const warnings: string[] = []
  const kept = new KeptRun(() => display.stop())
  const calls = {
    ...kept.calls(Boolean(flags.quiet)),
    onProgress: (progress: ClassifierProgress) => display.show(progress),
    onWarning: (sentence: string) => void warnings.push(sentence),
    signal,
  }
  const end = () => {
    display.stop()
    warnOfAll(warnings)
  }
  await tellOfNoCheckpoint(keeping, flags)
  try {
    const trained = await trainOn(lines, flags, { ...keeping, ...calls }).finally(end)
    await saveOrRescue(trained.classifier, flags.output)
    if (keeping.checkpoint !== undefined) await kept.remove(keeping.checkpoint)
    return factsOf(trained, flags.output, (performance.now() - begun) / 1000)
  } catch (error) {
    if (error instanceof WordloomError && error.code === 'aborted') throw kept.stopped()
    await kept.tellOfFailure(error, keeping.checkpoint)
    throw error
  }
}

/** A person who resumes a run should know that nothing is there to go on from. */
async function tellOfNoCheckpoint(
  { checkpoint, resume }: KeepingOptions,
  { quiet }: TrainFlags,
): Promise<void> {
  if (quiet || !resume || checkpoint === undefined || (await hasCheckpoint(checkpoint))) return
  warn(`there is no checkpoint ${checkpoint} to go on from, and training begins anew`)
}

async function saveOrRescue(classifier: Classifier, output: string): Promise<void> {
  try {
    await saveClassifier(classifier, output)
  } catch (error) {
    await rescue(error, async folder => {
      const path = join(folder, 'classifier.safetensors')
      await saveClassifier(classifier, path)
      return `the classifier is safe in ${path}`
    })
  }
}

/** If the terminal is closed, training goes on, and a checkpoint is written in case more is to come. */
async function trainOn(
  lines: readonly string[],
  flags: TrainFlags,
  call: Parameters<typeof trainClassifier>[1],
): Promise<TrainedClassifier> {
  const checkpointNow = new EventTarget()
  const { from, continue: before } = flags
  const start = {
    ...(from !== undefined && { from: await openVectors(from) }),
    ...(before !== undefined && { continue: await loadClassifier(before) }),
  }
  const options = {
    ...chosen(trainClassifierOptionTable, flags),
    ...chosen(labelledLineOptionTable, flags),
  }
  return throughHangUps(
    () => checkpointNow.dispatchEvent(new Event('checkpoint')),
    () => trainClassifier(lines, { ...options, ...start, ...call, checkpointNow }),
  )
}

function factsOf(trained: TrainedClassifier, output: string, seconds: number): ClassifierFacts {
  const { classifier, losses, lines, tokens, words, ngrams } = trained
  return {
    labels: classifier.labels.length,
    lines,
    tokens,
    words,
    ngrams,
    dimensions: classifier.dimensions,
    losses: losses.training,
    heldOutLosses: losses.heldOut,
    output,
    seconds,
  }
}
