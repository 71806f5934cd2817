import { shortDuration } from './durations.js'
import { type LogScale, logScale } from './log-scale.js'
import type { CostCurve, CostPoint } from './measure-cost.js'

/** A plot of times against sizes. */
export interface CostPanel {
  readonly curves: readonly CostCurve[]
  /** By objective. */
  readonly colours: ReadonlyMap<string, string>
  /** Pixels. */
  readonly width: number
  /** What the sizes are. */
  readonly axis: string
  readonly size: (point: CostPoint) => number
  readonly tick: (point: CostPoint) => string
  /** What the time is a power of. */
  readonly law: string
}

interface Scales {
  readonly x: LogScale
  readonly y: LogScale
}

/** Sizes in pixels. */
export const PLOT_HEIGHT = 320
const LABEL_HEIGHT = 40
const DOT_RADIUS = 3.5
const INSET = 14

/** The plot as SVG, its frame's corner at 0, 0; the names of its curves stand to the right of the frame. */
export function drawPanel(panel: CostPanel): string {
  const scales = scalesOf(panel)
  const curves = panel.curves.map(curve => drawCurve(curve, panel, scales))
  return [axes(panel, scales), ...curves, labels(panel, scales)].join('\n')
}

function scalesOf({ curves, width, size }: CostPanel): Scales {
  const points = curves.flatMap(curve => curve.points)
  const times = points.map(point => point.secondsPerPair)
  return {
    x: logScale(points.map(size), INSET, width - INSET),
    y: logScale([Math.min(...times) / 1.6, Math.max(...times) * 1.6], PLOT_HEIGHT, 0),
  }
}

function axes({ curves, width, axis, size, tick }: CostPanel, { x, y }: Scales): string {
  const points = curves[0]?.points ?? []
  const grid = y.powers.map(power => `M0 ${fixed(y.at(power))}H${width}`)
  const up = y.powers.map(
    power => `<text x="-8" y="${fixed(y.at(power) + 4)}" text-anchor="end">${shortDuration(power, 1)}</text>`,
  )
  const across = points.map(
    point => `<text x="${fixed(x.at(size(point)))}" y="${PLOT_HEIGHT + 20}">${tick(point)}</text>`,
  )
  return `<rect width="${width}" height="${PLOT_HEIGHT}" fill="#fafbfc" stroke="#ccd1d8"/>
<path d="${grid.join('')}" stroke="#e1e5ea"/>
<g font-size="12" fill="#5d636b" text-anchor="middle">
${[...up, ...across].join('\n')}
</g>
<text x="${width / 2}" y="${PLOT_HEIGHT + 46}" font-size="14" fill="#444" text-anchor="middle">${axis}</text>`
}

function drawCurve({ objective, points }: CostCurve, { colours, size }: CostPanel, { x, y }: Scales): string {
  const colour = colours.get(objective)
  const places = points.map(point => [fixed(x.at(size(point))), fixed(y.at(point.secondsPerPair))])
  const dots = places.map(
    ([left, top]) => `<circle cx="${left}" cy="${top}" r="${DOT_RADIUS}" fill="${colour}"/>`,
  )
  return `<path d="M${places.map(place => place.join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>
${dots.join('')}`
}

/** Each curve's name and slope at its end, moved apart if the ends are near each other. */
function labels({ curves, colours, width, law }: CostPanel, { y }: Scales): string {
  const ends = curves
    .map(curve => ({ curve, at: y.at(curve.points.at(-1)!.secondsPerPair) }))
    .sort((a, b) => a.at - b.at)
  const places = movedApart(ends.map(end => end.at))
  const texts = ends.map(({ curve: { objective, points, slope } }, i) => {
    const time = shortDuration(points.at(-1)!.secondsPerPair, 2)
    return `<text x="${width + 12}" y="${fixed(places[i]! - 3)}" fill="${colours.get(objective)}"><tspan font-weight="600">${objective}</tspan><tspan x="${width + 12}" dy="17" font-size="13">${time}, grows as ${law}<tspan dy="-5" font-size="10">${slope.toFixed(2)}</tspan></tspan></text>`
  })
  return `<g font-size="14">\n${texts.join('\n')}\n</g>`
}

/** Heights in rising order, none nearer to the next than a label is high; the last stays in the plot. */
function movedApart(heights: readonly number[]): number[] {
  const placed: number[] = []
  for (const height of heights) placed.push(Math.max(height, (placed.at(-1) ?? -LABEL_HEIGHT) + LABEL_HEIGHT))
  const over = Math.max(0, (placed.at(-1) ?? 0) - (PLOT_HEIGHT - LABEL_HEIGHT / 2))
  return placed.map(height => height - over)
}

function fixed(value: number): string {
  return value.toFixed(1)
}
