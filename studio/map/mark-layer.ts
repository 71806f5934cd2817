import { element } from '../element.js'
import { onScreen } from './camera.js'
import type { MapContent } from './map-content.js'
import { drawLeader, drawLine, type WrittenLabel, writeLabels } from './marks.js'
import { contextOf, orderedByScale } from './stage-drawing.js'
import { drawRings, markedLabels, passingLabels, placeIn, roomyLabels, type View } from './visible-labels.js'

const MOST_NEW_LABELS = 30

/** What lies over the points of a map: lines, rings and labels. */
export class MarkLayer {
  readonly canvas = element('canvas', { 'aria-hidden': 'true' })
  #byScale: Int32Array = new Int32Array(0)
  /** Words that are on the map now. */
  #written: ReadonlySet<number> = new Set()

  /** Takes the least scale at which each label has room. */
  order(labels: Float64Array | undefined): void {
    this.#byScale = orderedByScale(labels)
  }

  /** Draws everything anew; whether no label has to wait for the next frame. */
  draw(content: MapContent, view: View): boolean {
    const { size, camera, positions } = view
    const context = contextOf(this.canvas)
    const ratio = this.canvas.width / size.width
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, size.width, size.height)
    const screen = (id: number) => onScreen(camera, size, placeIn(positions, id))
    for (const line of content.marks.lines) drawLine(context, line, screen(line.from), screen(line.to))
    drawRings(context, content, view)
    const wanted = this.visibleLabels(content, view)
    const labels = this.#writableNow(wanted)
    for (const label of labels) drawLeader(context, label)
    writeLabels(context, labels.toReversed(), content.paper) // the first ones, which are marked, above the others
    return labels.length === wanted.length
  }

  /** Labels with room at this scale that are in sight; while a word is looked at, those not marked step back. */
  visibleLabels(content: MapContent, view: View): WrittenLabel[] {
    const written = markedLabels(content, view, contextOf(this.canvas))
    const others =
      content.labels && !view.isMoving
        ? roomyLabels(content, view, this.#byScale, written)
        : passingLabels(content, view, written)
    const isFaint = content.marks.words.length > 0
    return [...written, ...others.map(label => (isFaint ? { ...label, isFaint } : label))]
  }

  /** The first time that a browser writes a word it takes longer, so that only some new ones come in a frame. */
  #writableNow(wanted: readonly WrittenLabel[]): WrittenLabel[] {
    let left = MOST_NEW_LABELS
    const labels = wanted.filter(({ id, isBold }) => isBold || this.#written.has(id) || left-- > 0)
    this.#written = new Set(labels.map(({ id }) => id))
    return labels
  }
}
