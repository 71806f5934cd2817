import { MadeUpWords, madeUpVectors } from './made-up-words.js'
import { type TimedObjective, timedObjectives } from './objectives.js'
import { type CostLine, costLine, logLogSlope, type Timed } from './slope.js'
import { timePerPair } from './stopwatch.js'

export interface CostOptions {
  /** |V|, the sizes of vocabulary to time; two at least. */
  readonly vocabularySizes: readonly number[]
  /** K, the numbers of negatives to time, at the largest vocabulary; two at least. */
  readonly negativeSamples: readonly number[]
  /** d. */
  readonly dimensions: number
  /** What it may take, in seconds, more or less. */
  readonly seconds: number
  /** The clock, in seconds: that on the wall unless said otherwise. */
  readonly now?: () => number
  readonly onProgress?: (fraction: number) => void
}

export const COST_DEFAULTS: CostOptions = {
  vocabularySizes: [1000, 2000, 5000, 10_000, 20_000, 50_000, 70_000],
  negativeSamples: [1, 2, 5, 10, 20, 50],
  dimensions: 100,
  seconds: 40,
}

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
  /** p where the time grows as |V|ᵖ, or as (K + 1)ᵖ, fitted by least squares of the logarithms. */
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

/** Times all objectives of the table, on one thread, in float64. Throws `usage` if a slope has fewer than two sizes. */
export function measureCost(options: CostOptions = COST_DEFAULTS): CostReport {
  const byVocabulary = plansByVocabulary(options)
  const byNegatives = plansByNegatives(options)
  const curves = timed([...byVocabulary, ...byNegatives], options)
  return {
    dimensions: options.dimensions,
    byVocabulary: curves.slice(0, byVocabulary.length),
    byNegatives: curves
      .slice(byVocabulary.length)
      .map(curve => ({ ...curve, line: costLine(timesByRows(curve)) })),
  }
}

function plansByVocabulary({ vocabularySizes }: CostOptions): Plan[] {
  return timedObjectives.map(objective => ({
    objective,
    sizes: vocabularySizes.map(vocabularySize => ({ vocabularySize, negativeSamples: NEGATIVE_SAMPLES })),
    expectedSlope: objective.slopeInWords,
    over: ({ vocabularySize }) => vocabularySize,
  }))
}

function plansByNegatives({ vocabularySizes, negativeSamples }: CostOptions): Plan[] {
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
  { vocabularySizes, dimensions, ...options }: CostOptions,
): CostCurve[] {
  const vectors = madeUpVectors(Math.max(...vocabularySizes), dimensions)
  const words = new Map(vocabularySizes.map(size => [size, new MadeUpWords(vectors, size)]))
  const works = plans.flatMap(({ objective, sizes }) =>
    sizes.map(({ vocabularySize, negativeSamples }) =>
      objective.work(words.get(vocabularySize)!, negativeSamples),
    ),
  )
  const times = timePerPair(works, options)
  return plans.map(({ objective: { name, claim }, sizes, expectedSlope, over }) => {
    const points = sizes.map(size => ({ ...size, secondsPerPair: times.shift()! }))
    const slope = logLogSlope(points.map(point => [over(point), point.secondsPerPair]))
    return { objective: name, claim, points, slope, expectedSlope }
  })
}

function timesByRows({ points }: CostCurve): Timed[] {
  return points.map(({ negativeSamples, secondsPerPair }) => [negativeSamples + 1, secondsPerPair])
}
