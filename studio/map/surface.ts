import type { Positions } from 'wordloom/map'
import type { Camera, Size } from './camera.js'

/** Points as they are drawn. Words come by frequency, and the most frequent lie on top. */
export interface Points {
  readonly positions: Positions
  /** Red, green, blue and opacity of each, 0 to 255. */
  readonly colors: Uint8Array
  /** Diameters in pixels when the whole picture is seen. */
  readonly sizes: Float32Array
  /** So many of the first are drawn. */
  readonly drawn: number
}

/** What points look like this time. */
export interface PointLook {
  readonly camera: Camera
  readonly size: Size
  /** By what diameters are multiplied; grows slowly as one comes nearer. */
  readonly growth: number
  /** Points step back behind a word that is looked at: 1 for all there, 0 for gone. */
  readonly presence: number
}

/** Draws points on its canvas. */
export interface PointSurface {
  readonly kind: 'webgl' | 'raster'
  readonly canvas: HTMLCanvasElement
  setPoints(points: Points): void
  draw(look: PointLook): void
  /** Gives the machine's means back. */
  close(): void
}
