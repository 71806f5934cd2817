import { ROWS_AT_ONCE, scanBlocks } from '../scan/index.js'
import type { AnalogyMethod, WordVectors } from '../vectors/index.js'
import { directionOf, threeCosMul } from '../vectors/inner.js'
import type { FoundWords } from './wanted-words.js'

/** Numbers of the words a, b, c, and of those that may be d. */
export type Question = readonly [a: number, b: number, c: number, d: number, ...others: number[]]

/** Whether a right word is the best but a, b and c, and whether it is the best of all. */
export interface AnalogyAnswer {
  right: boolean
  rightUnexcluded: boolean
  /** Whether a, b or c is a word whose vector is made from its sub-words. */
  bySubwords: boolean
}

/** Cosines kept at a time: 4 MB, so that all questions find them in the cache. */
const COSINES_KEPT = 1 << 20

/**
 * How the questions are answered. Both methods need nothing but the cosines of all rows to a, b and c,
 * and questions share their few words: so the kernel scores each word once for a block of rows, and then every
 * question goes through the block.
 */
export function answerAll(
  vectors: WordVectors,
  questions: readonly Question[],
  { ids, classes, rowClasses, made }: FoundWords,
  method: AnalogyMethod,
): AnalogyAnswer[] {
  const words = [...new Set(questions.flatMap(question => question.slice(0, 3)))]
  const places = new Map(words.map((word, place) => [word, place]))
  const directions = words.map(word => {
    const vector = made.get(word)
    return vector
      ? directionOf([{ vector, weight: 1 }], vectors.dimensions)
      : vectors.search.direction(ids[word]!)
  })
  const block = Math.max(64, Math.min(ROWS_AT_ONCE, Math.floor(COSINES_KEPT / Math.max(1, words.length))))
  const cosines = new Float32Array(words.length * block)
  const best = questions.map(question => new Best(question.map(word => classes[word]!)))
  const improve = method === 'add' ? improveByAdding : improveByMultiplying
  for (let first = 0; first < rowClasses.length; first += block) {
    const rows = rowClasses.subarray(first, first + block)
    fillCosines(vectors, directions, first, rows.length, cosines, block)
    questions.forEach((question, i) => {
      const [a, b, c] = question
        .slice(0, 3)
        .map(word => cosinesOf(cosines, places.get(word)!, block, rows.length))
      improve(best[i]!, [a!, b!, c!], rows)
    })
  }
  return best.map(({ right, rightUnexcluded }, i) => ({
    right,
    rightUnexcluded,
    bySubwords: questions[i]!.slice(0, 3).some(word => made.has(word)),
  }))
}

/** The best answer so far to a question, as its score and whether its word is the right one. */
class Best {
  score = Number.NEGATIVE_INFINITY
  right = false
  /** The same where a, b and c are answers like others; never a lower score. */
  scoreUnexcluded = Number.NEGATIVE_INFINITY
  rightUnexcluded = false
  readonly #given: readonly number[]
  readonly #expected: readonly number[]

  /** Takes the classes of a, b, c, and of those that may be d. */
  constructor(classes: readonly number[]) {
    this.#given = classes.slice(0, 3)
    this.#expected = classes.slice(3)
  }

  /** Takes a score above `score`. Whether a row is one of the question's own words is asked only here. */
  take(score: number, ofRow: number): void {
    if (score > this.scoreUnexcluded) {
      this.scoreUnexcluded = score
      this.rightUnexcluded = this.#expected.includes(ofRow)
    }
    if (this.#given.includes(ofRow)) return
    this.score = score
    this.right = this.#expected.includes(ofRow)
  }
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
  scanBlocks(vectors.search, directions, { from: first, to: first + count }, (scores, row, word) => {
    for (const [q, ofWord] of scores.entries()) cosines.set(ofWord, (word + q) * block + row - first)
  })
}

function cosinesOf(cosines: Float32Array, place: number, block: number, count: number): Float32Array {
  return cosines.subarray(place * block, place * block + count)
}

/** 3CosAdd. */
function improveByAdding(best: Best, [toA, toB, toC]: Cosines, rows: Int32Array): void {
  for (let i = 0; i < rows.length; i++) {
    const score = toB[i]! - toA[i]! + toC[i]!
    if (score > best.score) best.take(score, rows[i]!)
  }
}

/** 3CosMul. */
function improveByMultiplying(best: Best, [toA, toB, toC]: Cosines, rows: Int32Array): void {
  for (let i = 0; i < rows.length; i++) {
    const score = threeCosMul(toA[i]!, toB[i]!, toC[i]!)
    if (score > best.score) best.take(score, rows[i]!)
  }
}
