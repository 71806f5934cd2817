/** A point with a word beside it, in pixels; y grows downwards. */
export interface Labelled {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Where a word is written: the middle of its box. */
export interface PlacedLabel {
  readonly x: number
  readonly y: number
}

interface Box extends PlacedLabel {
  readonly width: number
  readonly height: number
}

export interface LabelSettings {
  readonly fontSize: number
  /** Of the dots, which no label may cover. */
  readonly dotRadius: number
  /** Labels stay within 0 … width and 0 … height. */
  readonly width: number
  readonly height: number
}

const ROUNDS = 8
/** A label this near to a strange dot seems to be its label. */
const CLEAR_OF_DOTS = 12
/** Distances from the dot that are tried, in pixels: far ones only if near ones are taken. */
const GAPS = [5, 13, 24]
const DIRECTIONS = 16

/**
 * Places for labels beside their points such that they cover each other and the dots as little as may be. In each round
 * every label takes the best of its places while the others stay where they are.
 */
export function placeLabels(points: readonly Labelled[], settings: LabelSettings): PlacedLabel[] {
  const candidates = points.map(point => candidatesFor(point, settings))
  const chosen = candidates.map(boxes => boxes[0])
  const others = <T>(all: readonly T[], i: number) => all.filter((_, j) => j !== i)
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, boxes] of candidates.entries()) {
      const costs = boxes.map(
        (box, rank) =>
          rank + outside(box, settings) + covered(box, others(chosen, i)) + crowded(box, others(points, i)),
      )
      chosen[i] = boxes[costs.indexOf(Math.min(...costs))]
    }
  return chosen
}

/** Around the point, nearest first, and to its right before elsewhere. */
function candidatesFor({ text, x, y }: Labelled, { fontSize, dotRadius }: LabelSettings): Box[] {
  const width = textWidth(text, fontSize)
  const height = fontSize * 1.1
  return GAPS.flatMap(gap =>
    Array.from({ length: DIRECTIONS }, (_, k) => {
      const angle = ((k % 2 === 0 ? k : -k - 1) * Math.PI) / DIRECTIONS
      const [right, down] = [Math.cos(angle), -Math.sin(angle)]
      return {
        x: x + right * (dotRadius + gap + width / 2),
        y: y + down * (dotRadius + gap + height / 2),
        width,
        height,
      }
    }),
  )
}

/** What it costs to stand out of the frame. */
function outside(box: Box, { width, height }: LabelSettings): number {
  const across = Math.max(box.width / 2 - box.x, box.x + box.width / 2 - width, 0)
  const down = Math.max(box.height / 2 - box.y, box.y + box.height / 2 - height, 0)
  return 1000 * (across + down)
}

/** What it costs to cover other labels. */
function covered(box: Box, labels: readonly Box[]): number {
  return labels.reduce((cost, label) => cost + 10 * overlapArea(box, label), 0)
}

/** What it costs to stand at, or on, the dots of others. */
function crowded(box: Box, points: readonly Labelled[]): number {
  return points.reduce((cost, point) => {
    const across = Math.max(0, Math.abs(point.x - box.x) - box.width / 2)
    const down = Math.max(0, Math.abs(point.y - box.y) - box.height / 2)
    return cost + 4 * Math.max(0, CLEAR_OF_DOTS - Math.hypot(across, down))
  }, 0)
}

function overlapArea(a: Box, b: Box): number {
  const across = (a.width + b.width) / 2 - Math.abs(a.x - b.x)
  const down = (a.height + b.height) / 2 - Math.abs(a.y - b.y)
  return across > 0 && down > 0 ? across * down : 0
}

/** Generous, for the font is whatever the reader's machine has. */
function textWidth(text: string, fontSize: number): number {
  return Array.from(text, letterWidth).reduce((sum, width) => sum + width, 0) * fontSize
}

/** In ems of the usual sans-serif fonts. */
function letterWidth(letter: string): number {
  if (/[ijl]/.test(letter)) return 0.28
  if (/[frt]/.test(letter)) return 0.38
  if (/[mw]/.test(letter)) return 0.88
  return 0.59
}
