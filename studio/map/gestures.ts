import { type Camera, type Place, panned, type Size, zoomed } from './camera.js'

/** What gestures move, and what they tell. */
export interface GestureTarget {
  readonly camera: Camera
  readonly size: Size
  readonly whole: Camera
  moveTo(camera: Camera): void
  glideTo(camera: Camera): void
  /** A click or tap, with how many pixels it may miss by. */
  choose(at: Place, reach: number): void
  hover(at: Place | undefined): void
}

/** Pixels that a finger may tremble and still tap. */
const TREMBLE = 5
const REACH = { mouse: 12, finger: 24 }
const KEY_STEP = 90
const KEY_ZOOM = 1.4

/** Mouse, fingers and keys move the camera. */
export function listenToGestures(stage: HTMLElement, target: GestureTarget): void {
  listenToPointers(stage, target)
  listenToWheel(stage, target)
  stage.addEventListener('keydown', event => {
    if (event.target === stage && press(event, target)) event.preventDefault()
  })
}

function listenToPointers(stage: HTMLElement, target: GestureTarget): void {
  const pointers = new Map<number, Place>()
  let travelled = 0
  const placeOf = (event: PointerEvent | WheelEvent) => placeIn(stage, event)

  stage.addEventListener('pointerdown', event => {
    if (event.button !== 0 || event.target instanceof HTMLButtonElement) return
    if (pointers.size === 0) travelled = 0
    pointers.set(event.pointerId, placeOf(event))
    stage.setPointerCapture(event.pointerId)
  })
  stage.addEventListener('pointermove', event => {
    const now = placeOf(event)
    const before = pointers.get(event.pointerId)
    if (!before) {
      if (event.pointerType === 'mouse') target.hover(now)
      return
    }
    travelled += Math.hypot(now.x - before.x, now.y - before.y)
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
    if (other) pinch(target, before, now, other)
    else if (travelled > TREMBLE) {
      stage.classList.add('moving')
      target.hover(undefined)
      target.moveTo(panned(target.camera, now.x - before.x, now.y - before.y))
    }
    if (other || travelled > TREMBLE) pointers.set(event.pointerId, now)
  })
  const release = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return
    stage.classList.remove('moving')
    if (event.type === 'pointerup' && travelled <= TREMBLE)
      target.choose(placeOf(event), event.pointerType === 'mouse' ? REACH.mouse : REACH.finger)
  }
  stage.addEventListener('pointerup', release)
  stage.addEventListener('pointercancel', release)
  stage.addEventListener('pointerleave', () => target.hover(undefined))
  stage.addEventListener('dblclick', event => {
    if (!(event.target instanceof HTMLButtonElement))
      target.glideTo(zoomed(target.camera, 2.2, placeIn(stage, event), target.size, target.whole))
  })
}

function pinch(target: GestureTarget, before: Place, now: Place, other: Place): void {
  const distance = (place: Place) => Math.max(1, Math.hypot(place.x - other.x, place.y - other.y))
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
  const moved = panned(target.camera, (now.x - before.x) / 2, (now.y - before.y) / 2)
  target.moveTo(zoomed(moved, distance(now) / distance(before), middle, target.size, target.whole))
}

function listenToWheel(stage: HTMLElement, target: GestureTarget): void {
  const listener = (event: WheelEvent) => {
    event.preventDefault()
    const lines = event.deltaMode === 1 ? 16 : 1
    const turned = Math.max(-160, Math.min(160, event.deltaY * lines))
    const factor = Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0022))
    target.moveTo(zoomed(target.camera, factor, placeIn(stage, event), target.size, target.whole))
  }
  stage.addEventListener('wheel', listener, { passive: false })
}

/** Whether the key meant something. */
function press({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, target: GestureTarget): boolean {
  if (ctrlKey || metaKey || altKey) return false
  const { camera, size, whole } = target
  const middle = { x: size.width / 2, y: size.height / 2 }
  const arrows: Record<string, [number, number] | undefined> = {
    ArrowLeft: [KEY_STEP, 0],
    ArrowRight: [-KEY_STEP, 0],
    ArrowUp: [0, KEY_STEP],
    ArrowDown: [0, -KEY_STEP],
  }
  const arrow = arrows[key]
  if (arrow) target.glideTo(panned(camera, ...arrow))
  else if (key === '+' || key === '=') target.glideTo(zoomed(camera, KEY_ZOOM, middle, size, whole))
  else if (key === '-') target.glideTo(zoomed(camera, 1 / KEY_ZOOM, middle, size, whole))
  else if (key === '0' || key === 'Home') target.glideTo(whole)
  else if (key === 'Enter' || key === ' ') target.choose(middle, Math.min(size.width, size.height) / 2)
  else return false
  return true
}

function placeIn(stage: HTMLElement, event: MouseEvent): Place {
  const { left, top } = stage.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}
