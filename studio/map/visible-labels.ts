import { labelText, type Positions } from 'wordloom/map'
import { type Camera, onScreen, type Place, type Size } from './camera.js'
import { covers, type LabelBox } from './label-boxes.js'
import { PASSING_LABELS, UNIT } from './label-look.js'
import type { MapContent } from './map-content.js'
import { type MarkedWord, type WrittenLabel, withinSight, writtenMarks } from './marks.js'
import { measured } from './stage-drawing.js'

/** How a map is looked at. */
export interface View {
  readonly camera: Camera
  readonly size: Size
  /** By what diameters of points are multiplied. */
  readonly growth: number
  /** Places as they are shown, which may be on their way. */
  readonly positions: Positions
  /** Whether they are. */
  readonly isMoving: boolean
  readonly hovered: number | undefined
  /** What lies over the map. */
  readonly taken: readonly LabelBox[]
}

const MOST_LABELS = 420

/** The marked words and the one under the mouse, each once. */
export function markedWords({ marks, labelColor }: MapContent, { positions, hovered }: View): MarkedWord[] {
  const all = [...marks.words]
  if (hovered !== undefined) all.push({ id: hovered, color: labelColor(hovered), isBold: true })
  return all.filter(
    ({ id }, i) => Number.isFinite(positions.x[id]) && all.findIndex(other => other.id === id) === i,
  )
}

export function markedLabels(
  content: MapContent,
  view: View,
  context: CanvasRenderingContext2D,
): WrittenLabel[] {
  return writtenMarks(
    markedWords(content, view),
    id => placeIn(view.positions, id),
    id => labelText(content.words.word(id)),
    (text, size, isBold) => measured(context, text, size, isBold),
    view,
  )
}

/**
 * The labels that have room at this scale, are in sight and cover none of `taken`; `byScale` has the ids in the order
 * in which they get room. It looks at tens of thousands of words a frame, so it makes nothing for those out of sight.
 */
export function roomyLabels(
  content: MapContent,
  view: View,
  byScale: Int32Array,
  taken: readonly WrittenLabel[],
): WrittenLabel[] {
  const found: WrittenLabel[] = []
  const { labels } = content
  if (!labels) return found
  const scale = view.camera.scale / UNIT
  const moved = [...taken]
  for (const id of byScale) {
    if (labels[id] > scale || found.length >= MOST_LABELS) break
    const label = labelInSight(content, view, id)
    if (!label) continue
    // Room was found where words stand; at the rim labels are moved from there.
    const isMoved = label.x !== label.at.x
    if (isCovered(label, isMoved ? [...moved, ...found] : moved)) continue
    if (isMoved) moved.push(label)
    found.push(label)
  }
  return found
}

/** Labels of the words that are named first, as far as there is room for them just now, while places change. */
export function passingLabels(
  content: MapContent,
  view: View,
  taken: readonly WrittenLabel[],
): WrittenLabel[] {
  const written = [...taken]
  for (const id of content.naming?.subarray(0, PASSING_LABELS.asked) ?? []) {
    if (written.length - taken.length >= PASSING_LABELS.most) break
    if (id >= content.drawn) continue
    const label = labelInSight(content, view, id)
    if (label && !isCovered(label, written)) written.push(label)
  }
  return written.slice(taken.length)
}

function isCovered({ id, x, y, half }: WrittenLabel, labels: readonly WrittenLabel[]): boolean {
  return labels.some(other => other.id === id || covers(other, x, y, half))
}

/** The label of a word whose point is in sight, wholly within the sides of the map. */
function labelInSight(content: MapContent, view: View, id: number): WrittenLabel | undefined {
  const { words, fontSizes, sizes } = content
  const { camera, size, growth, positions, taken } = view
  const x = (positions.x[id] - camera.x) * camera.scale + size.width / 2
  const down = (positions.y[id] - camera.y) * camera.scale + size.height / 2
  if (!(x >= 0 && down >= 0 && x <= size.width && down <= size.height)) return undefined
  const fontSize = fontSizes[id]
  const text = labelText(words.word(id))
  const half = { x: text.length * fontSize * 0.32, y: fontSize * 0.6 }
  const above = down - fontSize * 0.6 - (sizes[id] * growth) / 2
  const box = { x: withinSight(x, half.x + 2, size.width), y: Math.max(half.y, above), half }
  if (taken.some(other => covers(other, box.x, box.y, half))) return undefined
  return {
    ...box,
    id,
    text,
    size: fontSize,
    color: content.labelColor(id),
    isBold: false,
    at: { x, y: down },
  }
}

export function placeIn({ x, y }: Positions, id: number): Place {
  return { x: x[id], y: y[id] }
}

/** The points of marked words, whole and with a rim, for their fellows have stepped back. */
export function drawRings(context: CanvasRenderingContext2D, content: MapContent, view: View): void {
  for (const { id, color, isBold } of markedWords(content, view)) {
    const { x, y } = onScreen(view.camera, view.size, placeIn(view.positions, id))
    context.beginPath()
    context.arc(x, y, Math.max(isBold ? 5.5 : 4, (content.sizes[id] * view.growth) / 2), 0, 2 * Math.PI)
    context.fillStyle = color
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = content.paper
    context.stroke()
  }
}
