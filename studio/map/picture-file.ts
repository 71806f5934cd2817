import { drawSvg, trustSentence, wrapped } from 'wordloom/map'
import { type Camera, onScreen, type Size } from './camera.js'
import { FAINT } from './marks.js'
import type { Stage } from './stage.js'
import { contextOf, fontOf } from './stage-drawing.js'
import type { MapState } from './state.js'

/** So many points are drawn into a file of SVG at most, the most frequent in sight. */
const MOST_DOTS = 20_000
const NOTE = { size: 13, line: 20, margin: 16 }
/** Pixels of paper around a map in a PNG. */
const RIM = 20

/** The maps as they stand, with what they are below, as a PNG file. */
export async function pngOf(
  stages: readonly Stage[],
  state: MapState,
  ink: string,
  paper: string,
): Promise<Blob> {
  const ratio = Math.min(2, devicePixelRatio || 1)
  const { width, height } = stages[0].size
  const whole = (width + RIM) * stages.length + RIM
  const canvas = document.createElement('canvas')
  const context = contextOf(canvas)
  const font = fontOf(NOTE.size, false)
  context.font = font
  const widthOf = (line: string) => context.measureText(line).width
  const notes = notesOf(state).flatMap(note => wrapped(note, whole - 2 * RIM, widthOf))
  canvas.width = Math.round(whole * ratio)
  canvas.height = Math.round((2 * RIM + height + notes.length * NOTE.line + NOTE.margin) * ratio)
  context.fillStyle = paper
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const [i, stage] of stages.entries()) {
    const left = RIM + i * (width + RIM)
    context.setTransform(1, 0, 0, 1, Math.round(left * ratio), Math.round(RIM * ratio))
    stage.copyTo(context)
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = ink
  context.font = font
  notes.forEach((note, i) => {
    context.fillText(note, RIM, RIM + height + NOTE.margin + NOTE.line * (i + 0.8))
  })
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('the browser made no PNG'))), 'image/png'),
  )
}

/** The map as it stands as an SVG file: letters stay letters, lines stay lines. */
export function svgOf(stage: Stage, state: MapState, ink: string): string {
  const { content, camera, size } = stage
  if (!content) throw new Error('there is no map to save yet')
  const isBusy = content.marks.words.length > 0
  const screen = (id: number) => onScreen(camera, size, stage.placeOf(id))
  return drawSvg({
    ...rounded(size),
    background: content.paper,
    ink,
    title: `A map of ${state.model?.name ?? 'words'}`,
    notes: notesOf(state),
    dots: dotsInSight(stage, camera, size).map(id => ({
      ...screen(id),
      radius: Math.max(0.6, (content.sizes[id] * stage.growth) / 2),
      color: content.labelColor(id),
      opacity: isBusy ? 0.25 : 0.8,
    })),
    lines: content.marks.lines.map(({ from, to, color, width, isArrow }) => ({
      from: screen(from),
      to: screen(to),
      color,
      width,
      hasArrow: isArrow,
    })),
    labels: stage
      .visibleLabels()
      .reverse()
      .map(label => (label.isFaint ? { ...label, opacity: FAINT } : label)),
  })
}

function rounded({ width, height }: Size): Size {
  return { width: Math.round(width), height: Math.round(height) }
}

/** Less frequent ones first, as those are drawn first. */
function dotsInSight(stage: Stage, camera: Camera, size: Size): number[] {
  const found: number[] = []
  for (let id = 0; id < (stage.content?.drawn ?? 0) && found.length < MOST_DOTS; id++) {
    const { x, y } = onScreen(camera, size, stage.placeOf(id))
    if (x >= 0 && y >= 0 && x <= size.width && y <= size.height) found.push(id)
  }
  return found.reverse()
}

function notesOf({ model, picture, trust, other }: MapState): string[] {
  const kind = picture === 'umap' ? 'UMAP' : 'main axes (PCA)'
  const beside = other ? `; beside it ${other.name}` : ''
  return [
    `${model?.name ?? ''}: ${model?.size.toLocaleString('en') ?? 0} words, ${model?.dimensions ?? 0} dimensions, ${kind}${beside}.`,
    ...(trust ? [`${trustSentence(trust)}.`] : []),
  ]
}

/** Offers a file for download. */
export function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
