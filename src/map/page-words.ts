import { halfBox } from './labels.js'
import type { MapWord } from './map-words.js'

/** A word as the script of a saved map (`studio/map-page`) reads it. */
export interface PageWord {
  readonly word: string
  /** How often it was seen; 0 if that is not known. */
  readonly count: number
  readonly x: number
  readonly y: number
  /** Which of the page's colors it has. */
  readonly color: number
  /** Half the width and height of its label, in units of the map at scale 1. */
  readonly halfWidth: number
  readonly halfHeight: number
  /** The least scales at which its label has room: on screens wider than high, and on those higher than wide. */
  readonly scales: readonly [level: number, upright: number]
  /** Its nearest neighbors: their places in the list and their similarities. */
  readonly near: readonly (readonly [id: number, similarity: number])[]
}

/** JSON has no infinity; no one zooms in this far. */
const NEVER = 1e6

export function pageWords(words: readonly MapWord[]): PageWord[] {
  return words.map(word => ({
    word: word.word,
    count: word.count,
    x: word.x,
    y: word.y,
    color: word.color,
    halfWidth: round(halfBox(word).x, 10),
    halfHeight: round(halfBox(word).y, 10),
    scales: [Math.min(word.labelScale, NEVER), Math.min(word.uprightLabelScale, NEVER)],
    near: word.neighbors.map(({ index, similarity }) => [index, round(similarity, 10_000)]),
  }))
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps
}
