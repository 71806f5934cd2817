import type { Place } from './camera.js'

/** Where a label stands: its middle, and half of its width and height. */
export interface LabelBox {
  readonly x: number
  readonly y: number
  readonly half: Place
}

/** Whether a label covers the box with its middle at (x, y). */
export function covers(label: LabelBox, x: number, y: number, half: Place): boolean {
  return Math.abs(label.x - x) < label.half.x + half.x && Math.abs(label.y - y) < label.half.y + half.y
}

/** An element that lies over another, in the pixels of the latter. */
export function boxWithin(below: HTMLElement, over: HTMLElement): LabelBox {
  const { left, top } = below.getBoundingClientRect()
  const { x, y, width, height } = over.getBoundingClientRect()
  const half = { x: width / 2, y: height / 2 }
  return { x: x - left + half.x, y: y - top + half.y, half }
}

/** Lines up or down that a label may be moved by, nearest first, when another is in its place. */
const LINES = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5]

/** How many lines of a height up or down a box has to go so that none of the labels covers it; 0 if all is full. */
export function linesApart({ x, y, half }: LabelBox, labels: readonly LabelBox[], height: number): number {
  return LINES.find(lines => !labels.some(label => covers(label, x, y + lines * height, half))) ?? 0
}
