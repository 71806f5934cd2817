import { duration, grouped, megabytes, short } from './figures.js'
import { paintFor } from './terminal.js'

/** What is told of a training at its end; printed as it is with --json. */
export interface TrainingFacts {
  readonly words: number
  readonly dimensions: number
  /** Of the whole text, words that were left out included. */
  readonly tokens: number
  /** Mean per pair of each epoch, in nats. */
  readonly losses: readonly number[]
  /** Reading, training and writing together. */
  readonly seconds: number
  /** While training. */
  readonly wordsPerSecond: number
  readonly output: string
  readonly map?: string
  readonly vocabulary?: string
  readonly peakMemoryBytes: number
}

/** Everything in one line, and a line for each further file. */
export function summaryOf(facts: TrainingFacts): string {
  const paint = paintFor(process.stdout)
  const learned = `${grouped(facts.words)} words × ${facts.dimensions} dimensions in ${duration(facts.seconds)}`
  const details = [
    `${short(facts.wordsPerSecond)} words/s`,
    `loss ${facts.losses.at(-1)!.toFixed(3)}`,
    `${megabytes(facts.peakMemoryBytes)} of memory`,
  ]
  const files = [
    facts.output,
    ...(facts.vocabulary === undefined ? [] : [`${facts.vocabulary} (words and counts)`]),
    ...(facts.map === undefined ? [] : [`${facts.map} (a map, for a browser)`]),
  ]
  const first = `${paint('green', 'learned')} ${learned} ${paint('dim', `(${details.join(', ')})`)}`
  return [`${first} → ${files[0]}`, ...files.slice(1).map(file => `        → ${file}`)].join('\n')
}
