import { labelText, type Positions } from 'wordloom/map'
import { type Camera, onScreen, type Place, type Size } from './camera.js'
import { covers } from './label-boxes.js'
import { UNIT } from './label-look.js'
import type { MapContent } from './map-content.js'
import { type MarkedWord, type WrittenLabel, writtenMarks } from './marks.js'
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
  const { labels, words, fontSizes, sizes } = content
  if (!labels) return found
  const { camera, size, growth, positions } = view
  const scale = camera.scale / UNIT
  const [left, top] = [size.width / 2 - camera.x * camera.scale, size.height / 2 - camera.y * camera.scale]
  for (const id of byScale) {
    if (labels[id] > scale || found.length >= MOST_LABELS) break
    const x = positions.x[id] * camera.scale + left
    const down = positions.y[id] * camera.scale + top
    if (!(x > -80 && down > -10 && x < size.width + 80 && down < size.height + 20)) continue
    const fontSize = fontSizes[id]
    const text = labelText(words.word(id))
    const half = { x: text.length * fontSize * 0.29, y: fontSize * 0.6 }
    const y = down - fontSize * 0.6 - (sizes[id] * growth) / 2
    if (taken.some(other => other.id === id || covers(other, x, y, half))) continue
    found.push({
      id,
      text,
      size: fontSize,
      color: content.labelColor(id),
      isBold: false,
      at: { x, y: down },
      x,
      y,
      half,
    })
  }
  return found
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
