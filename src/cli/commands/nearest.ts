import type { Command } from 'commander'
import { WordloomError } from '../../errors.js'
import type { Neighbor, WordVectors } from '../../vectors/index.js'
import { type AnswerFlags, addAnswerFlags } from '../answer-flags.js'
import { neighborTable } from '../neighbor-table.js'
import { openVectors } from '../open-vectors.js'
import { print, printJson } from '../terminal.js'
import { verb } from '../verb.js'

interface NearestFlags extends AnswerFlags {
  readonly together?: true
  readonly minus: readonly string[]
}

/** Words to go towards and away from, and what is found there. */
interface Answer {
  readonly plus: readonly string[]
  readonly minus: readonly string[]
  readonly nearest: readonly Neighbor[]
}

export function nearestCommand(): Command {
  const command = verb({
    name: 'nearest',
    summary: 'the words nearest to a word',
    description:
      'Lists the words whose vectors point most nearly where a word’s does, with the cosine between them. ' +
      'Several words get a list each; signs, or --together, make them one sum.',
    examples: [
      ['wordloom nearest vectors.safetensors king queen', 'a list for each word'],
      ['wordloom nearest vectors.safetensors bank river --together', 'nearest to both'],
      ['wordloom nearest vectors.safetensors king -man woman', 'king − man + woman'],
      ['wordloom nearest vectors.bin king --limit 50000', 'common words only'],
    ],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('<word...>', 'words to look up; -word subtracts one')
    .option('--together', 'one list for the sum of all words')
    .option('--minus <word>', 'subtract a word (the same as -word); repeatable', collect, [])
  return addAnswerFlags(command).action(nearest)
}

async function nearest(path: string, words: readonly string[], flags: NearestFlags): Promise<void> {
  const vectors = await openVectors(path)
  const together = flags.together || flags.minus.length > 0
  const queries = together
    ? [{ plus: words, minus: flags.minus }]
    : words.map(word => ({ plus: [word], minus: [] }))
  const answers = answer(vectors, queries, flags)
  if (flags.json) printJson(answers)
  else print(answers.map(({ nearest, ...query }) => neighborTable(titleOf(query), nearest)).join('\n\n'))
}

function answer(
  vectors: WordVectors,
  queries: readonly Omit<Answer, 'nearest'>[],
  flags: NearestFlags,
): Answer[] {
  const found = vectors.nearestBatch(
    queries.map(({ plus, minus }) => ({ positive: plus, negative: minus })),
    { count: flags.count, ...(flags.limit && { limit: flags.limit }) },
  )
  return queries.map((query, i) => ({ ...query, nearest: found[i]! }))
}

function titleOf({ plus, minus }: Omit<Answer, 'nearest'>): string {
  return [plus.join(' + '), ...minus].join(' − ')
}

function collect(word: string, earlier: readonly string[]): readonly string[] {
  if (word === '') throw new WordloomError('usage', '--minus is empty; give it a word')
  return [...earlier, word]
}
