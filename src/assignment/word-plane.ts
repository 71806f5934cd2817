import { WordloomError } from '../errors.js'
import { principalAxes } from './principal-axes.js'
import type { TreebankRun } from './treebank-run.js'

/** The words that the assignment draws since 2019, by what they are about. */
export const DRAWN_WORDS = {
  praise: ['great', 'cool', 'brilliant', 'wonderful', 'well', 'amazing', 'worth', 'sweet', 'enjoyable'],
  blame: ['boring', 'bad', 'dumb', 'annoying'],
  people: ['female', 'male', 'queen', 'king', 'man', 'woman'],
  weather: ['rain', 'snow', 'hail'],
  drinks: ['coffee', 'tea'],
} as const

export type Subject = keyof typeof DRAWN_WORDS

/** A word and its place on the two axes. */
export interface PlacedWord {
  readonly word: string
  readonly subject: Subject
  readonly x: number
  readonly y: number
}

export interface WordPlane {
  readonly words: readonly PlacedWord[]
  /** How much of all variance lies along the first and the second axis, 0 to 1. */
  readonly shares: readonly [number, number]
}

/** The ids of the drawn words. Throws `unknown-word` if the treebank lacks one. */
export function drawnWordIds(words: readonly string[]): number[] {
  return Object.values(DRAWN_WORDS)
    .flat()
    .map(word => {
      const id = words.indexOf(word)
      if (id >= 0) return id
      throw new WordloomError('unknown-word', {
        action: 'draw the map',
        found: `the map of the assignment shows "${word}", a word that this treebank lacks`,
        cure: 'leave out the map',
      })
    })
}

/**
 * The drawn words' input vectors on the plane in which they differ most, as the assignment has it: with T the vectors
 * less their mean, the first two columns of the U of the SVD of 1/n·TᵀT.
 */
export function wordPlane({ treebank, vectors }: TreebankRun): WordPlane {
  const { inputVectors, dimensions } = vectors
  const centered = lessMean(
    drawnWordIds(treebank.words).map(id => inputVectors.slice(id * dimensions, (id + 1) * dimensions)),
  )
  const axes = principalAxes(covariance(centered))
  const all = axes.reduce((sum, axis) => sum + axis.variance, 0)
  const subjects = Object.entries(DRAWN_WORDS).flatMap(([subject, words]) =>
    words.map(word => ({ word, subject: subject as Subject })),
  )
  return {
    words: subjects.map((word, i) => ({
      ...word,
      x: dot(centered[i], axes[0].direction),
      y: dot(centered[i], axes[1].direction),
    })),
    shares: [axes[0].variance / all, axes[1].variance / all],
  }
}

function lessMean(rows: readonly Float64Array[]): Float64Array[] {
  const mean = rows[0].map((_, d) => rows.reduce((sum, row) => sum + row[d], 0) / rows.length)
  return rows.map(row => row.map((x, d) => x - mean[d]))
}

/** 1/n · TᵀT. */
function covariance(rows: readonly Float64Array[]): Float64Array[] {
  return Array.from(rows[0], (_, i) =>
    Float64Array.from(rows[0], (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0) / rows.length),
  )
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0)
}
