import { log } from '../math/index.js'
import { arrange, FRAME } from './arrange.js'
import { chanceOf } from './chance.js'
import { chooseWords, idsOf, type MappedVectors } from './choose-words.js'
import { clusterCount, clusterRows } from './clusters.js'
import { type Label, labelScales, labelText } from './labels.js'
import { namingOrder } from './naming.js'
import {
  centeredRows,
  type MapNeighbor,
  neighborsOf,
  type Similarities,
  similaritiesOf,
  unitRows,
} from './neighbors.js'
import { PAGE_COLORS } from './palette.js'
import type { Point } from './positions.js'
import { positionsOf } from './positions.js'
import { type Projection, project } from './project.js'
import { finished, type Trust, trustworthiness } from './trustworthiness.js'
import { frequencyParts, valuesOf, type WordValues } from './word-values.js'

/** A word as it stands on the page. */
export interface MapWord extends Label {
  readonly word: string
  /** How often it was seen; 0 if that is not known. */
  readonly count: number
  /** Which of the page's colors its cluster has, 0 … COLORS − 1. */
  readonly color: number
  readonly highlighted: boolean
  /** The least scale at which its label has room. */
  readonly labelScale: number
  /** The same with x and y exchanged, for screens higher than wide. */
  readonly uprightLabelScale: number
  /** Its nearest words of those drawn, by the cosine of their full vectors, nearest first. */
  readonly neighbors: readonly MapNeighbor[]
}

/** Colors on the page, in the order of the color wheel. */
const COLORS = 12

const NEIGHBORS_SHOWN = 8
const TRUST_NEIGHBORS = 10
/** The room that a word takes which is only a dot. */
const DOT = { text: '', fontSize: 10 }
const FONT_SIZES = { least: 13, greatest: 28 }

/** What colors mean: groups of near words, how often a word was seen, or what a table says. */
export type MapColor = 'cluster' | 'frequency' | WordValues

export interface MapWordOptions {
  readonly count: number
  readonly highlight: readonly string[]
  readonly seed: number
  readonly projection: Projection
  readonly color: MapColor
  /** How many words may be written; the others are dots. */
  readonly labels: number
}

/** Words as they are drawn, and how far their places can be believed. */
export interface PlacedWords {
  readonly words: readonly MapWord[]
  readonly trust: Trust | undefined
}

/** Chooses, lays out and colors words, the highlighted ones first, then by frequency; who is written first is another matter. */
export function mapWords(vectors: MappedVectors, options: MapWordOptions): PlacedWords {
  const { count, highlight, seed, projection, color, labels: written } = options
  const highlighted = idsOf(vectors, highlight)
  const chosen = chooseWords(vectors, count, highlight)
  const ids = chosen.toSorted((a, b) => Number(highlighted.has(b)) - Number(highlighted.has(a)) || a - b)
  const rows = unitRows(vectors.matrix, ids)
  const similarities = similaritiesOf(rows)
  const labels = labelsOf(vectors, ids)
  const named = namesFirst(vectors, ids, highlighted, rows).slice(0, written)
  const isNamed = new Set(named)
  const boxes = labels.map((label, i) => (isNamed.has(i) ? label : DOT))
  const points = arrange(project(rows, similarities, chanceOf(seed, 0), projection), boxes)
  const placed = labels.map((label, i) => ({ ...label, ...points[i]! }))
  const colors = colorsFor(color, vectors, ids, () =>
    wheelColors(points, clusterRows(centeredRows(rows), clusterCount(ids.length), chanceOf(seed, 1))),
  )
  const scales = writtenScales(placed, named)
  const uprightScales = writtenScales(placed.map(upright), named)
  const words = ids.map((id, i) => ({
    ...placed[i]!,
    word: vectors.vocabulary.word(id),
    count: vectors.vocabulary.counts[id]!,
    color: colors[i]!,
    highlighted: highlighted.has(id),
    labelScale: scales[i]!,
    uprightLabelScale: uprightScales[i]!,
    neighbors: neighborsOf(similarities, i, NEIGHBORS_SHOWN).filter(({ similarity }) => similarity > 0),
  }))
  return { words, trust: trustIn(points, similarities) }
}

