import { option, say, WordloomError, type Words } from '../../errors.js'
import { formats } from '../../formats/index.js'
import { Phrases } from '../../phrases/index.js'
import { Vocabulary } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import type { TrainCall } from './train-call.js'

/** What a part of a call may be, as a noun phrase and as a question. */
interface Kind {
  readonly expected: string
  readonly fits: (value: unknown) => boolean
}

const callable: Kind = { expected: 'a function', fits: value => typeof value === 'function' }
const choice: Kind = { expected: 'true or false', fits: value => typeof value === 'boolean' }
const path: Kind = {
  expected: 'the path of a file',
  fits: value => typeof value === 'string' && value !== '',
}
/** Of any realm. */
const signal: Kind = {
  expected: 'an AbortSignal',
  fits: value => typeof (value as AbortSignal | null)?.aborted === 'boolean' && target.fits(value),
}
const target: Kind = {
  expected: 'an EventTarget',
  fits: value => typeof (value as EventTarget | null)?.addEventListener === 'function',
}
const anything: Kind = { expected: '', fits: () => true }

/** The parts of a call that are not in the table of training options. */
const parts: Readonly<Record<Exclude<keyof TrainCall, keyof TrainingOptions>, Kind>> = {
  onProgress: callable,
  onStart: callable,
  onWarning: callable,
  onVocabulary: callable,
  onTags: callable,
  onResume: callable,
  onEpoch: callable,
  onStep: callable,
  onCheckpoint: callable,
  signal,
  checkpointNow: target,
  output: path,
  outputFormat: {
    expected: `one of ${Object.keys(formats).join(', ')}`,
    fits: value => Object.hasOwn(formats, String(value)),
  },
  vocabulary: { expected: 'a Vocabulary', fits: value => value instanceof Vocabulary },
  phrases: { expected: 'Phrases', fits: value => value instanceof Phrases },
  checkpoint: path,
  checkpointEvery: {
    expected: 'a number of seconds above 0',
    fits: value => Number.isFinite(value) && (value as number) > 0,
  },
  stepSeconds: {
    expected: 'a number of seconds from 0 up',
    fits: value => Number.isFinite(value) && (value as number) >= 0,
  },
  resume: choice,
  restart: choice,
  from: anything, // these three are checked together: startOf
  continue: anything,
  frozen: anything,
}

/** Parts that mean nothing without another. */
const needs: Partial<Record<keyof TrainCall, keyof TrainCall>> = {
  resume: 'checkpoint',
  restart: 'checkpoint',
  checkpointEvery: 'checkpoint',
  stepSeconds: 'onStep',
  outputFormat: 'output',
}

/** Throws `usage` for a part of a call, beside its training options, that cannot be meant. */
export function checkCall(call: TrainCall): void {
  if (typeof call !== 'object' || call === null)
    throw new WordloomError('usage', {
      action: 'train',
      found: `the options are ${call === null ? 'null' : `of type ${typeof call}`}`,
      expected: 'an object',
    })
  for (const [name, { expected, fits }] of Object.entries(parts)) {
    const value: unknown = call[name as keyof TrainCall]
    if (value !== undefined && !fits(value)) throw notFitting(name, value, expected)
  }
  for (const [name, other] of Object.entries(needs))
    if (call[name as keyof TrainCall] && call[other] === undefined) throw without(name, other)
  if (call.resume && call.restart) throw resumeAndRestart()
}

/** Says that an option chooses no words if they are given. */
export function idleBesideVocabulary(call: TrainCall): Words | undefined {
  const name = (['minCount', 'maxWords', 'keepWords'] as const).find(one => call[one] !== undefined)
  if (call.vocabulary === undefined || name === undefined) return undefined
  return say`${option(name)} is given, and has no effect: all words of ${option('vocabulary')} are learned`
}

/** The training options among the parts of a call. */
export function chosenIn(call: TrainCall): Partial<TrainingOptions> {
  return Object.fromEntries(Object.entries(call).filter(([name]) => !Object.hasOwn(parts, name)))
}

function without(name: string, other: string): WordloomError {
  return new WordloomError('usage', {
    action: 'train',
    found: say`${option(name)} is given, and ${option(other)} is not`,
    cure: say`give ${option(other)}, or leave ${option(name)} out`,
  })
}

function resumeAndRestart(): WordloomError {
  return new WordloomError('usage', {
    action: 'train',
    found: say`${option('resume')} goes on and ${option('restart')} begins anew, and both are given`,
    cure: 'give one of them',
  })
}

function notFitting(name: string, value: unknown, expected: string): WordloomError {
  return new WordloomError('usage', {
    action: 'train',
    found: say`${option(name)} is ${shown(value)}`,
    expected,
  })
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
