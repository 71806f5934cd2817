import { extentOf, type Positions } from 'wordloom/map'
import { element } from '../element.js'
import {
  between,
  type Camera,
  inPicture,
  onScreen,
  type Place,
  panned,
  type Scope,
  type Size,
  wholeView,
} from './camera.js'
import { type GestureTarget, listenToGestures } from './gestures.js'
import { Glide } from './glide.js'
import { boxWithin, covers, type LabelBox } from './label-boxes.js'
import type { MapContent } from './map-content.js'
import { MarkLayer } from './mark-layer.js'
import type { WrittenLabel } from './marks.js'
import { bestSurface, mixed, nearestPoint } from './stage-drawing.js'
import { placeIn, type View } from './visible-labels.js'

export interface StageEvents {
  choose(id: number | undefined): void
  /** The camera of one map moves that of the other. */
  moved(camera: Camera): void
}

const GLIDE_MS = 420
const MORPH_MS = 1100
/** So many times the scale at which the whole picture is seen is the nearest, and the farthest. */
const NEAREST = 600
const FARTHEST = 0.6
/** How far one may go from the middle of a picture that reaches from −1 to 1. */
const REACH = { x: 1.3, y: 1.3 }
const KEY_STEP = 90
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [KEY_STEP, 0],
  ArrowRight: [-KEY_STEP, 0],
  ArrowUp: [0, KEY_STEP],
  ArrowDown: [0, -KEY_STEP],
}
/** Points stand a little behind the words. */
const PRESENCE = 0.8

/** A map on the page: points, labels over them, and what is marked; moved by mouse, fingers and keys. */
export class Stage implements GestureTarget {
  readonly element: HTMLElement
  readonly #marks = new MarkLayer()
  readonly #events: StageEvents
  readonly #surface = bestSurface()
  readonly #observer: ResizeObserver
  #content: MapContent | undefined
  /** Places on their way from one picture to another. */
  #shown: Positions | undefined
  #extent: Place = { x: 1, y: 1 }
  #frame = 0
  readonly #gliding = new Glide()
  readonly #morphing = new Glide()
  #hovered: number | undefined
  #over: HTMLElement | undefined
  /** What lies over the map, as no label should lie below it. */
  #taken: readonly LabelBox[] = []
  size: Size = { width: 1, height: 1 }
  camera: Camera = { x: 0, y: 0, scale: 1 }

  constructor(id: string, label: string, events: StageEvents) {
    this.#events = events
    this.element = element(
      'div',
      {
        class: 'stage',
        id,
        tabindex: 0,
        role: 'group',
        'aria-label': label,
        'aria-describedby': 'stage-keys',
      },
      this.#surface.canvas,
      this.#marks.canvas,
    )
    this.element.dataset.surface = this.#surface.kind
    listenToGestures(this.element, this)
    this.#observer = new ResizeObserver(() => this.#resize())
    this.#observer.observe(this.element)
  }

