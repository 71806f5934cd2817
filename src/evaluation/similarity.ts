import { sampleCorrelation, sampleRankCorrelation } from 'simple-statistics'
import { WordloomError } from '../errors.js'
import { row } from '../math/matrix.js'
import { cosine } from '../math/vector.js'
import type { WordVectors } from '../vectors/word-vectors.js'
import { type FileLine, lineError, shown } from './lines.js'
import { WantedWords } from './wanted-words.js'

/** Two words and how alike people find them, on any scale. */
export interface WordPair {
  a: string
  b: string
  score: number
}

export interface SimilarityOptions {
  /** Only the `limit` most frequent words take part; all of them if not given. */
  limit?: number
  /** Whether words that differ only in case are one (default). */
  caseFolding?: boolean
}

export interface SimilarityResult {
  kind: 'similarity'
  /** Words that took part. */
  limit: number
  caseFolding: boolean
  pairs: number
  /** Pairs with both words known; the correlations are over these. */
  covered: number
  uncovered: number
  /** Rank correlation of cosines and scores, ties at their mean rank; null where it is not defined. */
  spearman: number | null
  /** Linear correlation; null where it is not defined. */
  pearson: number | null
}

/** Pairs from lines of two words and a score, parted by tabs, commas or spaces. Throws `bad-data` with the line. */
export function parsePairs(path: string, lines: readonly FileLine[]): WordPair[] {
  const pairs: WordPair[] = []
  for (const [i, line] of lines.entries()) {
    const fields = fieldsOf(line.text)
    if (fields.length !== 3 || fields.includes(''))
      throw lineError(
        path,
        line,
        `${shown(line.text)} has ${fields.length} fields; two words and a score are expected`,
      )
    const [a, b, score] = fields as [string, string, string]
    if (isNumber(score)) pairs.push({ a, b, score: Number(score) })
    else if (i > 0) throw lineError(path, line, `the score ${shown(score)} is not a number`) // else column names
  }
  if (pairs.length === 0) throw new WordloomError('bad-data', `${path}: there is no pair of words in it`)
  return pairs
}

/** Fields of a line: between tabs if it has one, else between commas if it has one, else between spaces. */
export function fieldsOf(text: string): string[] {
  const separator = text.includes('\t') ? '\t' : text.includes(',') ? ',' : / +/
  return text.split(separator).map(field => field.trim())
}

/** How well cosines order pairs of words as people do. */
export function evaluateSimilarity(
  vectors: WordVectors,
  pairs: readonly WordPair[],
  { limit = vectors.size, caseFolding = true }: SimilarityOptions = {},
): SimilarityResult {
  const among = Math.min(limit, vectors.size)
  const wanted = new WantedWords(caseFolding)
  const asked = pairs.map(({ a, b, score }) => ({ a: wanted.add(a), b: wanted.add(b), score }))
  const { ids } = wanted.find(vectors.vocabulary, among)
  const covered = asked.filter(({ a, b }) => ids[a]! >= 0 && ids[b]! >= 0)
  const vector = (word: number) => row(vectors.matrix, ids[word]!)
  const scores = covered.map(pair => pair.score)
  const cosines = covered.map(({ a, b }) => cosine(vector(a), vector(b)))
  return {
    kind: 'similarity',
    limit: among,
    caseFolding,
    pairs: pairs.length,
    covered: covered.length,
    uncovered: pairs.length - covered.length,
    spearman: definedOnly(sampleRankCorrelation, scores, cosines),
    pearson: definedOnly(sampleCorrelation, scores, cosines),
  }
}

function isNumber(field: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(field) && Number.isFinite(Number(field))
}

function definedOnly(
  correlation: (x: number[], y: number[]) => number,
  x: number[],
  y: number[],
): number | null {
  if (x.length < 2) return null
  const value = correlation(x, y)
  return Number.isFinite(value) ? value : null
}
