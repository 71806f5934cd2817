import { option, say, WordloomError } from '../../errors.js'
import { formatOfOutput, save } from '../../formats/index.js'
import {
  type Joined,
  joinColumns,
  joinColumnsOptionTable,
  joinWords,
  joinWordsOptionTable,
  type WordVectors,
} from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { formatFlag, shownFiles, vectorFiles } from '../files/output-files.js'
import { vectorsInput } from '../flags/inputs.js'
import { counted, grouped } from '../terminal/figures.js'
import { warn } from '../terminal/terminal.js'
import { chosen, type FlagsOf, filled } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

const flags = {
  output: {
    kind: 'file',
    use: 'write',
    required: true,
    help: 'where the joined vectors go; - is standard output',
  },
  format: formatFlag('format of the output', 'what its ending says'),
  columns: {
    kind: 'flag',
    default: false,
    help: 'rows of a word side by side, in place of one below another',
  },
  ...joinWordsOptionTable,
  ...joinColumnsOptionTable,
} as const

type JoinFlags = FlagsOf<typeof flags>

export const join = verb({
  name: 'join',
  summary: 'make one file of several files of vectors',
  description:
    'Writes the words of all files with their rows: those of the first, then those that the second adds, and so on. With ' +
    '--columns the rows of a word stand side by side. Rows are taken as they are: those of files that were trained ' +
    'apart lie in different spaces, where words of one are near words of another by chance only.',
  examples: [
    [
      'wordloom join general.vec names.vec -o both.safetensors',
      'words of both, those of the first as they are',
    ],
    [
      'wordloom join general.vec mine.vec -o new.vec --both last',
      'rows of the second replace those of the first',
    ],
    ['wordloom join a.bin b.bin -o wide.safetensors --columns', '300 and 100 dimensions become 400'],
  ],
  inputs: {
    vectors: {
      ...vectorsInput,
      many: true,
      help: 'two or more files of word vectors, in any format that convert knows',
    },
  },
  flags,
  async plan({ vectors: paths }, flags) {
    const { output, format } = flags
    if (paths.length < 2)
      throw new WordloomError('usage', {
        action: 'join',
        found: 'one file is named',
        cure: 'name two or more: wordloom join a.vec b.vec -o both.vec',
      })
    refuseIdle(flags)
    return { writes: await vectorFiles(output, format) }
  },
  async run({ vectors: paths }, flags) {
    const { output, columns } = flags
    const models: WordVectors[] = []
    for (const path of paths) models.push(await openVectors(path))
    if (!columns) checkAlike(models, paths)
    const joined = columns
      ? joinColumns(models, chosen(joinColumnsOptionTable, flags))
      : joinWords(models, chosen(joinWordsOptionTable, flags))
    const { vectors, shared, partial } = joined
    const before = models.flatMap(({ warnings }) => warnings)
    for (const warning of vectors.warnings) if (!before.includes(warning)) warn(warning)
    const format = await formatOfOutput(output, { ...(flags.format && { format: flags.format }), vectors })
    await save(vectors, output, { format })
    const { size: words, dimensions } = vectors
    const closing = `${counted(words, 'word')} × ${counted(dimensions, 'dimension')} → ${await shownFiles(output, format)} (${format})`
    return {
      json: { inputs: paths, output, format, words, dimensions, shared, partial },
      text: () =>
        [closing, `  ${columns ? columnsLine(joined, flags) : wordsLine(joined, flags)}`].join('\n'),
    }
  },
})

/** Throws with the names of the files. */
function checkAlike(models: readonly WordVectors[], paths: readonly string[]): void {
  const { dimensions } = models[0]!
  const other = models.findIndex(model => model.dimensions !== dimensions)
  if (other < 0) return
  throw new WordloomError('bad-data', {
    action: 'join the words',
    place: { file: paths[other] },
    found: `its rows have ${models[other]!.dimensions} numbers`,
    expected: `${dimensions}, as those of ${paths[0] === '-' ? 'standard input' : paths[0]}`,
    cure: say`shorten the longer rows with convert --dimensions, or set rows side by side with ${option('columns')}`,
  })
}

/** Throws `usage` for a flag of the other way to join. */
function refuseIdle({ columns, both, missing }: JoinFlags): void {
  if (columns && both !== undefined)
    throw new WordloomError('usage', {
      found: say`with ${option('columns')} a word has the rows of all files, and ${option('both')} chooses one`,
      cure: say`leave ${option('both')} out`,
    })
  if (!columns && missing !== undefined)
    throw new WordloomError('usage', {
      found: say`without ${option('columns')} no file can lack a word`,
      cure: say`add ${option('columns')}, or leave ${option('missing')} out`,
    })
}

function wordsLine({ shared }: Joined, flags: JoinFlags): string {
  const { both } = filled(joinWordsOptionTable, flags)
  const taken = both === 'mean' ? 'the mean of their rows was taken' : `the ${both} row was taken`
  return shared === 0
    ? 'no word is in more than one file'
    : `${words(shared)} in more than one file: ${taken}`
}

function columnsLine({ partial }: Joined, flags: JoinFlags): string {
  const { missing } = filled(joinColumnsOptionTable, flags)
  const done = missing === 'zeros' ? 'zeros stand for what a file lacks' : 'left out'
  return partial === 0 ? 'all words are in every file' : `${words(partial)} not in every file: ${done}`
}

function words(count: number): string {
  return count === 1 ? '1 word is' : `${grouped(count)} words are`
}
