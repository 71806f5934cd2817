import { keyOf, Purpose, Random } from '../math/random.js'
import { arrange, FRAME } from './arrange.js'
import { chooseWords, idsOf, type MappedVectors } from './choose-words.js'
import { clusterCount, clusterRows } from './clusters.js'
import { type Label, labelScales, labelText } from './labels.js'
import { centeredRows, type MapNeighbor, neighborsOf, similaritiesOf, unitRows } from './neighbors.js'
import { type Point, project } from './project.js'

/** A word as it stands on the page. */
export interface MapWord extends Label {
  readonly word: string
  /** How often it was seen; 0 where that is not known. */
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
export const COLORS = 12

const NEIGHBORS_SHOWN = 8
const FONT_SIZES = { least: 13, greatest: 28 }

/** Chooses, lays out and colors words: the highlighted ones first, then by frequency, which is also who is written first. */
export function mapWords(
  vectors: MappedVectors,
  count: number,
  highlight: readonly string[],
  seed: number,
): MapWord[] {
  const highlighted = idsOf(vectors, highlight)
  const chosen = chooseWords(vectors, count, highlight)
  const ids = chosen.toSorted((a, b) => Number(highlighted.has(b)) - Number(highlighted.has(a)) || a - b)
  const rows = unitRows(vectors.matrix, ids)
  const similarities = similaritiesOf(rows)
  const labels = labelsOf(vectors, ids)
  const points = arrange(project(rows, similarities, randomFor(seed, 0)), labels)
  const placed = labels.map((label, i) => ({ ...label, ...points[i]! }))
  const clusters = clusterRows(centeredRows(rows), clusterCount(ids.length), randomFor(seed, 1))
  const colors = colorsOf(points, clusters)
  const scales = labelScales(placed)
  const uprightScales = labelScales(placed.map(upright))
  return ids.map((id, i) => ({
    ...placed[i]!,
    word: vectors.vocabulary.word(id),
    count: vectors.vocabulary.counts[id]!,
    color: colors[i]!,
    highlighted: highlighted.has(id),
    labelScale: scales[i]!,
    uprightLabelScale: uprightScales[i]!,
    neighbors: neighborsOf(similarities, i, NEIGHBORS_SHOWN).filter(({ similarity }) => similarity > 0),
  }))
}

function randomFor(seed: number, use: number): Random {
  return new Random(keyOf(seed, Purpose.map), use)
}

/** Letters as large as the word is frequent, on a log scale; without counts by rank, as Zipf's law has it. */
function labelsOf({ vocabulary }: MappedVectors, ids: readonly number[]): Omit<Label, 'x' | 'y'>[] {
  const frequencies = ids.map(id =>
    Math.log(vocabulary.counts[id]! > 0 ? vocabulary.counts[id]! : 1 / (id + 2)),
  )
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

/** Clusters take their colors from the wheel in the order in which they lie around the middle of the map. */
function colorsOf(points: readonly Point[], clusters: Int32Array): number[] {
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
