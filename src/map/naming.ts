import { companyOf, isWordLike } from './choose-words.js'
import { centeredRows, dot, meanOf, similaritiesOf, unit } from './neighbors.js'

/** Words and their directions, the most frequent word first. */
export interface NamedWords {
  readonly size: number
  word(id: number): string
  /** At length 1; all zeros if the word has no direction. */
  direction(id: number): Float32Array
}

/** Among so many of the most frequent words function words are looked for; all with all, they are compared. */
const JUDGED = 1500
/** With fewer words a company is everybody. */
const FEWEST_JUDGED = 60
const COMPANY = 20
/** This share of the words has too thin a company to tell something, and this share stands too near to the mean. */
const THIN = 0.4
const COMMON = 0.4

/**
 * The ids of all words in the order in which a map names them: by frequency, but words that tell little come so many
 * places later as words are judged. A word tells little if it has fewer than three letters, keeps no close company,
 * or lies near the mean of all vectors, as function words do in any language. The same words give the same order.
 */
export function namingOrder(words: NamedWords): Int32Array {
  const { size } = words
  const isTelling = tellingWords(words)
  const later = Math.min(size, JUDGED)
  const place = (id: number) => (id < JUDGED && !isTelling.has(id) ? id + later : id)
  return Int32Array.from({ length: size }, (_, id) => id).sort((a, b) => place(a) - place(b) || a - b)
}

function tellingWords({ size, word, direction }: NamedWords): Set<number> {
  const ids = Array.from({ length: Math.min(size, JUDGED) }, (_, id) => id).filter(id => isWordLike(word(id)))
  if (ids.length < FEWEST_JUDGED) return new Set(ids)
  const rows = ids.map(direction)
  const mean = unit(meanOf(rows))
  const similarities = similaritiesOf(centeredRows(rows))
  const everyone = [...ids.keys()]
  const company = everyone.map(index => companyOf(similarities, index, everyone, COMPANY))
  const commonness = rows.map(row => dot(row, mean))
  const [thin, common] = [quantile(company, THIN), quantile(commonness, 1 - COMMON)]
  return new Set(ids.filter((_, index) => company[index]! >= thin && commonness[index]! <= common))
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(part * values.length)]!
}
