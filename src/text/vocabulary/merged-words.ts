import {
  type CountedWords,
  type OrderedWords,
  orderWords,
  type Vocabulary,
  type VocabularyLimits,
} from './vocabulary.js'
import { WordTable } from './word-table.js'

/** Which words a text is numbered by. */
export interface NumberingLimits extends VocabularyLimits {
  /** Words that are kept whatever their counts in the text; minCount and maxWords choose among the others. */
  readonly known?: Vocabulary | undefined
}

export interface NumberedWords extends OrderedWords {
  /** By id, how often the text has the word, if counts of known words are in the vocabulary too. */
  readonly textCounts?: Float64Array
}

/** Words of a text in the order of a vocabulary: by their counts here, to which those of known words are added. */
export function numberWords(words: CountedWords, limits: NumberingLimits): NumberedWords {
  return limits.known ? mergeWords(words, limits.known, limits) : orderWords(words, limits)
}

/** The order is that of a text that holds both, so that counting in two goes or in one makes no difference. */
function mergeWords(words: CountedWords, known: Vocabulary, limits: VocabularyLimits): NumberedWords {
  const knownIds = idsIn(known, words)
  const { fresh, ...passedOver } = freshWords(words, knownIds, {
    ...limits,
    maxWords: roomBeside(known, limits),
  })
  const table = new WordTable(known.size + fresh.length)
  for (let id = 0; id < known.size; id++) table.add(known.bytes(id))
  for (const word of fresh) table.add(words.bytes, words.offsets[word]!, words.offsets[word + 1]!)

  const places = knownIds // of each word of the text in the table; −1 if it is left out
  fresh.forEach((word, i) => {
    places[word] = known.size + i
  })
  const here = new Float64Array(table.size)
  for (let word = 0; word < places.length; word++)
    if (places[word]! >= 0) here[places[word]!] = words.counts[word]!
  const counts = here.map((count, place) => count + (known.counts[place] ?? 0))

  const { vocabulary, ids } = orderWords({ ...table.arena, counts }, { minCount: 0 })
  const textCounts = new Float64Array(vocabulary.size)
  here.forEach((count, place) => {
    textCounts[ids[place]!] = count
  })
  return { vocabulary, textCounts, ...passedOver, ids: places.map(place => (place < 0 ? -1 : ids[place]!)) }
}

function idsIn(known: Vocabulary, { bytes, offsets, counts }: CountedWords): Int32Array {
  const ids = new Int32Array(counts.length)
  for (let word = 0; word < counts.length; word++)
    ids[word] = known.find(bytes, offsets[word], offsets[word + 1])
  return ids
}

/** Words that are not known and that the limits allow, the most frequent first. */
function freshWords(
  words: CountedWords,
  knownIds: Int32Array,
  limits: VocabularyLimits,
): Pick<OrderedWords, 'tooLong' | 'leftOut'> & { fresh: number[] } {
  const counts = words.counts.map((count, word) => (knownIds[word]! < 0 ? count : 0))
  const { vocabulary, ids, tooLong, leftOut } = orderWords({ ...words, counts }, { minCount: 1, ...limits })
  const fresh = new Array<number>(vocabulary.size)
  ids.forEach((id, word) => {
    if (id >= 0) fresh[id] = word
  })
  return { fresh, tooLong, leftOut }
}

function roomBeside(known: Vocabulary, { maxWords }: VocabularyLimits): number | undefined {
  return maxWords === undefined ? undefined : Math.max(0, maxWords - known.size)
}
