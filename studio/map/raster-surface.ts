import type { PointLook, PointSurface, Points } from './surface.js'

/** A disc as the half width of each of its rows of pixels. */
type Disc = readonly number[]

const LARGEST = 24
const discs: readonly Disc[] = Array.from({ length: LARGEST + 1 }, (_, diameter) => discOf(diameter))

/**
 * Points written into the pixels of a canvas by the processor: if there is no graphics processor this takes a few
 * milliseconds for 100,000 of them.
 */
export function rasterSurface(canvas: HTMLCanvasElement): PointSurface {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws on no canvas')
  return new RasterSurface(canvas, context)
}

class RasterSurface implements PointSurface {
  readonly kind = 'raster'
  readonly #context: CanvasRenderingContext2D
  #image: ImageData | undefined
  #points: Points | undefined

  readonly canvas: HTMLCanvasElement

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    this.canvas = canvas
    this.#context = context
  }

  setPoints(points: Points): void {
    this.#points = points
  }

  draw({ camera, size, growth, presence }: PointLook): void {
    const { width, height } = this.#context.canvas
    if (width === 0 || height === 0) return
    if (this.#image?.width !== width || this.#image.height !== height)
      this.#image = this.#context.createImageData(width, height)
    const pixels = new Uint32Array(this.#image.data.buffer).fill(0)
    const ratio = width / size.width
    if (this.#points)
      writePoints(this.#points, pixels, width, height, {
        scale: camera.scale * ratio,
        left: width / 2 - camera.x * camera.scale * ratio,
        top: height / 2 - camera.y * camera.scale * ratio,
        growth: growth * ratio,
        presence,
      })
    this.#context.putImageData(this.#image, 0, 0)
  }

  close(): void {
    this.#image = undefined
  }
}

interface Mapping {
  readonly scale: number
  readonly left: number
  readonly top: number
  readonly growth: number
  readonly presence: number
}

/** The first word last, so that it lies on top; overlaps hide and do not mix. */
function writePoints(
  { positions: { x, y }, colors, sizes, drawn }: Points,
  pixels: Uint32Array,
  width: number,
  height: number,
  { scale, left, top, growth, presence }: Mapping,
): void {
  const words = new Uint32Array(colors.buffer, colors.byteOffset, colors.length / 4)
  for (let i = drawn - 1; i >= 0; i--) {
    const across = left + x[i] * scale
    const down = top + y[i] * scale
    if (!(across >= -LARGEST && down >= -LARGEST && across < width + LARGEST && down < height + LARGEST))
      continue
    const color = words[i]
    const opacity = (color >>> 24) * presence
    if (opacity < 1) continue
    const shade = ((color & 0xffffff) | (opacity << 24)) >>> 0
    const diameter = Math.max(1, Math.min(LARGEST, Math.round(sizes[i] * growth)))
    const row = Math.round(down - diameter / 2)
    const middle = Math.round(across - (diameter % 2) / 2)
    // Nearly all points are this small, and clear of the edges.
    if (diameter === 2 && row >= 0 && row + 1 < height && middle >= 1 && middle < width) {
      const at = row * width + middle
      pixels[at - 1] = pixels[at] = shade
      pixels[at + width - 1] = pixels[at + width] = shade
    } else writeDisc(pixels, width, height, middle, row, diameter, shade)
  }
}

function writeDisc(
  pixels: Uint32Array,
  width: number,
  height: number,
  middle: number,
  first: number,
  diameter: number,
  color: number,
): void {
  const disc = discs[diameter]
  for (let line = 0; line < diameter; line++) {
    const row = first + line
    if (row < 0 || row >= height) continue
    const half = disc[line]
    const from = Math.max(0, middle - half)
    const to = Math.min(width, middle + half + (diameter % 2))
    for (let at = row * width + from; at < row * width + to; at++) pixels[at] = color
  }
}

function discOf(diameter: number): Disc {
  const radius = diameter / 2
  return Array.from({ length: diameter }, (_, line) => {
    const away = Math.abs(line + 0.5 - radius)
    return Math.max(
      diameter > 2 ? 1 : Math.floor(radius),
      Math.round(Math.sqrt(radius * radius - away * away) - (diameter % 2) / 2),
    )
  })
}
