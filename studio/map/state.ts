import type { Positions, Trust } from 'wordloom/map'
import type { ColorBy } from './inks.js'
import type { Near, OpenedModel, OpenedOther, PictureKind, VectorSource, WordShift } from './protocol.js'
import type { Words } from './words.js'

/** What the room shows; every change makes another one. */
export interface MapState {
  readonly source?: VectorSource
  readonly model?: OpenedModel
  readonly words?: Words
  readonly picture: PictureKind
  /** How many of the most frequent words a layout is made of. */
  readonly mapped: number
  readonly flat?: Positions & { readonly explained: number }
  readonly layout?: Positions & { readonly of: number }
  /** Places while a layout is on its way. */
  readonly passing?: Positions
  /** The order in which words are named. */
  readonly naming?: Int32Array
  readonly labels?: Float64Array
  readonly trust?: Trust
  readonly clusters?: Int32Array
  readonly colorBy: 'cluster' | 'frequency' | 'table'
  readonly table?: Extract<ColorBy, { kind: 'table' }>
  readonly selected?: Selected
  readonly analogy?: Analogy
  readonly other?: Other
  /** What is being worked at, and how far it is. */
  readonly work?: { readonly doing: string; readonly part: number; readonly canStop: boolean }
  readonly failure?: string
}

export interface Selected {
  readonly id: number
  readonly near: Near
  readonly shift?: WordShift
}

/** a : b :: c : the first of the answers. */
export interface Analogy {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly answers: Near
}

export interface Other extends OpenedOther {
  readonly places?: Positions
  readonly source: VectorSource
}

/** A word's true neighbours are looked for among so many words that stand nearest to it. */
export const NEAR_IN_PICTURE = 50
export const NEIGHBORS = 10

/** So many words of a file are taken unless the reader wants more. */
const MOST_AT_FIRST = 100_000

/** The same, or all that the page was served with, if their number was chosen. */
export function firstLimit(): number {
  const mark = document.querySelector<HTMLMetaElement>('meta[name="wordloom-vectors"]')
  return Math.max(MOST_AT_FIRST, Number(mark?.dataset.words ?? 0))
}

export const FIRST: MapState = { picture: 'pca', mapped: 5000, colorBy: 'cluster' }

/** The places to be drawn, and how many words have one. */
export function placesOf(state: MapState): { positions: Positions; drawn: number } | undefined {
  const { passing, picture, layout, flat, words } = state
  if (!words) return undefined
  if (passing) return { positions: passing, drawn: passing.x.length }
  const positions = picture === 'umap' && layout ? layout : flat
  return positions && { positions, drawn: words.size }
}

export function colorByOf({ colorBy, clusters, table, naming }: MapState): ColorBy {
  if (colorBy === 'cluster' && clusters && naming) return { kind: 'cluster', clusters, naming }
  if (colorBy === 'table' && table) return table
  return { kind: 'frequency' }
}
