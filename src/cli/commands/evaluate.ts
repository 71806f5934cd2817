import { option, say, WordloomError } from '../../errors.js'
import {
  type EvaluationOptions,
  type EvaluationResult,
  evaluate as evaluateOn,
  evaluatePaired,
  evaluationOptionTable,
  findQuestionFiles,
  type PairedResult,
} from '../../evaluation/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { vectorsInput } from '../flags/inputs.js'
import { isPostProcessed, postProcessed, postProcessingFlags } from '../flags/post-processing.js'
import { evaluationTable } from '../tables/evaluation-table.js'
import { pairedTable } from '../tables/paired-table.js'
import { grouped } from '../terminal/figures.js'
import { warn } from '../terminal/terminal.js'
import { chosen, type FlagsOf } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

const { caseFolding: _, ...options } = evaluationOptionTable

const flags = {
  ...options,
  caseSensitive: {
    kind: 'flag',
    default: false,
    help: 'keep words apart that differ only in case; without it they are one',
  },
  sections: { kind: 'flag', default: false, help: 'a line for each section of analogies' },
  against: {
    kind: 'file',
    use: 'read',
    placeholder: '<vectors>',
    help: 'other vectors to compare with, question by question',
  },
  ...postProcessingFlags,
} as const

type EvaluateFlags = FlagsOf<typeof flags>

export const evaluate = verb({
  name: 'evaluate',
  summary: 'score vectors on analogies and word pairs',
  description:
    'Asks vectors what people were asked. Analogies (four words a line, ": section" lines) count as ' +
    'right when the nearest word but the question’s own is the right one ("all words": when it is the ' +
    'nearest of all). Word pairs with a score of likeness give correlations with the cosines: of ranks ' +
    '(Spearman) and of values (Pearson). "95 %" are the bounds for 95 of 100 draws of as many questions. ' +
    'Questions with unknown words are uncovered.',
  examples: [
    ['wordloom evaluate vectors.bin questions-words.txt --sections', 'analogies'],
    ['wordloom evaluate vectors.bin wordsim353.tsv simlex999.txt', 'word pairs'],
    ['wordloom evaluate vectors.bin sets/', 'all that is in a folder'],
    ['wordloom evaluate new.bin sets/ --against old.bin', 'better or worse?'],
    ['wordloom evaluate vectors.bin sets/ --all-but-the-top 2', 'before and after'],
  ],
  inputs: {
    vectors: vectorsInput,
    set: {
      many: true,
      file: 'read',
      help: 'analogies or word pairs (their content tells which), or folders of them',
    },
  },
  flags,
  plan(_, flags) {
    const isCompared = isPostProcessed(flags) || flags.against !== undefined
    const idle = (['baseline', 'sections'] as const).find(name => flags[name])
    if (isCompared && idle !== undefined)
      throw new WordloomError('usage', {
        found: say`${option(idle)} has no effect on a comparison`,
        cure: say`leave ${option(idle)} out, or score each of the two alone`,
      })
    if (!isPostProcessed(flags) || flags.against === undefined) return {}
    throw new WordloomError('usage', {
      found: say`${option('against')} and post-processing are two comparisons`,
      cure: 'give one of them',
    })
  },
  async run({ vectors: path, set: sets }, flags) {
    const vectors = await openVectors(path)
    const { files, leftOut } = await findQuestionFiles(sets)
    for (const { reason } of leftOut) warn(`left out: ${reason}`)
    if (flags.against !== undefined)
      return compared(await openVectors(flags.against), vectors, files, flags, ['against', 'score'])
    if (isPostProcessed(flags))
      return compared(vectors, postProcessed(vectors, flags), files, flags, ['before', 'after'])
    return scored(vectors, files, flags)
  },
})

async function scored(vectors: WordVectors, files: readonly string[], flags: EvaluateFlags): Promise<Answer> {
  const results: EvaluationResult[] = []
  for (const file of files) results.push(await evaluateOn(vectors, file, optionsOf(flags)))
  for (const result of results) tellColumns(result)
  tellOfSubwords(vectors, results, flags)
  return { json: results, text: () => evaluationTable(results, Boolean(flags.sections)) }
}

function tellColumns(result: EvaluationResult | PairedResult): void {
  if (!('columns' in result) || !result.columns) return
  const { words, score, count } = result.columns
  warn(
    `${result.file}: of ${count} columns, ${words.join(' and ')} are taken for the words and ${score} for the score`,
  )
}

/** Words that the vocabulary lacks may have vectors all the same. */
function tellOfSubwords(
  vectors: WordVectors,
  results: readonly EvaluationResult[],
  { unknown }: EvaluateFlags,
): void {
  const uncovered = results.reduce(
    (sum, result) => sum + (result.kind === 'similarity' ? result.uncovered : result.total.uncovered),
    0,
  )
  if (unknown !== undefined || uncovered === 0 || !vectors.subwords) return
  const count = uncovered === 1 ? '1 question has' : `${grouped(uncovered)} questions have`
  warn(`${count} unknown words; --unknown subwords asks for vectors made of their parts`)
}

async function compared(
  before: WordVectors,
  after: WordVectors,
  files: readonly string[],
  flags: EvaluateFlags,
  titles: readonly [string, string],
): Promise<Answer> {
  const results: PairedResult[] = []
  for (const file of files) results.push(await evaluatePaired(before, after, file, optionsOf(flags)))
  for (const result of results) tellColumns(result)
  return { json: results, text: () => pairedTable(results, titles) }
}

function optionsOf(flags: EvaluateFlags): EvaluationOptions {
  return { ...chosen(options, flags), caseFolding: !flags.caseSensitive }
}
