import { type Command, Option } from 'commander'
import { WordloomError } from '../../errors.js'
import {
  type EvaluationOptions,
  type EvaluationResult,
  evaluate,
  evaluatePaired,
  findQuestionFiles,
  type PairedResult,
  uncoveredPolicies,
} from '../../evaluation/index.js'
import { analogyMethods, type WordVectors } from '../../vectors/index.js'
import { evaluationTable } from '../evaluation-table.js'
import { openVectors } from '../open-vectors.js'
import { pairedTable } from '../paired-table.js'
import {
  addPostProcessingFlags,
  isPostProcessed,
  type PostProcessingFlags,
  postProcessed,
} from '../post-processing-flags.js'
import { paintFor, print, printJson, tell, visible } from '../terminal.js'
import { numberIn, oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

interface EvaluateFlags
  extends PostProcessingFlags,
    Required<Pick<EvaluationOptions, 'method' | 'unknown' | 'resamples' | 'seed'>> {
  readonly limit?: number
  readonly sections?: true
  readonly caseSensitive?: true
  readonly baseline?: true
  readonly against?: string
  readonly json?: true
}

const count = numberIn({ kind: 'integer', min: 0, max: 1e6 })
const seed = numberIn({ kind: 'integer', min: 0, max: 2 ** 31 })

export function evaluateCommand(): Command {
  const command = verb({
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
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('<set...>', 'analogies or word pairs (their content tells which), or folders of them')
    .option('--limit <n>', 'the n most frequent words only (default 30000 for analogies, else all)', positive)
    .option('--sections', 'a line for each section of analogies')
    .addOption(
      new Option('--method <name>', 'add (3CosAdd) or multiply (3CosMul) in analogies (default add)')
        .argParser(oneOf(analogyMethods))
        .default('add'),
    )
    .addOption(
      new Option(
        '--unknown <what>',
        'uncovered questions: skip leaves them out (default), zero counts an analogy as wrong and a pair as of cosine 0',
      )
        .argParser(oneOf(uncoveredPolicies))
        .default('skip'),
    )
    .option('--case-sensitive', 'words that differ in case are different (default: they are one)')
    .option('--baseline', 'also score the same vectors dealt to the words at random')
    .option('--resamples <n>', 'draws for the intervals (default 1000; 0 for none)', count, 1000)
    .option('--seed <n>', 'where those draws start (default 1)', seed, 1)
    .option('--against <vectors>', 'compare with other vectors, question by question')
  return addPostProcessingFlags(command).option('--json', 'print JSON').action(score)
}

async function score(path: string, sets: readonly string[], flags: EvaluateFlags): Promise<void> {
  if (flags.against !== undefined && isPostProcessed(flags))
    throw new WordloomError('usage', 'there is one comparison at a time; use --against or post-processing')
  const vectors = await openVectors(path)
  const { files, leftOut } = await findQuestionFiles(sets)
  for (const { reason } of leftOut)
    tell(`${paintFor(process.stderr)('yellow', 'wordloom:')} left out: ${visible(reason)}`)
  if (flags.against !== undefined) await compare(await openVectors(flags.against), vectors, files, flags)
  else if (isPostProcessed(flags)) await compare(vectors, postProcessed(vectors, flags), files, flags)
  else await scoreAll(vectors, files, flags)
}

async function scoreAll(vectors: WordVectors, files: readonly string[], flags: EvaluateFlags): Promise<void> {
  const results: EvaluationResult[] = []
  for (const file of files) results.push(await evaluate(vectors, file, optionsOf(flags)))
  if (flags.json) printJson(results)
  else print(evaluationTable(results, Boolean(flags.sections)))
}

async function compare(
  before: WordVectors,
  after: WordVectors,
  files: readonly string[],
  flags: EvaluateFlags,
): Promise<void> {
  const results: PairedResult[] = []
  for (const file of files) results.push(await evaluatePaired(before, after, file, optionsOf(flags)))
  const titles =
    flags.against === undefined ? (['before', 'after'] as const) : (['against', 'score'] as const)
  if (flags.json) printJson(results)
  else print(pairedTable(results, titles))
}

function optionsOf(flags: EvaluateFlags): EvaluationOptions {
  const { method, unknown, resamples, seed, limit, baseline, caseSensitive } = flags
  return {
    method,
    unknown,
    resamples,
    seed,
    caseFolding: !caseSensitive,
    baseline: Boolean(baseline),
    ...(limit !== undefined && { limit }),
  }
}
