import { QUERIES_AT_ONCE, ROWS_AT_ONCE } from '../math/search.js'
import { type AnalogyMethod, threeCosMul } from '../vectors/methods.js'
import type { WordVectors } from '../vectors/word-vectors.js'

/** Numbers of the four words a, b, c, d. */
export type Question = readonly [a: number, b: number, c: number, d: number]

/** Cosines kept at a time: 4 MB, so that all questions find them in the cache. */
const COSINES_KEPT = 1 << 20

/**
 * Which questions are answered rightly. Both methods need nothing but the cosines of all rows to a, b and c,
 * and questions share their few words: so the kernel scores each word once for a block of rows, and then every
 * question goes through the block.
 */
export function answerAll(
  vectors: WordVectors,
  questions: readonly Question[],
  { ids, numbers }: { ids: Int32Array; numbers: Int32Array },
  method: AnalogyMethod,
): boolean[] {
  const words = [...new Set(questions.flat())]
  const places = new Map(words.map((word, place) => [word, place]))
  const directions = words.map(word => vectors.search.direction(ids[word]!))
  const block = Math.max(64, Math.min(ROWS_AT_ONCE, Math.floor(COSINES_KEPT / Math.max(1, words.length))))
  const cosines = new Float32Array(words.length * block)
  const best = questions.map((): Best => ({ score: Number.NEGATIVE_INFINITY, number: -1 }))
  const improve = method === 'add' ? improveByAdding : improveByMultiplying
  for (let first = 0; first < numbers.length; first += block) {
    const rows = numbers.subarray(first, first + block)
    fillCosines(vectors, directions, first, rows.length, cosines, block)
    questions.forEach((question, i) => {
      const [a, b, c] = question.map(word => cosinesOf(cosines, places.get(word)!, block, rows.length))
      improve(best[i]!, question, [a!, b!, c!], rows)
    })
  }
  return questions.map((question, i) => best[i]!.number === question[3])
}

/** The best answer so far: its score, and its number or −1 where no question has that word. */
interface Best {
  score: number
  number: number
}

type Cosines = readonly [toA: Float32Array, toB: Float32Array, toC: Float32Array]

function fillCosines(
  vectors: WordVectors,
  directions: readonly Float32Array[],
  first: number,
  count: number,
  cosines: Float32Array,
  block: number,
): void {
  for (let word = 0; word < directions.length; word += QUERIES_AT_ONCE) {
    const scores = vectors.search.score(directions.slice(word, word + QUERIES_AT_ONCE), first, first + count)
    for (const [q, ofWord] of scores.entries()) cosines.set(ofWord, (word + q) * block)
  }
}

function cosinesOf(cosines: Float32Array, place: number, block: number, count: number): Float32Array {
  return cosines.subarray(place * block, place * block + count)
}

/** 3CosAdd. Whether a row is one of the question's own words is asked only where it would win. */
function improveByAdding(best: Best, question: Question, [toA, toB, toC]: Cosines, rows: Int32Array): void {
  for (let i = 0; i < rows.length; i++) {
    const score = toB[i]! - toA[i]! + toC[i]!
    if (score > best.score && mayAnswer(question, rows[i]!)) take(best, score, rows[i]!)
  }
}

/** 3CosMul. */
function improveByMultiplying(
  best: Best,
  question: Question,
  [toA, toB, toC]: Cosines,
  rows: Int32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const score = threeCosMul(toA[i]!, toB[i]!, toC[i]!)
    if (score > best.score && mayAnswer(question, rows[i]!)) take(best, score, rows[i]!)
  }
}

function mayAnswer([a, b, c]: Question, number: number): boolean {
  return number === -1 || (number !== a && number !== b && number !== c)
}

function take(best: Best, score: number, number: number): void {
  best.score = score
  best.number = number
}
