import type { Positions } from 'wordloom/map'
import { element } from '../element.js'
import type { Place } from './camera.js'
import { rasterSurface } from './raster-surface.js'
import type { PointSurface } from './surface.js'
import { webglSurface } from './webgl-surface.js'

const FONT = '"Segoe UI", system-ui, -apple-system, Roboto, "Liberation Sans", Arial, sans-serif'

/** A graphics processor if there is one; the processor if that is missing or only played. `?surface=` says otherwise. */
export function bestSurface(): PointSurface {
  const asked = new URLSearchParams(location.search).get('surface')
  const webgl = asked === 'raster' ? undefined : webglSurface(pointCanvas(), asked === 'webgl')
  return webgl ?? rasterSurface(pointCanvas())
}

function pointCanvas(): HTMLCanvasElement {
  return element('canvas', { 'aria-hidden': 'true' })
}

export function orderedByScale(labels: Float64Array | undefined): Int32Array {
  if (!labels) return new Int32Array(0)
  const ids = Int32Array.from(labels.keys()).filter(id => Number.isFinite(labels[id]))
  return ids.sort((a, b) => labels[a] - labels[b] || a - b)
}

export function mixed(from: Positions, to: Positions, part: number): Positions {
  const mix = (a: Float32Array, b: Float32Array) => a.map((value, i) => value + (b[i] - value) * part)
  return { x: mix(from.x, to.x), y: mix(from.y, to.y) }
}

/** Of the first `count` points the nearest one within reach, all in units of the picture. */
export function nearestPoint(
  positions: Positions,
  count: number,
  at: Place,
  reach: number,
): number | undefined {
  let least = reach * reach
  let nearest: number | undefined
  for (let id = 0; id < count; id++) {
    const [dx, dy] = [positions.x[id] - at.x, positions.y[id] - at.y]
    const distance = dx * dx + dy * dy
    if (distance < least) [nearest, least] = [id, distance]
  }
  return nearest
}

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws on no canvas')
  return context
}

export function fontOf(size: number, isBold: boolean): string {
  return `${isBold ? 650 : 500} ${size}px ${FONT}`
}

const widths = new Map<string, number>()

export function measured(
  context: CanvasRenderingContext2D,
  text: string,
  size: number,
  isBold: boolean,
): number {
  const key = `${size} ${isBold} ${text}`
  let width = widths.get(key)
  if (width === undefined) {
    context.font = fontOf(size, isBold)
    width = context.measureText(text).width
    widths.set(key, width)
  }
  return width
}
