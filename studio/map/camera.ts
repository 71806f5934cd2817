/** What part of the picture is seen: the point in the middle of the screen, and pixels per unit. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** So many times the scale at which the whole picture is seen is the nearest, and the farthest. */
export const NEAREST = 600
export const FARTHEST = 0.6
/** Pixels around the whole picture. */
const MARGIN = 36

/** The camera that sees a whole picture that reaches so far to each side. */
export function wholeView({ width, height }: Size, extent: Place): Camera {
  const across = Math.max(40, width - 2 * MARGIN) / (2 * extent.x)
  const down = Math.max(40, height - 2 * MARGIN) / (2 * extent.y)
  return { x: 0, y: 0, scale: Math.min(across, down) }
}

export function onScreen(camera: Camera, { width, height }: Size, { x, y }: Place): Place {
  return { x: (x - camera.x) * camera.scale + width / 2, y: (y - camera.y) * camera.scale + height / 2 }
}

export function inPicture(camera: Camera, { width, height }: Size, { x, y }: Place): Place {
  return { x: (x - width / 2) / camera.scale + camera.x, y: (y - height / 2) / camera.scale + camera.y }
}

/** Moved by pixels, as if the picture were pushed; its middle stays near the screen. */
export function panned(camera: Camera, dx: number, dy: number): Camera {
  const within = (value: number) => Math.max(-1.3, Math.min(1.3, value))
  return { ...camera, x: within(camera.x - dx / camera.scale), y: within(camera.y - dy / camera.scale) }
}

/** Nearer or farther, with the point under `at` (in pixels) staying there. */
export function zoomed(camera: Camera, factor: number, at: Place, size: Size, whole: Camera): Camera {
  const scale = Math.max(whole.scale * FARTHEST, Math.min(whole.scale * NEAREST, camera.scale * factor))
  const before = inPicture(camera, size, at)
  const after = inPicture({ ...camera, scale }, size, at)
  return panned(
    { ...camera, scale, x: camera.x + before.x - after.x, y: camera.y + before.y - after.y },
    0,
    0,
  )
}

/** Between two cameras, for a glide: the scale goes by its logarithm. */
export function between(from: Camera, to: Camera, part: number): Camera {
  const scale = from.scale * Math.exp(Math.log(to.scale / from.scale) * part)
  // What is left of the way shrinks as the picture grows, so that the glide goes straight for its end.
  const way = to.scale === from.scale ? part : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale)
  return { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale }
}

/** The camera that has all places in sight, no nearer than `nearest`. */
export function viewOf(places: readonly Place[], size: Size, nearest: number): Camera {
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)] as const
  const [left, right] = span(places.map(({ x }) => x))
  const [top, bottom] = span(places.map(({ y }) => y))
  const across = Math.max(60, size.width - 180) / Math.max(1e-6, right - left)
  const down = Math.max(60, size.height - 110) / Math.max(1e-6, bottom - top)
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(across, down, nearest) }
}
