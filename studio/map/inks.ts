import { channels, type Light, rampColor, valuesOf, type WordValues, wheelColor } from 'wordloom/map'
import type { Words } from './words.js'

/** What the colors of words mean. */
export type ColorBy =
  | { readonly kind: 'cluster'; readonly clusters: Int32Array; readonly naming: Int32Array }
  | { readonly kind: 'frequency' }
  | { readonly kind: 'table'; readonly name: string; readonly table: WordValues }

/** One line of what colors mean. */
export interface LegendEntry {
  readonly color: string
  readonly text: string
}

export interface Inks {
  /** Red, green, blue and opacity of each word's point. */
  readonly points: Uint8Array
  colorOf(id: number): string
  readonly legend: readonly LegendEntry[] | Ramp
}

/** A scale of colors, from its least to its greatest. */
export interface Ramp {
  readonly colors: readonly string[]
  readonly least: string
  readonly greatest: string
  /** How many words are off the scale. */
  readonly without: number
}

export const lightNow = (): Light => (matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day')

/** The color of the paper behind the map, as the sheet of styles has it. */
export function paperColor(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--card').trim() || '#ffffff'
}

const OPACITY = { day: 205, night: 215 }
/** Groups beyond these are too many to tell apart. */
const MOST_GROUPS = 12
/** Among so many words the names of groups are looked for. */
const LOOKED_THROUGH = 3000

/** Mixes inks anew only where they mean something else. */
export class InkWell {
  #inks: Inks | undefined
  #mixedFor: readonly unknown[] = []

  of(words: Words, by: ColorBy, light: Light): Inks {
    const wanted = [words, by.kind, partsOf(by), light]
    if (!this.#inks || wanted.some((value, i) => value !== this.#mixedFor[i])) {
      this.#inks = inksFor(words, by, light)
      this.#mixedFor = wanted
    }
    return this.#inks
  }
}

function partsOf(by: ColorBy): unknown {
  if (by.kind === 'cluster') return by.clusters
  return by.kind === 'table' ? by.table : undefined
}

function inksFor(words: Words, by: ColorBy, light: Light): Inks {
  const { colorOf, legend } = meaning(words, by, light)
  const points = new Uint8Array(4 * words.size)
  const known = new Map<string, readonly [number, number, number]>()
  for (let id = 0; id < words.size; id++) {
    const color = colorOf(id)
    const rgb = known.get(color) ?? channels(color)
    known.set(color, rgb)
    points.set(rgb, 4 * id)
    points[4 * id + 3] = OPACITY[light]
  }
  return { points, colorOf, legend }
}

type Meaning = Pick<Inks, 'colorOf' | 'legend'>

function meaning(words: Words, by: ColorBy, light: Light): Meaning {
  if (by.kind === 'cluster') return byCluster(words, by, light)
  if (by.kind === 'frequency') return byFrequency(words, light)
  return byTable(words, by.table, light)
}

/** Each group by the three of its words that are named first. */
function byCluster(
  words: Words,
  { clusters, naming }: Extract<ColorBy, { kind: 'cluster' }>,
  light: Light,
): Meaning {
  const first = new Map<number, number[]>()
  for (const id of naming.subarray(0, LOOKED_THROUGH)) {
    const members = first.get(clusters[id]) ?? []
    if (members.length < 3) members.push(id)
    first.set(clusters[id], members)
  }
  const legend = [...first]
    .sort(([a], [b]) => a - b)
    .map(([cluster, members]) => ({
      color: wheelColor(cluster, light),
      text: members.map(id => words.word(id)).join(', '),
    }))
  return { legend, colorOf: id => wheelColor(clusters[id], light) }
}

function byFrequency(words: Words, light: Light): Meaning {
  const { counts, size, hasCounts, parts } = words
  const said = (id: number) =>
    hasCounts ? `seen ${counts[id].toLocaleString('en')} times` : `rank ${(id + 1).toLocaleString('en')}`
  return {
    legend: { ...rampOf(light), least: said(size - 1), greatest: said(0), without: 0 },
    colorOf: id => rampColor(stepped(parts[id]), light),
  }
}

function byTable(words: Words, table: WordValues, light: Light): Meaning {
  const { parts, groups } = valuesOf(
    table,
    Array.from({ length: words.size }, (_, id) => words.word(id)),
  )
  if (table.kind === 'number') {
    const without = parts.reduce((sum, part) => sum + Number(Number.isNaN(part)), 0)
    const { least, greatest } = table
    return {
      legend: { ...rampOf(light), least: String(least), greatest: String(greatest), without },
      colorOf: id => rampColor(stepped(parts[id]), light),
    }
  }
  const nothing = rampColor(Number.NaN, light)
  const isShown = (group: number) => group >= 0 && group < MOST_GROUPS
  const legend = table.groups.slice(0, MOST_GROUPS).map((text, i) => ({ color: wheelColor(i, light), text }))
  const others =
    table.groups.length > MOST_GROUPS ? 'smaller groups, and words not in the table' : 'not in the table'
  return {
    legend: [...legend, { color: nothing, text: others }],
    colorOf: id => (isShown(groups[id]) ? wheelColor(groups[id], light) : nothing),
  }
}

/** A hundred steps are as smooth as the eye can tell, and few to mix. */
function stepped(part: number): number {
  return Math.round(part * 100) / 100
}

function rampOf(light: Light): { colors: string[] } {
  return { colors: Array.from({ length: 9 }, (_, i) => rampColor(i / 8, light)) }
}
