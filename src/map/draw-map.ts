import { WordloomError } from '../errors.js'
import type { MappedVectors } from './choose-words.js'
import { mapWords } from './map-words.js'
import { page } from './page.js'

/** What a map says and shows. */
export interface MapOptions {
  /** The page's heading. */
  readonly title?: string
  /** One line below it: what was learned from, how many dimensions, epochs. */
  readonly subtitle?: string
  /** How many words to draw, 1 to 1,000; 300 unless given. Fewer where fewer are worth drawing. */
  readonly words?: number
  /** The layout's chance; 1 unless given. */
  readonly seed?: number
  /** Words that are drawn whatever they are, in bold. */
  readonly highlight?: readonly string[]
}

const MOST_WORDS = 1000

/**
 * A picture of word vectors: one HTML file that needs no network, near words near each other, each with its true
 * nearest neighbors among the words drawn. The same vectors and options give the same bytes on one version of Node.
 * Throws `usage` for a number of words that cannot be, `bad-data` where there are no words, `unknown-word` for a
 * highlighted word that the vocabulary lacks.
 */
export function drawMap(vectors: MappedVectors, options: MapOptions = {}): string {
  const { title = 'A map of words', words = 300, seed = 1, highlight = [] } = options
  checkSizes(vectors, words)
  const drawn = mapWords(vectors, words, highlight, seed)
  const subtitle = options.subtitle ?? subtitleOf(vectors, drawn.length)
  return page({ title, subtitle, dimensions: vectors.dimensions, words: drawn })
}

function checkSizes({ vocabulary }: MappedVectors, words: number): void {
  if (!(Number.isInteger(words) && words >= 1 && words <= MOST_WORDS))
    throw new WordloomError(
      'usage',
      `a map cannot have ${words} words; ask for a whole number from 1 to ${MOST_WORDS.toLocaleString('en')}`,
    )
  if (vocabulary.size === 0)
    throw new WordloomError(
      'bad-data',
      'there is no map to draw: these vectors have no words; train on more text or with a lower min count',
    )
}

function subtitleOf({ vocabulary, dimensions }: MappedVectors, drawn: number): string {
  return `${drawn.toLocaleString('en')} of ${vocabulary.size.toLocaleString('en')} words, ${dimensions} dimensions`
}
