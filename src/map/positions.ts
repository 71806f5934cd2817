/** A place on the plane. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Places on the plane: word i stands at (x[i], y[i]). NaN is no place. */
export interface Positions {
  readonly x: Float32Array
  readonly y: Float32Array
}

export function allocatePositions(size: number): Positions {
  return { x: new Float32Array(size), y: new Float32Array(size) }
}

export function positionsOf(points: readonly Point[]): Positions {
  return { x: Float32Array.from(points, ({ x }) => x), y: Float32Array.from(points, ({ y }) => y) }
}

/** Words are left out of the measure of a picture from each side, so that a few strays do not make all others small. */
const STRAYS = 0.006

/** Where the middle of a picture lies, and half its longer side. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly half: number
}

export function frameOf({ x, y }: Positions): Frame {
  const [across, down] = [spanOf(x), spanOf(y)]
  return { x: across.middle, y: down.middle, half: Math.max(across.half, down.half) || 1 }
}

/** The same picture with the frame's middle at (0, 0) and its longer side from −1 to 1. */
export function framed({ x, y }: Positions, frame: Frame): Positions {
  return {
    x: x.map(value => (value - frame.x) / frame.half),
    y: y.map(value => (value - frame.y) / frame.half),
  }
}

/** Half the width and half the height of what nearly all words of a picture around (0, 0) lie in. */
export function extentOf({ x, y }: Positions): { x: number; y: number } {
  return { x: reachOf(x), y: reachOf(y) }
}

function reachOf(values: Float32Array): number {
  const { middle, half } = spanOf(values)
  return Math.max(Math.abs(middle - half), Math.abs(middle + half)) || 1
}

function spanOf(values: Float32Array): { middle: number; half: number } {
  const sorted = sampleOf(values).sort()
  if (sorted.length === 0) return { middle: 0, half: 0 }
  const skipped = Math.floor(sorted.length * STRAYS)
  const [low, high] = [sorted[skipped]!, sorted[sorted.length - 1 - skipped]!]
  return { middle: (low + high) / 2, half: (high - low) / 2 }
}

/** To measure a large picture, one value of this many is enough. */
function sampleOf(values: Float32Array): Float32Array {
  const every = Math.max(1, Math.floor(values.length / 50_000))
  return values.filter((value, i) => i % every === 0 && Number.isFinite(value))
}
