import type { Point } from './positions.js'

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
  for (const letter of text) ems += knownWidth(letter)
  return { x: (ems / 2 + SIDE) * fontSize, y: LINE * fontSize }
}

const widths = new Map<string, number>()

function knownWidth(letter: string): number {
  const known = widths.get(letter)
  if (known !== undefined) return known
  const width = letterWidth(letter)
  widths.set(letter, width)
  return width
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

/** How labels find room: at which scales, and how large their boxes are at each. */
export interface LabelGrowth {
  readonly scales: readonly number[]
  /** The factor of a box in units of the map; it may not grow with the scale. */
  shrinkage(scale: number): number
  /** How many labels, the first ones, may be written at a scale; all unless given. It may not fall as the scale grows. */
  most?(scale: number): number
}

/**
 * For each label the least scale from which on it is written; `Infinity` if it never finds room. Labels earlier in
 * the list choose first, and a label once written stays at every greater scale: boxes grow slower than
 * distances, so labels that do not overlap never begin to.
 */
export function labelScales(
  labels: readonly Label[],
  { scales: rooms, shrinkage: factorAt, most = () => labels.length }: LabelGrowth = {
    scales: SCALES,
    shrinkage,
  },
): Float64Array {
  const boxes = labels.map(halfBox)
  const scales = new Float64Array(labels.length).fill(Number.POSITIVE_INFINITY)
  const written = new WrittenLabels(labels, boxes)
  for (const scale of rooms) {
    written.clear(factorAt(scale))
    scales.forEach((since, i) => {
      if (since <= scale) written.add(i)
    })
    const count = Math.min(labels.length, most(scale))
    for (let i = 0; i < count; i++) {
      if (scales[i]! <= scale || !written.hasRoomFor(i)) continue
      scales[i] = scale
      written.add(i)
    }
  }
  return scales
}

/** Labels written at one scale, by the cells of a grid that their boxes touch; cells share slots of a hash table. */
class WrittenLabels {
  readonly #labels: readonly Label[]
  readonly #boxes: readonly HalfBox[]
  readonly #mean: HalfBox
  readonly #heads: Int32Array
  #entries: number[] = [] // label, next entry of the slot, …
  #factor = 1

  constructor(labels: readonly Label[], boxes: readonly HalfBox[]) {
    this.#labels = labels
    this.#boxes = boxes
    const mean = (side: 'x' | 'y') => boxes.reduce((sum, box) => sum + box[side], 0) / boxes.length || 1
    this.#mean = { x: mean('x'), y: mean('y') }
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(4 * labels.length + 4)))
  }

  clear(factor: number): void {
    this.#factor = factor
    this.#heads.fill(-1)
    this.#entries = []
  }

  add(i: number): void {
    this.#eachSlot(i, slot => {
      this.#entries.push(i, this.#heads[slot]!)
      this.#heads[slot] = this.#entries.length - 2
      return true
    })
  }

  hasRoomFor(i: number): boolean {
    return this.#eachSlot(i, slot => {
      for (let at = this.#heads[slot]!; at >= 0; at = this.#entries[at + 1]!)
        if (this.#overlaps(i, this.#entries[at]!)) return false
      return true
    })
  }

  #overlaps(i: number, j: number): boolean {
    return overlap(this.#labels[i]!, this.#boxes[i]!, this.#labels[j]!, this.#boxes[j]!, this.#factor)
  }

  /** Visits the slots of the cells that a box touches as long as `visit` wants more; whether it wanted all. */
  #eachSlot(i: number, visit: (slot: number) => boolean): boolean {
    const [left, right] = this.#cellsAlong('x', i)
    const [top, bottom] = this.#cellsAlong('y', i)
    for (let column = left; column <= right; column++)
      for (let line = top; line <= bottom; line++)
        if (!visit(slotOf(column, line) & (this.#heads.length - 1))) return false
    return true
  }

  #cellsAlong(side: 'x' | 'y', i: number): readonly [number, number] {
    const cell = 2 * this.#mean[side] * this.#factor
    const reach = this.#boxes[i]![side] * this.#factor
    const place = this.#labels[i]![side]
    return [Math.floor((place - reach) / cell), Math.floor((place + reach) / cell)]
  }
}

function slotOf(column: number, line: number): number {
  const mixed = Math.imul(column, 0x9e3779b9) ^ Math.imul(line, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

/** Whether two boxes, `factor` times their size, overlap. */
export function overlap(a: Point, boxA: HalfBox, b: Point, boxB: HalfBox, factor: number): boolean {
  return Math.abs(a.x - b.x) < (boxA.x + boxB.x) * factor && Math.abs(a.y - b.y) < (boxA.y + boxB.y) * factor
}

/** `first`, `first` · `ratio`, … */
export function geometric(first: number, ratio: number, count: number): number[] {
  const values = [first]
  while (values.length < count) values.push(values.at(-1)! * ratio)
  return values
}
