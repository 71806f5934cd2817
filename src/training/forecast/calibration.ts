import { processorSeconds } from '#platform/training/machine'
import { objectiveOf } from '../../reference/index.js'
import type { EncodedCorpus } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import { BLOCK } from '../plan/blocks.js'
import { prepare, type Run } from '../run/prepare.js'
import { runThreads } from '../run/threads.js'

/** How long training is watched if two chunks of the text are over by then: seconds of work of each of its threads. */
const WATCHED = 2
/** Seconds that it is watched at most. */
const LONGEST_WATCH = 20
/** From one look to the next, in milliseconds. */
const LOOK = 10
/**
 * What a position set aside costs, as a multiple of one that is trained: the reference judges it. Objectives that take
 * batches are judged by the kernel.
 */
const HELD_OUT_COST = { reference: 5, kernel: 0.5 }

/** How far training was at some moment. */
interface Look {
  readonly positions: number
  readonly pairs: number
  readonly seconds: number
  readonly processorSeconds: number
}

/** What all epochs take. */
export interface Calibration {
  /** Of an epoch. */
  readonly pairs: number
  readonly seconds: number
  readonly processorSeconds: number | undefined
}

/** Trains for a moment, with the kernels, threads and plan of the whole run, and reckons what all of it takes. */
export async function calibrated(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  signal: AbortSignal | undefined,
): Promise<Calibration> {
  const watch = new Watch(prepare(corpus, options))
  const { run } = watch
  const timer = setInterval(() => {
    if (watch.look()) run.control.stop()
  }, LOOK)
  try {
    await runThreads(run.tasks, run.control, signal)
  } finally {
    clearInterval(timer)
  }
  watch.look()
  return watch.reckoned(corpus.ids.length, options)
}

/** Watches a run from its beginning. */
class Watch {
  readonly run: Run
  readonly #begun = { at: performance.now(), worked: processorSeconds() }
  readonly #ends: readonly number[] // positions at which chunks end: their pairs are counted and written before
  readonly #looks: Look[] = []

  constructor(run: Run) {
    this.run = run
    this.#ends = [...run.tasks[0]!.chunks.starts.slice(1)].map(block => block * BLOCK)
    this.look()
  }

  /** Whether enough was seen. */
  look(): boolean {
    const { control, tasks } = this.run
    const look = { ...passed(control), ...this.#times() }
    this.#looks.push(look)
    const worked = Number.isNaN(look.processorSeconds) ? look.seconds : look.processorSeconds / tasks.length
    const seesChunks = look.positions >= (this.#ends[1] ?? this.#ends[0] ?? 0)
    return look.seconds >= LONGEST_WATCH || (worked >= WATCHED && seesChunks)
  }

  /** What comes before the first positions are passed comes once; all else as often as there are positions. */
  reckoned(length: number, options: TrainingOptions): Calibration {
    const all = length * options.epochs
    const last = this.#looks.at(-1)!
    const end = last.positions >= all ? last : (this.#atChunk(last.positions) ?? last)
    const first = this.#first(end)
    const rest = (all - end.positions) / Math.max(1, end.positions - first.positions)
    const judging = end.positions < length ? shareOfJudging(options) : 0 // else it was seen
    const whole = (key: 'seconds' | 'processorSeconds') =>
      (end[key] + rest * (end[key] - first[key])) * (1 + judging)
    const worked = whole('processorSeconds')
    return {
      pairs: (end.pairs / Math.max(1, end.positions)) * length,
      seconds: whole('seconds'),
      processorSeconds: Number.isNaN(worked) ? undefined : worked,
    }
  }

  #times(): Pick<Look, 'seconds' | 'processorSeconds'> {
    const { at, worked } = this.#begun
    return { seconds: (performance.now() - at) / 1000, processorSeconds: processorSeconds() - worked }
  }

  /** The look from which on time goes with the positions: at the end of the first chunk, if another one ended. */
  #first(end: Look): Look {
    const afterOne = this.#looks.find(({ positions }) => positions > 0 && positions >= (this.#ends[0] ?? 0))
    if (afterOne && afterOne.positions < end.positions) return afterOne
    return this.#looks.findLast(({ positions }) => positions === 0)!
  }

  /** The look nearest behind the last chunk that was seen to end. */
  #atChunk(positions: number): Look | undefined {
    const ended = this.#ends.findLast(end => positions >= end)
    return ended === undefined ? undefined : this.#looks.find(look => look.positions >= ended)
  }
}

function passed(control: Run['control']): Pick<Look, 'positions' | 'pairs'> {
  const sums = { positions: 0, pairs: 0 }
  for (let epoch = 0; epoch < control.epochs; epoch++) {
    const { positions, pairs } = control.epoch(epoch)
    sums.positions += positions
    sums.pairs += pairs
  }
  return sums
}

/** Of the text set aside, beside the time of training. */
function shareOfJudging({ heldOut, objective }: TrainingOptions): number {
  return heldOut * (objectiveOf(objective).takesBatches ? HELD_OUT_COST.kernel : HELD_OUT_COST.reference)
}
