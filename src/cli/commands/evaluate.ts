import { type Command, Option } from 'commander'
import { type EvaluationResult, evaluate } from '../../evaluation/index.js'
import { type AnalogyMethod, analogyMethods } from '../../vectors/index.js'
import { evaluationTable } from '../evaluation-table.js'
import { openVectors } from '../open-vectors.js'
import { print, printJson } from '../terminal.js'
import { oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

interface EvaluateFlags {
  readonly limit?: number
  readonly method: AnalogyMethod
  readonly sections?: true
  readonly caseSensitive?: true
  readonly json?: true
}

export function evaluateCommand(): Command {
  return verb({
    name: 'evaluate',
    summary: 'score vectors on analogies and word pairs',
    description:
      'Asks vectors what people were asked. Analogies (four words a line, ": section" lines) count as ' +
      'correct when the nearest word is the right one. Word pairs with a score of likeness give correlations ' +
      'with the cosines: of ranks (Spearman) and of values (Pearson). Questions with unknown words are uncovered ' +
      'and left out.',
    examples: [
      ['wordloom evaluate vectors.bin questions-words.txt', 'analogies'],
      ['wordloom evaluate vectors.bin wordsim353.tsv simlex999.txt', 'word pairs'],
      ['wordloom evaluate vectors.bin questions-words.txt --sections', 'by section'],
    ],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('<set...>', 'files of analogies or word pairs; their content tells which')
    .option('--limit <n>', 'the n most frequent words only (default 30000 for analogies, else all)', positive)
    .option('--sections', 'a line for each section of analogies')
    .addOption(
      new Option('--method <name>', 'add (3CosAdd) or multiply (3CosMul) in analogies (default add)')
        .argParser(oneOf(analogyMethods))
        .default('add'),
    )
    .option('--case-sensitive', 'words that differ in case are different (default: they are one)')
    .option('--json', 'print JSON')
    .action(score)
}

async function score(path: string, sets: readonly string[], flags: EvaluateFlags): Promise<void> {
  const vectors = await openVectors(path)
  const { method, limit } = flags
  const options = { method, caseFolding: !flags.caseSensitive, ...(limit && { limit }) }
  const results: EvaluationResult[] = []
  for (const set of sets) results.push(await evaluate(vectors, set, options))
  if (flags.json) printJson(results)
  else print(evaluationTable(results, Boolean(flags.sections)))
}
