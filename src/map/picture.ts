import { escapeHtml } from './escape.js'
import { halfBox } from './labels.js'
import { wrapped } from './wrapped.js'

/** A picture of a map as numbers: what a file of SVG needs. Lengths are pixels, the origin is top left. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly background: string
  readonly ink: string
  readonly title: string
  /** A line or two below the picture: what it is made of, and how far it can be believed. */
  readonly notes: readonly string[]
  readonly dots: readonly Dot[]
  readonly lines: readonly Line[]
  readonly labels: readonly PictureLabel[]
}

export interface Dot {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly color: string
  readonly opacity?: number
}

export interface Line {
  readonly from: { readonly x: number; readonly y: number }
  readonly to: { readonly x: number; readonly y: number }
  readonly color: string
  readonly width: number
  readonly hasArrow?: boolean
}

/** A word in the middle of its point. */
export interface PictureLabel {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly size: number
  readonly color: string
  readonly isBold?: boolean
  readonly opacity?: number
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
const NOTE = { size: 13, line: 20, margin: 16 }

/** The picture as one SVG file that needs nothing beside it. */
export function drawSvg(picture: Picture): string {
  const { width, height, background, ink, title, dots, lines, labels } = picture
  const notes = picture.notes.flatMap(note => wrapped(note, width - 2 * NOTE.margin, noteWidth))
  const whole = height + notes.length * NOTE.line + (notes.length > 0 ? NOTE.margin : 0)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" font-family="${FONT}" role="img" aria-label="${escapeHtml(title)}">
<title>${escapeHtml(title)}</title>
<rect width="${width}" height="${whole}" fill="${background}"/>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>
<g>
${dots.map(dot).join('\n')}
</g>
<g fill="none" stroke-linecap="round">
${lines.map(line).join('\n')}
</g>
<g text-anchor="middle" paint-order="stroke" stroke="${background}" stroke-width="3" stroke-linejoin="round">
${labels.map(label).join('\n')}
</g>
<g fill="${ink}" font-size="${NOTE.size}">
${notes.map((note, i) => `<text x="${NOTE.margin}" y="${height + NOTE.line * (i + 0.8)}">${escapeHtml(note)}</text>`).join('\n')}
</g>
</svg>
`
}

function noteWidth(text: string): number {
  return 2 * halfBox({ text, fontSize: NOTE.size }).x
}

function dot({ x, y, radius, color, opacity }: Dot): string {
  const seeThrough = opacity === undefined ? '' : ` fill-opacity="${round(opacity)}"`
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${color}"${seeThrough}/>`
}

function line({ from, to, color, width, hasArrow }: Line): string {
  const arrow = hasArrow ? ' marker-end="url(#arrow)"' : ''
  return `<path d="M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}" stroke="${color}" stroke-width="${round(width)}"${arrow}/>`
}

function label({ x, y, text, size, color, isBold, opacity }: PictureLabel): string {
  const weight = isBold ? ' font-weight="700"' : ''
  const seeThrough = opacity === undefined ? '' : ` opacity="${round(opacity)}"`
  return `<text x="${round(x)}" y="${round(y)}" dy=".34em" font-size="${round(size)}" fill="${color}"${weight}${seeThrough}>${escapeHtml(text)}</text>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
