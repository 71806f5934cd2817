import type { Point } from './project.js'

/** A word to be written on the map: centered on its point, `fontSize` in units of the map at scale 1. */
export interface Label extends Point {
  readonly text: string
  readonly fontSize: number
}

/** Half the width and half the height of a label's box, in units of the map at scale 1. */
export interface HalfBox {
  readonly x: number
  readonly y: number
}

/** Scales (pixels on the screen per unit of the map) at which rooms are given out: 0.2 … about 9. */
export const SCALES: readonly number[] = geometric(0.2, 1.08, 50)

/** Letters on the screen grow with the fourth root of the scale; on the map they shrink by what is left. */
export function shrinkage(scale: number): number {
  return Math.sqrt(Math.sqrt(scale)) / scale
}

const LONGEST_LABEL = 26
/** Free space around a label, in ems: letters' boxes may touch, words should not. */
const SIDE = 0.22
const LINE = 0.56

/** A word as written on the map: long ones are cut, and characters without a picture are shown as U+FFFD. */
export function labelText(word: string): string {
  const shown = word.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD')
  const letters = [...shown]
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : shown
}

/** The room a label takes. Generous, for the font is whatever the reader's machine has. */
export function halfBox({ text, fontSize }: { text: string; fontSize: number }): HalfBox {
  let ems = 0
  for (const letter of text) ems += letterWidth(letter)
  return { x: (ems / 2 + SIDE) * fontSize, y: LINE * fontSize }
}

/** Widths in ems of the usual sans-serif fonts at medium weight, a little rounded up. */
function letterWidth(letter: string): number {
  if (/[ijl.,:;'|!]/.test(letter)) return 0.29
  if (/[frtI()[\]\-/]/.test(letter)) return 0.38
  if (/[mwMW@%]/.test(letter)) return 0.95
  if (/[a-z0-9_]/.test(letter)) return 0.6
  if (/\p{M}/u.test(letter)) return 0
  if (/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/u.test(letter))
    return 0.76
  return 1.1
}

/**
 * For each label the least scale from which on it is written; `Infinity` where it never finds room. Labels earlier in
 * the list choose first, and a label once written stays at every greater scale: boxes grow slower than
 * distances, so labels that do not overlap never begin to.
 */
export function labelScales(labels: readonly Label[]): number[] {
  const boxes = labels.map(halfBox)
  const scales = labels.map(() => Number.POSITIVE_INFINITY)
  const written: number[] = []
  for (const scale of SCALES)
    labels.forEach((label, i) => {
      if (
        scales[i]! <= scale ||
        written.some(j => overlap(label, boxes[i]!, labels[j]!, boxes[j]!, shrinkage(scale)))
      )
        return
      scales[i] = scale
      written.push(i)
    })
  return scales
}

/** Whether two boxes, `factor` times their size, overlap. */
export function overlap(a: Point, boxA: HalfBox, b: Point, boxB: HalfBox, factor: number): boolean {
  return Math.abs(a.x - b.x) < (boxA.x + boxB.x) * factor && Math.abs(a.y - b.y) < (boxA.y + boxB.y) * factor
}

function geometric(first: number, ratio: number, count: number): number[] {
  const values = [first]
  while (values.length < count) values.push(values.at(-1)! * ratio)
  return values
}
