import { type Fault, say, WordloomError } from '../errors.js'
import { findFiles } from '../files/index.js'
import { checkArray, checkGiven, checkNames } from '../options/index.js'
import type { WordVectors } from '../vectors/index.js'
import { checkVectors } from '../vectors/inner.js'
import { type AnalogyResult, evaluateAnalogies } from './analogies.js'
import { readQuestions } from './questions.js'
import { type EvaluationOptions, evaluationOptionTable } from './settings.js'
import { evaluateSimilarity, type SimilarityResult } from './similarity.js'
import type { PairColumns } from './word-pairs.js'

/** The result of a question file; `kind` tells which of the two, `columns` which were taken of more than three. */
export type EvaluationResult =
  | ({ file: string } & AnalogyResult)
  | ({ file: string; columns?: PairColumns } & SimilarityResult)

/**
 * Asks word vectors the questions of a file, whose content tells whether it has analogies (four words a line, or pairs as
 * in BATS) or pairs of words with a score, among other columns or not. Throws `no-input`, `bad-data` (with the line) and `usage`.
 */
export async function evaluate(
  vectors: WordVectors,
  path: string,
  options: EvaluationOptions = {},
): Promise<EvaluationResult> {
  checkNames(evaluationOptionTable, options, [], 'evaluate')
  checkVectors(vectors, 'evaluate')
  checkGiven(evaluationOptionTable, options, 'evaluate') // before the file is touched
  const questions = await readQuestions(path)
  if (questions.kind === 'analogies')
    return { file: path, ...evaluateAnalogies(vectors, questions.sections, options) }
  const { pairs, columns } = questions
  return { file: path, ...evaluateSimilarity(vectors, pairs, options), ...(columns && { columns }) }
}

/** Question files, and the other files of their folders, each with the reason why it is not one. */
export interface QuestionFiles {
  files: string[]
  leftOut: { file: string; reason: string }[]
}

/**
 * The question files that paths, globs and folders stand for. A file that is named must be one; in a folder
 * others are left out. Throws `no-input` if a path stands for nothing.
 */
export async function findQuestionFiles(paths: readonly string[]): Promise<QuestionFiles> {
  checkArray(paths, 'paths', 'an array of paths', 'find questions')
  const found: QuestionFiles = { files: [], leftOut: [] }
  let first: Fault | undefined
  for (const path of paths)
    for (const { path: file } of await findFiles(path)) {
      const refusal = file === path ? undefined : await whyNone(file)
      if (refusal === undefined) found.files.push(file)
      else found.leftOut.push({ file, reason: refusal.message })
      first ??= refusal?.fault
    }
  if (found.files.length === 0)
    throw new WordloomError('no-input', {
      place: { file: paths.join(', ') },
      found: say`there is no file with analogies or word pairs (${first ? say`in ${first.place?.file ?? ''}, ${first.found}` : 'there is no file at all'})`,
    })
  return found
}

async function whyNone(file: string): Promise<WordloomError | undefined> {
  try {
    await readQuestions(file)
    return undefined
  } catch (error) {
    if (error instanceof WordloomError && error.code === 'bad-data') return error
    throw error
  }
}
