import { duration, grouped, megabytes, short } from './figures.js'
import type { CheckpointCosts } from './kept-run.js'
import { paintFor } from './terminal.js'

/** What is told of a training at its end; printed as it is with --json. */
export interface TrainingFacts {
  readonly words: number
  readonly dimensions: number
  /** Of the whole text, words that were left out included. */
  readonly tokens: number
  /** Mean per pair of each epoch, in nats. */
  readonly losses: readonly number[]
  /** The same on the text set aside; empty without --held-out. */
  readonly heldOutLosses: readonly number[]
  /** Reading, training and writing together. */
  readonly seconds: number
  /** While training. */
  readonly wordsPerSecond: number
  readonly output: string
  readonly map?: string
  readonly vocabulary?: string
  readonly peakMemoryBytes: number
  readonly checkpoints: CheckpointCosts
}

/** What was learned and where it is, and below how it went. */
export function summaryOf(facts: TrainingFacts): string {
  const paint = paintFor(process.stdout)
  const learned = `${grouped(facts.words)} words × ${facts.dimensions} dimensions in ${duration(facts.seconds)}`
  const files = [
    facts.output,
    ...(facts.vocabulary === undefined ? [] : [`${facts.vocabulary} (words and counts)`]),
    ...(facts.map === undefined ? [] : [`${facts.map} (a map; open it in a browser)`]),
  ]
  const details = [
    `${short(facts.wordsPerSecond)} words/s`,
    `loss ${facts.losses.at(-1)!.toFixed(3)}`,
    ...(facts.heldOutLosses.length > 0 ? [`held-out loss ${facts.heldOutLosses.at(-1)!.toFixed(3)}`] : []),
    `${megabytes(facts.peakMemoryBytes)} of memory at most`,
  ].join(', ')
  return [
    `${paint('green', 'learned')} ${learned}`,
    `        ${paint('dim', details)}`,
    ...files.map(file => `wrote   ${file}`),
  ].join('\n')
}
