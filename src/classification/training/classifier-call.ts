import { option, say, WordloomError } from '../../errors.js'
import { checkNames } from '../../options/index.js'
import type { CheckpointReport, KeepingOptions } from '../../runs/index.js'
import type { Classifier } from '../classifier.js'
import { type LabelledLineOptions, labelledLineOptionTable } from '../corpus/options.js'
import type { StartOptions } from './classifier-start.js'
import { ACTION } from './layout.js'
import type { ClassifierProgress } from './line-meter.js'
import { type ClassifierOptions, trainClassifierOptionTable } from './options.js'

/** Training as it stands while it waits for a call to end. */
export interface ClassifierMoment {
  /** Counted from 1: the epoch that has just ended. */
  readonly epoch: number
  readonly epochs: number
  /** Mean per line of each epoch that is done, in nats. */
  readonly losses: readonly number[]
  /** Losses on lines set aside; empty without `heldOut`. */
  readonly heldOutLosses: readonly number[]
  /** The classifier as it is now, in memory of its own. Throws `usage` once training has gone on. */
  classifier(): Classifier
  /** Ends training when the call is over; the result is then what was learned so far. */
  stop(): void
}

/** How a classifier is trained: options, how its lines are written, what it starts from, and what is called. */
export interface TrainClassifierCall
  extends Partial<ClassifierOptions>,
    LabelledLineOptions,
    StartOptions,
    KeepingOptions {
  /** Told how far reading and training have come, some ten times a second. */
  readonly onProgress?: ((progress: ClassifierProgress) => void) | undefined
  /** Told in a sentence what was passed over. */
  readonly onWarning?: ((sentence: string) => void) | undefined
  /** After every epoch; training waits for the end of the call. */
  readonly onEpoch?: (moment: ClassifierMoment) => void | Promise<void>
  readonly onCheckpoint?: (report: CheckpointReport) => void
  /** Told from where a run goes on that was stopped. */
  readonly onResume?:
    | ((from: { path: string; epoch: number; damaged: readonly string[] }) => void)
    | undefined
  readonly signal?: AbortSignal | undefined
  /** Asks for a checkpoint now by an event of the name `checkpoint`. */
  readonly checkpointNow?: EventTarget | undefined
  readonly maxDecompressed?: number | undefined
}

const others = [
  ...[
    'onProgress',
    'onWarning',
    'onEpoch',
    'onCheckpoint',
    'onResume',
    'signal',
    'checkpointNow',
    'maxDecompressed',
  ],
  ...['from', 'continue', 'grows', 'checkpoint', 'checkpointEvery', 'resume', 'restart'],
]

/** Throws `usage` for a call that cannot be meant. */
export function checkClassifierCall(call: TrainClassifierCall): void {
  checkNames({ ...trainClassifierOptionTable, ...labelledLineOptionTable }, call, others, ACTION)
  for (const name of ['onProgress', 'onWarning', 'onEpoch', 'onCheckpoint', 'onResume'] as const)
    if (call[name] !== undefined && typeof call[name] !== 'function') throw notOne(name, 'a function')
  if (call.checkpoint !== undefined && (typeof call.checkpoint !== 'string' || call.checkpoint === ''))
    throw notOne('checkpoint', 'the path of a file')
  for (const name of ['resume', 'restart', 'checkpointEvery'] as const)
    if (call[name] && call.checkpoint === undefined) throw without(name, 'checkpoint')
  if (call.resume && call.restart)
    throw new WordloomError('usage', {
      action: ACTION,
      found: say`${option('resume')} goes on and ${option('restart')} begins anew, and both are given`,
      cure: 'give one of them',
    })
  if (call.grows !== undefined && typeof call.grows !== 'boolean') throw notOne('grows', 'true or false')
  if (call.grows !== undefined && call.continue === undefined) throw without('grows', 'continue')
  if (call.checkpointEvery !== undefined && !(call.checkpointEvery > 0))
    throw notOne('checkpointEvery', 'a number of seconds above 0')
}

function without(name: string, needed: string): WordloomError {
  return new WordloomError('usage', {
    action: ACTION,
    found: say`${option(name)} is given, and ${option(needed)} is not`,
    cure: say`give ${option(needed)}, or leave ${option(name)} out`,
  })
}

function notOne(name: string, expected: string): WordloomError {
  return new WordloomError('usage', {
    action: ACTION,
    found: say`${option(name)} is something else`,
    expected,
  })
}
