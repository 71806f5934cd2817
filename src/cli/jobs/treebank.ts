import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import {
  drawnWordIds,
  drawWordMap,
  readCheckpoint,
  readTreebank,
  type Treebank,
  TreebankRun,
  writeCheckpoint,
} from '../../assignment/index.js'
import { option, say, WordloomError } from '../../errors.js'
import { isStream, writeWhole } from '../../files/index.js'
import { grouped } from '../terminal/figures.js'
import type { Plan } from '../verb/verb.js'

export interface TreebankFlags {
  readonly treebank: string
  readonly iterations: number
  readonly loseRepeats?: boolean
  readonly checkpoint?: string
  readonly resume?: string
  readonly map?: string
}

/** The smoothed loss after some iterations. */
export interface LossReport {
  readonly iteration: number
  readonly smoothedLoss: number | null
}

/** What a run ends with. */
export interface TreebankFacts {
  readonly words: number
  readonly sentences: number
  readonly losses: readonly LossReport[]
  readonly seconds: number
  readonly checkpoint?: string
  readonly map?: string
}

const FILE = 'datasetSentences.txt'
const CHECKPOINT_EVERY = 5000
/** Iterations, a tenth of a second or so, after which Ctrl-C is listened to. */
const SLICE = 100

/** Reads, trains, tells the loss as it goes, and writes what was asked for. */
export async function runTreebank(
  flags: TreebankFlags,
  onLoss: (report: LossReport) => void,
  signal: AbortSignal,
): Promise<TreebankFacts> {
  const start = performance.now()
  const path = await sentencesFile(flags.treebank)
  const treebank = await readTreebank(path)
  if (flags.map !== undefined) drawnWordIds(treebank.words) // fails now and not after the run
  const run = await startOrResume(treebank, flags)
  const losses: LossReport[] = []
  await train(run, flags, signal, report => {
    losses.push(report)
    onLoss(report)
  })
  const { checkpoint, map } = flags
  if (map !== undefined) await writeWhole(map, [new TextEncoder().encode(drawWordMap(run))])
  return {
    words: treebank.words.length,
    sentences: treebank.starts.length - 1,
    losses,
    seconds: (performance.now() - start) / 1000,
    ...(checkpoint !== undefined && { checkpoint }),
    ...(map !== undefined && { map }),
  }
}

async function sentencesFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() ? join(path, FILE) : path
}

/** The files of a run. Throws `usage` for a map that is no SVG and for a checkpoint that is no plain file. */
export async function treebankPlan({
  treebank,
  checkpoint,
  map,
}: Pick<TreebankFlags, 'treebank' | 'checkpoint' | 'map'>): Promise<Plan> {
  if (map !== undefined && !map.endsWith('.svg') && !(await isStream(map)))
    throw new WordloomError('usage', {
      found: say`${option('map')} is ${map}`,
      expected: 'a name that ends in .svg',
    })
  if (checkpoint !== undefined && (await isStream(checkpoint)))
    throw new WordloomError('usage', {
      found: say`${option('checkpoint')} is ${checkpoint}`,
      expected: 'a plain file, from which a run could go on',
      cure: 'give a file name',
    })
  return { writes: [checkpoint, map], reads: [await sentencesFile(treebank)] }
}

async function startOrResume(
  treebank: Treebank,
  { resume, loseRepeats = false, iterations }: TreebankFlags,
): Promise<TreebankRun> {
  if (resume === undefined) return new TreebankRun(treebank, loseRepeats)
  const state = await readCheckpoint(resume)
  if (loseRepeats && !state.loseRepeats)
    throw new WordloomError('usage', {
      found: `the run in ${resume} keeps repeats`,
      cure: say`leave out ${option('loseRepeats')}`,
    })
  if (state.iteration > iterations)
    throw new WordloomError('usage', {
      found: say`${resume} stands at iteration ${grouped(state.iteration)}, and ${option('iterations')} is ${grouped(iterations)}`,
      cure: say`give ${option('iterations')} a larger number`,
    })
  return TreebankRun.resume(treebank, state)
}

async function train(
  run: TreebankRun,
  { iterations, checkpoint }: TreebankFlags,
  signal: AbortSignal,
  onLoss: (report: LossReport) => void,
): Promise<void> {
  const save = async () => checkpoint !== undefined && (await writeCheckpoint(checkpoint, run.state()))
  if (run.iteration === iterations) onLoss(lossOf(run))
  while (run.iteration < iterations) {
    run.advance()
    const { iteration } = run
    const isLast = iteration === iterations
    if (isLast || isTold(iteration)) onLoss(lossOf(run))
    if (isLast || iteration % CHECKPOINT_EVERY === 0) await save()
    if (iteration % SLICE !== 0 || isLast) continue
    await setImmediate()
    if (!signal.aborted) continue
    await save()
    throw stopped(iteration, checkpoint)
  }
}

/** 10, 100, 1,000, then every 5,000. */
function isTold(iteration: number): boolean {
  return iteration === 10 || iteration === 100 || iteration === 1000 || iteration % 5000 === 0
}

function lossOf({ iteration, smoothedLoss }: TreebankRun): LossReport {
  return { iteration, smoothedLoss: smoothedLoss ?? null }
}

function stopped(iteration: number, checkpoint: string | undefined): WordloomError {
  const kept =
    checkpoint === undefined
      ? say`nothing was saved (${option('checkpoint')} keeps a run)`
      : say`go on with ${option('resume', checkpoint)}`
  return new WordloomError('aborted', { found: say`stopped after iteration ${grouped(iteration)}; ${kept}` })
}
