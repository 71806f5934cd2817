import type { TestCase } from 'wordloom/solution'
import type { WordVectors } from 'wordloom/vectors'
import { keyOf, Random } from '#math/random'

/** What lies under the microscope: a sentence, and two vectors for each word of a small vocabulary. */
export interface Specimen {
  /** The vocabulary, a row of V and U each. */
  readonly words: readonly string[]
  /** The sentence as rows. */
  readonly sentence: readonly number[]
  /** V and U, |V|×d. */
  readonly inputVectors: readonly Float64Array[]
  readonly outputVectors: readonly Float64Array[]
  /** Where to look first. */
  readonly position: number
  readonly reach: number
  readonly looking: number
  /** The negatives of each outside word, where the specimen brings its own. */
  readonly negatives?: readonly (readonly number[])[]
  /** What to know about it, in sentences. */
  readonly notes: readonly string[]
}

/** Firth, 1957: "You shall know a word by the company it keeps". */
export const FIRST_SENTENCE = 'You shall know a word by the company it keeps'
export const FIRST_DIMENSIONS = 5

const LONGEST = 40
const SEED = 1957
/** No other use of chance has it; see Purpose in the package's random numbers. */
const START_VECTORS = 40
/** So many words at least are taken from a file, so that there is noise to draw from. */
const FEWEST_FROM_FILE = 12

/** A sentence with random vectors of two decimals, so that what is read is the whole number. */
export function randomSpecimen(text: string, dimensions: number): Specimen {
  const { words, sentence, notes } = wordsOf(text)
  if (words.length === 0) throw new Error('There are no words in this sentence; type some')
  if (words.length < 3) for (const word of ['the', 'and', 'of']) if (!words.includes(word)) words.push(word)
  return {
    words,
    sentence,
    inputVectors: randomRows(words.length, dimensions, 0),
    outputVectors: randomRows(words.length, dimensions, 1),
    ...firstLook(text === FIRST_SENTENCE ? sentence.length - 3 : middleOf(sentence), sentence.length),
    notes,
  }
}

/** The words of a sentence, and the most frequent words of the file, with the file's vectors. */
export function loadedSpecimen(text: string, vectors: WordVectors, name: string): Specimen {
  const spoken = tokensOf(text).map(token => (vectors.has(token) ? token : token.toLowerCase()))
  const known = spoken.filter(word => vectors.has(word)).slice(0, LONGEST)
  const unknown = [...new Set(spoken.filter(word => !vectors.has(word)))]
  const frequent = Array.from({ length: Math.min(FEWEST_FROM_FILE, vectors.size) }, (_, id) =>
    vectors.vocabulary.word(id),
  )
  const sentenceWords = known.length >= 2 ? known : frequent.slice(0, 6)
  const words = [...new Set([...sentenceWords, ...frequent])]
  words.length = Math.min(words.length, Math.max(FEWEST_FROM_FILE, new Set(sentenceWords).size))
  const sentence = sentenceWords.map(word => words.indexOf(word))
  return {
    words,
    sentence,
    inputVectors: words.map(word => Float64Array.from(vectors.vector(word)!)),
    outputVectors: words.map(word => outputVector(vectors, word)),
    ...firstLook(middleOf(sentence), sentence.length),
    notes: [
      `${name}: ${words.length} of its ${vectors.size} words are under the microscope, with all ${vectors.dimensions} dimensions.`,
      ...(vectors.outputVectors
        ? []
        : ['The file keeps no output vectors, so its input vectors stand in for them.']),
      ...(unknown.length > 0 ? [`Not in the file, so left out: ${unknown.join(', ')}.`] : []),
      ...(known.length < 2
        ? ['Too few words of the sentence are in the file; its most frequent words stand here.']
        : []),
    ],
  }
}

/** A case of a file of test vectors: its outside words stand around its center word. */
export function caseSpecimen({ name, center, outside, negatives, V, U }: TestCase): Specimen {
  const before = Math.ceil(outside.length / 2)
  return {
    words: U.map((_, word) => (U.length <= 26 ? String.fromCharCode(97 + word) : `w${word}`)),
    sentence: [...outside.slice(0, before), center, ...outside.slice(before)],
    // A file may have the center word's vector alone.
    inputVectors: U.map((row, word) => V[word] ?? new Float64Array(row.length)),
    outputVectors: U,
    position: before,
    reach: before,
    looking: 0,
    ...(negatives && { negatives }),
    notes: [`Test vectors, case “${name}”: words are named by their rows.`],
  }
}

function wordsOf(text: string) {
  const tokens = tokensOf(text).map(token => token.toLowerCase())
  const notes = tokens.length > LONGEST ? [`The sentence is cut after ${LONGEST} words.`] : []
  const kept = tokens.slice(0, LONGEST)
  const words = [...new Set(kept)]
  return { words, sentence: kept.map(token => words.indexOf(token)), notes }
}

/** Letters and digits, with what joins them within a word. */
export function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+(?:['’_-][\p{L}\p{N}]+)*/gu) ?? []
}

function randomRows(rows: number, columns: number, matrix: number): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const random = new Random(keyOf(SEED, START_VECTORS, matrix), row)
    return Float64Array.from({ length: columns }, () => (random.below(241) - 120) / 100)
  })
}

function outputVector(vectors: WordVectors, word: string): Float64Array {
  const matrix = vectors.outputVectors ?? vectors.matrix
  const start = vectors.vocabulary.idOf(word)! * matrix.stride
  return Float64Array.from(matrix.data.subarray(start, start + matrix.columns))
}

function middleOf(sentence: readonly number[]): number {
  return Math.floor(sentence.length / 2)
}

/** A window of two words to each side, and its last neighbour. */
function firstLook(position: number, length: number) {
  const reach = 2
  return { position, reach, looking: Math.min(position, reach) + Math.min(length - 1 - position, reach) - 1 }
}
