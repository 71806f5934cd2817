import { type Complete, completed, integer, number, numbers, type OptionTable } from '../options/index.js'
import { MadeUpWords, madeUpVectors } from './made-up-words.js'
import { type TimedObjective, timedObjectives } from './objectives.js'
import { type CostLine, costLine, logLogSlope, type Timed } from './slope.js'
import { type TimingOptions, timePerPair } from './stopwatch.js'

export interface CostOptions {
  /**
   * |V|, sizes of the vocabulary. 2 or more whole numbers from 2 to 1,000,000; default [1000, 2000, 5000,
   * 10000, 20000, 50000, 70000].
   */
  readonly vocabularySizes?: readonly number[] | undefined
  /**
   * K, numbers of negatives, at the largest vocabulary. 2 or more whole numbers from 1 to 10,000; default [1,
   * 2, 5, 10, 20, 50].
   */
  readonly negativeSamples?: readonly number[] | undefined
  /** d, numbers in a vector. A whole number from 1 to 10,000; default 100. */
  readonly dimensions?: number | undefined
  /** Time that all of it may take, roughly, in seconds. A number from 0.01 to 86,400; default 40. */
  readonly seconds?: number | undefined
  /** The clock, in seconds: that on the wall unless said otherwise. */
  readonly now?: (() => number) | undefined
  readonly onProgress?: ((fraction: number) => void) | undefined
}

/** Every option of measuring costs: types, defaults, ranges, flags and help. */
export const costOptionTable = {
  vocabularySizes: numbers(
    [1000, 2000, 5000, 10_000, 20_000, 50_000, 70_000],
    { kind: 'integer', min: 2, max: 1_000_000 },
    2,
    '|V|, sizes of the vocabulary',
  ),
  negativeSamples: numbers(
    [1, 2, 5, 10, 20, 50],
    { kind: 'integer', min: 1, max: 10_000 },
    2,
    'K, numbers of negatives, at the largest vocabulary',
  ),
  dimensions: integer(100, 1, 10_000, 'd, numbers in a vector'),
  seconds: number(40, 0.01, 86_400, 'time that all of it may take, roughly, in seconds'),
} as const satisfies OptionTable<Exclude<keyof CostOptions, 'now' | 'onProgress'>>

type CompleteCostOptions = Complete<typeof costOptionTable>

/** K while |V| varies. */
const NEGATIVE_SAMPLES = 5

/** The time of the loss and both gradients of one pair. */
export interface CostPoint {
  readonly vocabularySize: number
  readonly negativeSamples: number
  readonly secondsPerPair: number
}

/** How the time of one objective grows. */
export interface CostCurve {
  readonly objective: string
  readonly claim: string
  readonly points: readonly CostPoint[]
  /** p if the time grows as |V|ᵖ, or as (K + 1)ᵖ, fitted by least squares of the logarithms. */
  readonly slope: number
  /** What p is said to be. */
  readonly expectedSlope: number
}

export interface CostReport {
  readonly dimensions: number
  /** Time against |V|, with K = 5. */
  readonly byVocabulary: readonly CostCurve[]
  /** Time against K, at the largest |V|. A pair has K + 1 rows of U to handle, so slope and line are over K + 1. */
  readonly byNegatives: readonly (CostCurve & { readonly line: CostLine })[]
}

/** A curve before its times are known. */
interface Plan {
  readonly objective: TimedObjective
  readonly sizes: readonly Omit<CostPoint, 'secondsPerPair'>[]
  readonly expectedSlope: number
  /** What the time is held against. */
  readonly over: (point: CostPoint) => number
}

/**
 * Times all objectives of the table, on one thread, in float64. Throws `usage` for an option that cannot be, or if a
 * slope has fewer than two sizes.
 */
export function measureCost({ now, onProgress, ...given }: CostOptions = {}): CostReport {
  const options = completed(costOptionTable, given, 'measure the cost')
  const { dimensions, seconds } = options
  const byVocabulary = plansByVocabulary(options)
  const byNegatives = plansByNegatives(options)
  const curves = timed([...byVocabulary, ...byNegatives], options, { seconds, now, onProgress })
  return {
    dimensions,
    byVocabulary: curves.slice(0, byVocabulary.length),
    byNegatives: curves
      .slice(byVocabulary.length)
      .map(curve => ({ ...curve, line: costLine(timesByRows(curve)) })),
  }
}

function plansByVocabulary({ vocabularySizes }: CompleteCostOptions): Plan[] {
  return timedObjectives.map(objective => ({
    objective,
    sizes: vocabularySizes.map(vocabularySize => ({ vocabularySize, negativeSamples: NEGATIVE_SAMPLES })),
    expectedSlope: objective.slopeInWords,
    over: ({ vocabularySize }) => vocabularySize,
  }))
}

function plansByNegatives({ vocabularySizes, negativeSamples }: CompleteCostOptions): Plan[] {
  const vocabularySize = Math.max(...vocabularySizes)
  return timedObjectives.flatMap(objective =>
    objective.slopeInRows === undefined
      ? []
      : {
          objective,
          sizes: negativeSamples.map(k => ({ vocabularySize, negativeSamples: k })),
          expectedSlope: objective.slopeInRows,
          over: ({ negativeSamples: k }: CostPoint) => k + 1,
        },
  )
}

function timed(
  plans: readonly Plan[],
  { vocabularySizes, dimensions }: CompleteCostOptions,
  timing: TimingOptions,
): CostCurve[] {
  const vectors = madeUpVectors(Math.max(...vocabularySizes), dimensions)
  const words = new Map(vocabularySizes.map(size => [size, new MadeUpWords(vectors, size)]))
  const works = plans.flatMap(({ objective, sizes }) =>
    sizes.map(({ vocabularySize, negativeSamples }) =>
      objective.work(words.get(vocabularySize)!, negativeSamples),
    ),
  )
  const times = timePerPair(works, timing)
  return plans.map(({ objective: { name, claim }, sizes, expectedSlope, over }) => {
    const points = sizes.map(size => ({ ...size, secondsPerPair: times.shift()! }))
    const slope = logLogSlope(points.map(point => [over(point), point.secondsPerPair]))
    return { objective: name, claim, points, slope, expectedSlope }
  })
}

function timesByRows({ points }: CostCurve): Timed[] {
  return points.map(({ negativeSamples, secondsPerPair }) => [negativeSamples + 1, secondsPerPair])
}