/** Of points that have been moved for their labels, too: what is measured is what is seen. */
function trustIn(points: readonly Point[], { size, values }: Similarities): Trust | undefined {
  const ids = points.map((_, i) => i)
  const similaritiesTo = (i: number) => values.subarray(i * size, (i + 1) * size)
  return finished(trustworthiness(positionsOf(points), similaritiesTo, { k: TRUST_NEIGHBORS, ids }))
}

/** Places in the list of words in the order in which they are written: highlighted words, then telling ones. */
function namesFirst(
  { vocabulary }: MappedVectors,
  ids: readonly number[],
  highlighted: ReadonlySet<number>,
  rows: readonly Float32Array[],
): number[] {
  const { length } = ids.filter(id => highlighted.has(id))
  const others = {
    size: ids.length - length,
    word: (i: number) => vocabulary.word(ids[length + i]!),
    direction: (i: number) => rows[length + i]!,
  }
  return [...Array(length).keys(), ...Array.from(namingOrder(others), i => length + i)]
}

/** The least scales of labels that choose their room in the order of `named`; the others are never written. */
function writtenScales(labels: readonly Label[], named: readonly number[]): ArrayLike<number> {
  const found = labelScales(named.map(i => labels[i]!))
  const scales = new Float64Array(labels.length).fill(Number.POSITIVE_INFINITY)
  named.forEach((i, place) => {
    scales[i] = found[place]!
  })
  return scales
}

/** Letters as large as the word is frequent, on a log scale; without counts by rank, as Zipf's law has it. */
function labelsOf({ vocabulary }: MappedVectors, ids: readonly number[]): Omit<Label, 'x' | 'y'>[] {
  const frequencies = ids.map(id => log(vocabulary.counts[id]! > 0 ? vocabulary.counts[id]! : 1 / (id + 2)))
  const least = Math.min(...frequencies)
  const span = Math.max(...frequencies) - least || 1
  return ids.map((id, i) => {
    const size =
      FONT_SIZES.least + (FONT_SIZES.greatest - FONT_SIZES.least) * ((frequencies[i]! - least) / span)
    return { text: labelText(vocabulary.word(id)), fontSize: Math.round(size * 10) / 10 }
  })
}

function upright(label: Label): Label {
  return { ...label, x: label.y, y: label.x }
}

function colorsFor(
  color: MapColor,
  { vocabulary }: MappedVectors,
  ids: readonly number[],
  clusterColors: () => number[],
): number[] {
  if (color === 'cluster') return clusterColors()
  if (color === 'frequency')
    return frequencyParts(ids.map(id => vocabulary.counts[id]!)).map(PAGE_COLORS.ramp)
  const { parts, groups } = valuesOf(
    color,
    ids.map(id => vocabulary.word(id)),
  )
  return parts.map((part, i) => (groups[i]! < 0 ? PAGE_COLORS.ramp(part) : groups[i]! % COLORS))
}

/** Clusters take their colors from the wheel in the order in which they lie around the middle of the map. */
function wheelColors(points: readonly Point[], clusters: Int32Array): number[] {
  const used = [...new Set(clusters)].sort((a, b) => a - b)
  const angles = new Map(
    used.map(cluster => [cluster, angleOf(points.filter((_, i) => clusters[i] === cluster))]),
  )
  const around = used.toSorted((a, b) => angles.get(a)! - angles.get(b)! || a - b)
  const colors = new Map(
    around.map((cluster, place) => [cluster, Math.floor((place * COLORS) / around.length)]),
  )
  return Array.from(clusters, cluster => colors.get(cluster)!)
}

/** Where the middle of some points lies, as seen from the middle of the frame. */
function angleOf(points: readonly Point[]): number {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length - FRAME.width / 2
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length - FRAME.height / 2
  return Math.atan2(y / FRAME.height, x / FRAME.width)
}
