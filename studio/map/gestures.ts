import { type Camera, type Place, panned, type Scope, type Size, zoomed } from './camera.js'

/** What gestures move, and what they tell. */
export interface GestureTarget {
  readonly camera: Camera
  readonly size: Size
  readonly scope: Scope
  moveTo(camera: Camera): void
  glideTo(camera: Camera): void
  /** Ends a glide where it is. */
  rest(): void
  /** A click or tap, with how many pixels it may miss by. */
  choose(at: Place, reach: number): void
  hover(at: Place | undefined): void
  /** A key that does not zoom; whether it meant something. */
  press(key: string): boolean
}

/** An element that takes gestures. */
type Surface = HTMLElement | SVGElement

/** Pixels that a finger may tremble and still tap. */
const TREMBLE = 5
const REACH = { mouse: 12, finger: 24 }
const KEY_ZOOM = 1.4
const DOUBLE_CLICK_ZOOM = 2.2

/** Mouse, fingers and keys move the camera. */
export function listenToGestures(surface: Surface, target: GestureTarget): void {
  new Pointers(surface, target).listen()
  surface.addEventListener('wheel', event => turn(event as WheelEvent, surface, target), { passive: false })
  surface.addEventListener('dblclick', event => {
    if (isOnButton(event)) return
    const at = placeIn(surface, event as MouseEvent)
    target.glideTo(zoomed(target.camera, DOUBLE_CLICK_ZOOM, at, target.size, target.scope))
  })
  surface.addEventListener('keydown', event => {
    if (event.target === surface && press(event as KeyboardEvent, target)) event.preventDefault()
  })
}

/** The mouse and the fingers that are down. */
class Pointers {
  readonly #surface: Surface
  readonly #target: GestureTarget
  readonly #down = new Map<number, Place>()
  #travelled = 0

  constructor(surface: Surface, target: GestureTarget) {
    this.#surface = surface
    this.#target = target
  }

  listen(): void {
    const on = (name: string, take: (event: PointerEvent) => void) =>
      this.#surface.addEventListener(name, event => take(event as PointerEvent))
    on('pointerdown', event => this.#press(event))
    on('pointermove', event => this.#move(event))
    on('pointerup', event => this.#release(event))
    on('pointercancel', event => this.#release(event))
    on('pointerleave', () => this.#target.hover(undefined))
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0 || isOnButton(event)) return
    this.#target.rest()
    if (this.#down.size === 0) this.#travelled = 0
    this.#down.set(event.pointerId, placeIn(this.#surface, event))
    this.#surface.setPointerCapture(event.pointerId)
  }

  #move(event: PointerEvent): void {
    const now = placeIn(this.#surface, event)
    const before = this.#down.get(event.pointerId)
    if (!before) {
      if (event.pointerType === 'mouse') this.#target.hover(now)
      return
    }
    this.#travelled += Math.hypot(now.x - before.x, now.y - before.y)
    const other = [...this.#down].find(([id]) => id !== event.pointerId)?.[1]
    if (!other && this.#travelled <= TREMBLE) return
    if (other) pinch(this.#target, before, now, other)
    else this.#push(before, now)
    this.#down.set(event.pointerId, now)
  }

  #push(before: Place, now: Place): void {
    const { camera, scope } = this.#target
    this.#surface.classList.add('moving')
    this.#target.hover(undefined)
    this.#target.moveTo(panned(camera, now.x - before.x, now.y - before.y, scope))
  }

  #release(event: PointerEvent): void {
    if (!this.#down.delete(event.pointerId) || this.#down.size > 0) return
    this.#surface.classList.remove('moving')
    if (event.type === 'pointerup' && this.#travelled <= TREMBLE)
      this.#target.choose(
        placeIn(this.#surface, event),
        event.pointerType === 'mouse' ? REACH.mouse : REACH.finger,
      )
  }
}

function pinch(target: GestureTarget, before: Place, now: Place, other: Place): void {
  const { camera, size, scope } = target
  const distance = (place: Place) => Math.max(1, Math.hypot(place.x - other.x, place.y - other.y))
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
  const moved = panned(camera, (now.x - before.x) / 2, (now.y - before.y) / 2, scope)
  target.moveTo(zoomed(moved, distance(now) / distance(before), middle, size, scope))
}

function turn(event: WheelEvent, surface: Surface, target: GestureTarget): void {
  event.preventDefault()
  const lines = event.deltaMode === 1 ? 16 : 1
  const turned = Math.max(-160, Math.min(160, event.deltaY * lines))
  const factor = Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0022))
  target.moveTo(zoomed(target.camera, factor, placeIn(surface, event), target.size, target.scope))
}

/** Whether the key meant something. */
function press({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, target: GestureTarget): boolean {
  if (ctrlKey || metaKey || altKey) return false
  const { camera, size, scope } = target
  const middle = { x: size.width / 2, y: size.height / 2 }
  if (key === '+' || key === '=') target.glideTo(zoomed(camera, KEY_ZOOM, middle, size, scope))
  else if (key === '-') target.glideTo(zoomed(camera, 1 / KEY_ZOOM, middle, size, scope))
  else if (key === '0' || key === 'Home') target.glideTo(scope.whole)
  else return target.press(key)
  return true
}

function isOnButton({ target }: Event): boolean {
  return target instanceof HTMLButtonElement
}

function placeIn(surface: Surface, event: MouseEvent): Place {
  const { left, top } = surface.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}
