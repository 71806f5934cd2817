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

/** How far a camera may go. */
export interface Scope {
  /** The camera that sees the whole picture. */
  readonly whole: Camera
  /** The least scale and the greatest. */
  readonly farthest: number
  readonly nearest: number
  /** How far the middle of the screen may go from the middle of the picture. */
  readonly reach: Place
}

/** Pixels around the whole picture, on each side. */
const MARGIN = { x: 36, y: 36 }

/** The camera that sees a whole picture that reaches so far to each side. */
export function wholeView({ width, height }: Size, extent: Place, margin: Place = MARGIN): Camera {
  const across = Math.max(40, width - 2 * margin.x) / (2 * extent.x)
  const down = Math.max(40, height - 2 * margin.y) / (2 * extent.y)
  return { x: 0, y: 0, scale: Math.min(across, down) }
}

export function onScreen(camera: Camera, { width, height }: Size, { x, y }: Place): Place {
  return { x: (x - camera.x) * camera.scale + width / 2, y: (y - camera.y) * camera.scale + height / 2 }
}

export function inPicture(camera: Camera, { width, height }: Size, { x, y }: Place): Place {
  return { x: (x - width / 2) / camera.scale + camera.x, y: (y - height / 2) / camera.scale + camera.y }
}

/** Moved by pixels, as if the picture were pushed; its middle stays near the screen. */
export function panned(camera: Camera, dx: number, dy: number, { reach }: Scope): Camera {
  const within = (value: number, most: number) => Math.max(-most, Math.min(most, value))
  return {
    ...camera,
    x: within(camera.x - dx / camera.scale, reach.x),
    y: within(camera.y - dy / camera.scale, reach.y),
  }
}

/** Nearer or farther, with the point under `at` (in pixels) staying there. */
export function zoomed(camera: Camera, factor: number, at: Place, size: Size, scope: Scope): Camera {
  const scale = Math.max(scope.farthest, Math.min(scope.nearest, camera.scale * factor))
  const before = inPicture(camera, size, at)
  const after = inPicture({ ...camera, scale }, size, at)
  return panned(
    { ...camera, scale, x: camera.x + before.x - after.x, y: camera.y + before.y - after.y },
    0,
    0,
    scope,
  )
}

/** Between two cameras, for a glide: the scale goes by its logarithm. */
export function between(from: Camera, to: Camera, part: number): Camera {
  if (part >= 1) return to
  const scale = from.scale * Math.exp(Math.log(to.scale / from.scale) * part)
  // What is left of the way shrinks as the picture grows, so that the glide goes straight for its end.
  const way = to.scale === from.scale ? part : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale)
  return { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale }
}

/** How words that belong together are brought into sight. */
export interface Sight {
  readonly nearest: number
  /** Pixels across and down that are left around them, both sides together. */
  readonly around: Place
  /** Where all are in sight, it is worth going there only if they are then so many times larger. */
  readonly worth: number
}

/** The camera that has all places in sight. */
export function viewOf(places: readonly Place[], size: Size, { nearest, around }: Sight): Camera {
  const span = (values: number[]) => [Math.min(...values), Math.max(...values)] as const
  const [left, right] = span(places.map(({ x }) => x))
  const [top, bottom] = span(places.map(({ y }) => y))
  const across = Math.max(60, size.width - around.x) / Math.max(1e-6, right - left)
  const down = Math.max(60, size.height - around.y) / Math.max(1e-6, bottom - top)
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: Math.min(across, down, nearest) }
}

/** The same if it is worth going there: some are out of sight, or small as on a phone. Undefined if it is not. */
export function betterView(
  camera: Camera,
  places: readonly Place[],
  size: Size,
  sight: Sight,
): Camera | undefined {
  const there = viewOf(places, size, sight)
  return there.scale >= camera.scale * sight.worth || places.some(place => isOut(camera, size, place))
    ? there
    : undefined
}

/** Pixels from the edge of the screen within which a point is as good as out of sight. */
const EDGE = 10

function isOut(camera: Camera, size: Size, place: Place): boolean {
  const { x, y } = onScreen(camera, size, place)
  return x < EDGE || y < EDGE || x > size.width - EDGE || y > size.height - EDGE
}
