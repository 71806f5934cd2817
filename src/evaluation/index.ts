import { WordloomError } from '../errors.js'
import { type AnalogyMethod, checkMethod } from '../vectors/methods.js'
import type { WordVectors } from '../vectors/word-vectors.js'
import { type AnalogyResult, evaluateAnalogies, parseAnalogies } from './analogies.js'
import { type FileLine, lineError, readLines, shown } from './lines.js'
import { evaluateSimilarity, fieldsOf, parsePairs, type SimilarityResult } from './similarity.js'

export {
  type AnalogyEvaluationOptions,
  type AnalogyResult,
  type AnalogyScore,
  type AnalogySection,
  evaluateAnalogies,
  type SectionScore,
} from './analogies.js'
export {
  evaluateSimilarity,
  type SimilarityOptions,
  type SimilarityResult,
  type WordPair,
} from './similarity.js'

export interface EvaluationOptions {
  /** Only the `limit` most frequent words take part: 30,000 for analogies, all for pairs, if not given. */
  limit?: number
  /** Whether words that differ only in case are one (default). */
  caseFolding?: boolean
  /** How analogies are answered: `add` (3CosAdd, default) or `multiply` (3CosMul). */
  method?: AnalogyMethod
}

/** What a question file came to; `kind` tells which of the two. */
export type EvaluationResult = ({ file: string } & AnalogyResult) | ({ file: string } & SimilarityResult)

/**
 * Asks word vectors the questions of a file, whose content tells whether it has analogies (four words a line)
 * or pairs of words with a score. Throws `no-input`, `bad-data` (with the line) and `usage`.
 */
export async function evaluate(
  vectors: WordVectors,
  path: string,
  options: EvaluationOptions = {},
): Promise<EvaluationResult> {
  checkOptions(options)
  const lines = await readLines(path)
  if (kindOf(path, lines[0]!) === 'analogies')
    return { file: path, ...evaluateAnalogies(vectors, parseAnalogies(path, lines), options) }
  return { file: path, ...evaluateSimilarity(vectors, parsePairs(path, lines), options) }
}

function kindOf(path: string, first: FileLine): EvaluationResult['kind'] {
  if (first.text.startsWith(':')) return 'analogies'
  if (fieldsOf(first.text).length === 3) return 'similarity'
  if (first.text.split(/[ \t]+/).length === 4) return 'analogies'
  throw lineError(
    path,
    first,
    `${shown(first.text)} begins neither analogies (": section", or four words) nor pairs (two words and a score)`,
  )
}

function checkOptions({ limit, method }: EvaluationOptions): void {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1))
    throw new WordloomError('usage', `limit must be a whole number from 1, not ${String(limit)}`)
  if (method !== undefined) checkMethod(method)
}
