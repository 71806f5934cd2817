import { option, say, WordloomError } from '../errors.js'
import { checkNames, choice, completed, integer, type OptionTable } from '../options/index.js'
import { checkVectors } from '../vectors/inner.js'
import { FRAME } from './arrange.js'
import type { MappedVectors } from './choose-words.js'
import { type MapColor, type MapWord, mapWords } from './map-words.js'
import { type MapPage, page } from './page.js'
import { PAGE_COLORS } from './palette.js'
import { drawSvg } from './picture.js'
import { type Projection, projections } from './project.js'
import { type Trust, trustSentence } from './trustworthiness.js'

const PAPER = '#fbfaf6'
const INK = '#5f616b'

/** What a map says and shows. */
export interface MapOptions {
  /** The page's heading. */
  readonly title?: string
  /** One line below it: what was learned from, how many dimensions, epochs. */
  readonly subtitle?: string
  /** Layout: umap: near words stay near; pca: the two main axes. One of pca, umap; default 'umap'. */
  readonly projection?: Projection
  /** What colors mean; `cluster`, groups of near words, unless given. */
  readonly color?: MapColor
  /** Words that are written; the others are dots. A whole number from 0 up; default as many as have room. */
  readonly labels?: number
  /**
   * Words that are drawn. A whole number from 1 to 2,000; default 300.
   *
   * Fewer are drawn if fewer are worth it.
   */
  readonly words?: number
  /** Start of every random draw. A whole number from 0 up; default 1. */
  readonly seed?: number
  /** Words that are drawn whatever they are, in bold. */
  readonly highlight?: readonly string[]
}

/** More would be neither read nor moved apart in reasonable time; the studio shows all. */
const MOST_WORDS = 2000

/** Every option of a map, but for texts, colors and words: types, defaults, ranges, flags and help. */
export const mapOptionTable = {
  projection: choice('umap', projections, 'layout: umap: near words stay near; pca: the two main axes'),
  words: integer(300, 1, MOST_WORDS, 'words that are drawn'),
  labels: integer(undefined, 0, Number.MAX_SAFE_INTEGER, 'words that are written; the others are dots', {
    otherwise: 'as many as have room',
  }),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of every random draw'),
} as const satisfies OptionTable<Exclude<keyof MapOptions, 'title' | 'subtitle' | 'color' | 'highlight'>>

/** A map that has been laid out, to be drawn in one form or the other. */
export interface WordMap {
  /** How many words it has. */
  readonly size: number
  /** How far its places can be believed; undefined if there are too few words to tell. */
  readonly trust: Trust | undefined
  /** One HTML file that needs no network. */
  html(): string
  /** One SVG file, by day, with what the map says and its trustworthiness below. */
  svg(): string
}

/**
 * A picture of word vectors: near words near each other, each with its true nearest neighbors among the words drawn.
 * The same vectors and options give the same bytes on one version of Node. Throws `usage` for numbers of words that
 * cannot be, `bad-data` if there are no words, `unknown-word` for a highlighted word that the vocabulary lacks.
 */
export function layOutMap(vectors: MappedVectors, options: MapOptions = {}): WordMap {
  checkNames(mapOptionTable, options, ['title', 'subtitle', 'color', 'highlight'], 'draw a map')
  checkVectors(vectors, 'draw a map')
  const { projection, words: count, labels = count, seed } = completed(mapOptionTable, options, 'draw a map')
  const { title = 'A map of words', color = 'cluster', highlight = [] } = options
  if (vectors.vocabulary.size === 0) throw noWords()
  const { words, trust } = mapWords(vectors, { count, highlight, seed, projection, color, labels })
  const subtitle = options.subtitle ?? subtitleOf(vectors, words.length)
  const content = { title, subtitle, dimensions: vectors.dimensions, words, trust }
  return { size: words.length, trust, html: () => page(content), svg: () => svgOf(content) }
}

/** `layOutMap` as one HTML file. */
export function drawMap(vectors: MappedVectors, options: MapOptions = {}): string {
  return layOutMap(vectors, options).html()
}

function svgOf({ title, subtitle, words, trust }: MapPage): string {
  const colors = PAGE_COLORS.of('day')
  const isWritten = ({ labelScale }: MapWord) => labelScale <= 1
  return drawSvg({
    ...FRAME,
    title,
    background: PAPER,
    ink: INK,
    notes: [`${title}. ${subtitle}.`, ...(trust ? [`${trustSentence(trust)}.`] : [])],
    lines: [],
    dots: words
      .filter(word => !isWritten(word))
      .map(({ x, y, color }) => ({ x, y, radius: 2.5, color: colors[color]!, opacity: 0.6 }))
      .reverse(),
    labels: words.filter(isWritten).map(({ x, y, text, fontSize, color, highlighted }) => ({
      x,
      y,
      text,
      size: fontSize,
      color: colors[color]!,
      isBold: highlighted,
    })),
  })
}

function noWords(): WordloomError {
  return new WordloomError('bad-data', {
    action: 'draw a map',
    found: 'these vectors have no words',
    cure: say`train on more text, or lower ${option('minCount')}`,
  })
}

function subtitleOf({ vocabulary, dimensions }: MappedVectors, drawn: number): string {
  return `${drawn.toLocaleString('en')} of ${vocabulary.size.toLocaleString('en')} words, ${dimensions} dimensions`
}
