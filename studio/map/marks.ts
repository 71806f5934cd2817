import { type Camera, onScreen, type Place, type Size } from './camera.js'
import { type LabelBox, linesApart } from './label-boxes.js'
import { fontOf } from './stage-drawing.js'

/** What is drawn over the points: lines from a word to its neighbours, arrows of an analogy, words pointed out. */
export interface Marks {
  readonly lines: readonly MarkedLine[]
  /** Words written whatever the room, the first ones bold. */
  readonly words: readonly MarkedWord[]
}

export interface MarkedLine {
  readonly from: number
  readonly to: number
  readonly color: string
  readonly width: number
  readonly isArrow: boolean
  readonly isDashed?: boolean
}

export interface MarkedWord {
  readonly id: number
  readonly color: string
  readonly isBold: boolean
}

/** How much is left of a label that steps back. */
export const FAINT = 0.5

export const NO_MARKS: Marks = { lines: [], words: [] }

/** A label as it is written, and the point that it belongs to, in pixels. */
export interface WrittenLabel extends LabelBox {
  readonly id: number
  readonly text: string
  readonly size: number
  readonly color: string
  readonly isBold: boolean
  /** Whether it steps back behind marked ones. */
  readonly isFaint?: boolean
  readonly at: Place
}

/** Words that must be seen, moved up or down where they would cover each other; the first stay where they are. */
export function writtenMarks(
  words: readonly MarkedWord[],
  placeOf: (id: number) => Place,
  textOf: (id: number) => string,
  measure: (text: string, size: number, isBold: boolean) => number,
  view: { camera: Camera; size: Size; taken: readonly LabelBox[] },
): WrittenLabel[] {
  const written: WrittenLabel[] = []
  for (const { id, color, isBold } of words) {
    const at = onScreen(view.camera, view.size, placeOf(id))
    if (!(at.x > -200 && at.y > -60 && at.x < view.size.width + 200 && at.y < view.size.height + 60)) continue
    const size = isBold ? 17 : 14.5
    const text = textOf(id)
    const half = { x: measure(text, size, isBold) / 2 + 3, y: size * 0.62 }
    const line = 2 * half.y
    const box = { x: withinSight(at.x, half.x, view.size.width), y: at.y - size * 0.95, half }
    const y = box.y + linesApart(box, [...view.taken, ...written], line) * line
    written.push({ ...box, y, id, text, size, color, isBold, at })
  }
  return written
}

/** Where the middle of a label stands that would reach over a side of the map, if its point is in sight. */
export function withinSight(x: number, half: number, width: number): number {
  if (x < 0 || x > width || 2 * half > width) return x
  return Math.min(width - half, Math.max(half, x))
}

/** A line that stops a little before the points it joins; with a head if it is an arrow. */
export function drawLine(
  context: CanvasRenderingContext2D,
  { color, width, isArrow, isDashed }: MarkedLine,
  from: Place,
  to: Place,
): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length < 3) return
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const gap = Math.min(5, length / 4)
  const end = { x: to.x - dx * gap, y: to.y - dy * gap }
  context.strokeStyle = context.fillStyle = color
  context.lineWidth = width
  context.lineCap = 'round'
  context.setLineDash(isDashed ? [2, 6] : [])
  context.beginPath()
  context.moveTo(from.x + dx * gap, from.y + dy * gap)
  context.lineTo(end.x - (isArrow ? dx * 7 : 0), end.y - (isArrow ? dy * 7 : 0))
  context.stroke()
  context.setLineDash([])
  if (isArrow) drawHead(context, end, dx, dy)
}

/** From a point to its label, where that had to move away. */
export function drawLeader(context: CanvasRenderingContext2D, { at, y, half, color }: WrittenLabel): void {
  const away = Math.abs(y - at.y) - half.y
  if (away < half.y) return
  context.strokeStyle = color
  context.lineWidth = 0.8
  context.beginPath()
  context.moveTo(at.x, at.y)
  context.lineTo(at.x, y + Math.sign(at.y - y) * half.y)
  context.stroke()
}

/** Letters with a halo of paper. */
export function writeLabels(
  context: CanvasRenderingContext2D,
  labels: readonly WrittenLabel[],
  paper: string,
): void {
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.strokeStyle = paper
  let font = ''
  for (const { text, size, color, isBold, isFaint, x, y } of labels) {
    context.globalAlpha = isFaint ? FAINT : 1
    const wanted = fontOf(size, isBold)
    if (wanted !== font) context.font = font = wanted
    context.lineWidth = isBold ? 5 : 3.5
    context.strokeText(text, x, y)
    context.fillStyle = color
    context.fillText(text, x, y)
  }
  context.globalAlpha = 1
}

function drawHead(context: CanvasRenderingContext2D, end: Place, dx: number, dy: number): void {
  const [length, half] = [13, 5.5]
  context.beginPath()
  context.moveTo(end.x, end.y)
  context.lineTo(end.x - dx * length - dy * half, end.y - dy * length + dx * half)
  context.lineTo(end.x - dx * length + dy * half, end.y - dy * length - dx * half)
  context.fill()
}