  get whole(): Camera {
    return wholeView(this.size, this.#extent)
  }

  get scope(): Scope {
    const { whole } = this
    return { whole, farthest: whole.scale * FARTHEST, nearest: whole.scale * NEAREST, reach: REACH }
  }

  /** No label is to lie below this element. */
  keepClearOf(over: HTMLElement): void {
    this.#over = over
  }

  /** The labels and lines as they stand now, for a file. */
  get content(): MapContent | undefined {
    return this.#content
  }

  /** Shows something else; places that changed are reached in a glide, if that is wanted. */
  show(content: MapContent, glides: boolean): void {
    const before = this.#content
    this.#content = content
    if (content.labels !== before?.labels) this.#marks.order(content.labels)
    if (content.positions === before?.positions) {
      this.draw()
      return
    }
    this.#extent = extentOf(content.positions)
    const isFirst = before === undefined || before.words !== content.words
    if (isFirst) this.camera = this.whole
    this.#morph(isFirst || !glides ? undefined : this.#shown)
  }

  moveTo(camera: Camera): void {
    this.rest()
    this.#lookFrom(camera)
  }

  /** Follows another map without telling it. */
  follow(camera: Camera): void {
    this.camera = camera
    this.draw()
  }

  glideTo(camera: Camera): void {
    const from = this.camera
    this.#gliding.start(GLIDE_MS, part => this.#lookFrom(between(from, camera, part)))
  }

  rest(): void {
    this.#gliding.stop()
  }

  choose(at: Place, reach: number): void {
    this.#events.choose(this.wordAt(at, reach))
  }

  hover(at: Place | undefined): void {
    const id = at && this.wordAt(at, 10)
    if (id === this.#hovered) return
    this.#hovered = id
    this.element.classList.toggle('over', id !== undefined)
    this.draw()
  }

  press(key: string): boolean {
    const { width, height } = this.size
    const arrow = ARROWS[key]
    if (arrow) this.glideTo(panned(this.camera, ...arrow, this.scope))
    else if (key === 'Enter' || key === ' ')
      this.choose({ x: width / 2, y: height / 2 }, Math.min(width, height) / 2)
    else return false
    return true
  }

  placeOf(id: number): Place {
    const positions = this.#shown ?? this.#content?.positions
    return positions ? placeIn(positions, id) : { x: Number.NaN, y: Number.NaN }
  }

  /** The word whose label lies there, or else the nearest point within reach. */
  wordAt(at: Place, reach: number): number | undefined {
    const labelled = this.visibleLabels().find(label => covers(label, at.x, at.y, { x: 0, y: 0 }))
    return labelled?.id ?? this.#nearestPoint(at, reach)
  }

  /** The most frequent words in sight. */
  wordsInSight(count: number): number[] {
    const found: number[] = []
    const { width, height } = this.size
    for (let id = 0; id < (this.#content?.drawn ?? 0) && found.length < count; id++) {
      const { x, y } = onScreen(this.camera, this.size, this.placeOf(id))
      if (x >= 0 && y >= 0 && x <= width && y <= height) found.push(id)
    }
    return found
  }

  draw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.drawNow())
  }

  /** Draws without waiting for the next frame. */
  drawNow(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    const content = this.#content
    const view = this.#view
    if (!content || !view || this.size.width < 2) return
    const { colors, sizes, drawn } = content
    const { positions } = view
    this.#surface.setPoints({ positions, colors, sizes, drawn: Math.min(drawn, positions.x.length) })
    const presence = content.marks.words.length > 0 ? 0.3 : PRESENCE
    this.#surface.draw({ camera: this.camera, size: this.size, growth: this.growth, presence })
    const isComplete = this.#marks.draw(content, view)
    if (!isComplete) this.draw()
  }

  /** Labels grow in number, points in size, as one comes nearer. */
  get growth(): number {
    return Math.min(5, (this.camera.scale / this.whole.scale) ** 0.32)
  }

  close(): void {
    this.#observer.disconnect()
    this.#surface.close()
    cancelAnimationFrame(this.#frame)
    this.#gliding.stop()
    this.#morphing.stop()
  }

  /** Points and marks together, for a picture to keep. */
  copyTo(context: CanvasRenderingContext2D): void {
    this.drawNow()
    context.drawImage(this.#surface.canvas, 0, 0)
    context.drawImage(this.#marks.canvas, 0, 0)
  }

  visibleLabels(): WrittenLabel[] {
    const content = this.#content
    const view = this.#view
    return content && view ? this.#marks.visibleLabels(content, view) : []
  }

  get #view(): View | undefined {
    const positions = this.#shown
    return (
      positions && {
        camera: this.camera,
        size: this.size,
        growth: this.growth,
        positions,
        isMoving: this.#morphing.isOn,
        hovered: this.#hovered,
        taken: this.#taken,
      }
    )
  }

  #nearestPoint(at: Place, reach: number): number | undefined {
    const positions = this.#shown
    if (!positions || !this.#content) return undefined
    const count = Math.min(this.#content.drawn, positions.x.length)
    return nearestPoint(positions, count, inPicture(this.camera, this.size, at), reach / this.camera.scale)
  }

  #lookFrom(camera: Camera): void {
    this.camera = camera
    this.#events.moved(camera)
    this.draw()
  }

  #morph(from: Positions | undefined): void {
    this.#morphing.stop()
    const to = this.#content?.positions
    if (!to) return
    if (!from || from.x.length !== to.x.length) {
      this.#shown = to
      this.draw()
      return
    }
    this.#morphing.start(MORPH_MS, part => {
      this.#shown = part < 1 ? mixed(from, to, part) : to
      this.drawNow()
    })
  }

  #resize(): void {
    const { width, height } = this.element.getBoundingClientRect()
    const wasWhole = Math.abs(this.camera.scale / this.whole.scale - 1) < 0.02
    this.size = { width, height }
    this.#taken = this.#over ? [boxWithin(this.element, this.#over)] : []
    const ratio = Math.min(2, devicePixelRatio || 1)
    for (const canvas of [this.#surface.canvas, this.#marks.canvas]) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    if (wasWhole || this.camera.scale === 1) this.camera = this.whole
    this.drawNow()
  }
}
