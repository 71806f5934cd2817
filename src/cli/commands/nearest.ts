import type { Command } from 'commander'
import { confidentNeighbors } from '../../comparison/index.js'
import { WordloomError } from '../../errors.js'
import type { Combination, Neighbor, Term, WordVectors } from '../../vectors/index.js'
import { type AnswerFlags, addAnswerFlags, answerOptions, tellUnknown } from '../answer-flags.js'
import { confidenceTable } from '../confidence-table.js'
import { neighborTable } from '../neighbor-table.js'
import { openVectors } from '../open-vectors.js'
import { addSearchFlags, openWantedIndex, type SearchFlags } from '../search-flags.js'
import { print, printJson } from '../terminal.js'
import { verb } from '../verb.js'
import { type WeightedWord, weightedWord } from '../weighted-word.js'

interface NearestFlags extends AnswerFlags, SearchFlags {
  readonly together?: true
  readonly also: readonly string[]
  readonly plus: readonly string[]
  readonly minus: readonly string[]
}

/** Words to go towards and away from. */
interface Sum {
  readonly plus: readonly WeightedWord[]
  readonly minus: readonly WeightedWord[]
}

export function nearestCommand(): Command {
  const command = verb({
    name: 'nearest',
    summary: 'the words nearest to a word',
    description:
      'Lists the words whose vectors point most nearly where a word’s does, with the cosine between them. ' +
      'Several words get a list each; signs, weights or --together make them one sum.',
    examples: [
      ['wordloom nearest vectors.safetensors king queen', 'a list for each word'],
      ['wordloom nearest vectors.safetensors bank river --together', 'nearest to both'],
      ['wordloom nearest vectors.safetensors king -man +woman', 'king − man + woman'],
      ['wordloom nearest vectors.safetensors king:2 -man:0.5', '2 king − 0.5 man'],
      ['wordloom nearest vectors.bin king --limit 50000', 'common words only'],
      ['wordloom nearest seed1.bin king --also seed2.bin', 'what both find'],
      ['wordloom nearest vectors.bin king --among queen,duke', 'the order of these'],
      ['wordloom nearest large.bin king queen --search int8', 'faster in large files'],
    ],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('[word...]', 'words to look up; +word adds, -word subtracts, word:2 weighs')
    .option('--together', 'one list for the sum of all words')
    .option(
      '--also <vectors>',
      'another model of the same text, to see what is sure; repeatable',
      collect,
      [],
    )
    .option('--plus <word>', 'add a word (the same as +word); repeatable', collect, [])
    .option('--minus <word>', 'subtract a word (the same as -word); repeatable', collect, [])
  return addSearchFlags(addAnswerFlags(command)).action(nearest)
}

async function nearest(path: string, words: readonly string[], flags: NearestFlags): Promise<void> {
  if (words.length + flags.plus.length + flags.minus.length === 0)
    throw new WordloomError(
      'usage',
      'nearest needs <word>; for example: wordloom nearest vectors.safetensors king',
    )
  const vectors = await openVectors(path)
  const sums = sumsOf(vectors, words, flags)
  tellUnknown(
    vectors,
    sums.flatMap(({ plus, minus }) => [...plus, ...minus]).map(({ word }) => word),
    flags,
  )
  if (flags.also.length > 0 && (flags.search ?? flags.threads ?? flags.index) !== undefined)
    throw new WordloomError(
      'usage',
      '--also compares models by exact search; leave --search, --threads and --index out',
    )
  if (flags.also.length > 0) return nearestOfSeveral(vectors, sums, flags)
  const found = await search(vectors, sums, flags)
  if (flags.json) printJson(sums.map((sum, i) => asJson(sum, found[i]!)))
  else print(sums.map((sum, i) => neighborTable(titleOf(sum), found[i]!)).join('\n\n'))
}

async function search(
  vectors: WordVectors,
  sums: readonly Sum[],
  flags: NearestFlags,
): Promise<Neighbor[][]> {
  const [queries, options] = [sums.map(asQuery), answerOptions(flags)]
  const index = await openWantedIndex(vectors, flags)
  if (!index) return vectors.nearestBatch(queries, options)
  return index.nearestBatch(queries, options).finally(() => index.close())
}

async function nearestOfSeveral(
  first: WordVectors,
  sums: readonly Sum[],
  flags: NearestFlags,
): Promise<void> {
  const models = [first]
  for (const path of flags.also) models.push(await openVectors(path))
  const found = sums.map(sum => confidentNeighbors(models, asQuery(sum), answerOptions(flags)))
  if (flags.json) printJson(sums.map((sum, i) => asJson(sum, found[i]!)))
  else print(sums.map((sum, i) => confidenceTable(titleOf(sum), found[i]!)).join('\n\n'))
}

function sumsOf(vectors: WordVectors, words: readonly string[], flags: NearestFlags): Sum[] {
  const [plain, plus, minus] = [words, flags.plus, flags.minus].map(group =>
    group.map(text => weightedWord(text, vectors)),
  )
  const isOne =
    flags.together ||
    plus!.length + minus!.length > 0 ||
    (plain!.length > 1 && plain!.some(({ weight }) => weight !== 1))
  return isOne
    ? [{ plus: [...plain!, ...plus!], minus: minus! }]
    : plain!.map(word => ({ plus: [word], minus: [] }))
}

function asQuery({ plus, minus }: Sum): Combination {
  return { positive: plus.map(asTerm), negative: minus.map(asTerm) }
}

function asTerm({ word, weight }: WeightedWord): Term {
  return [word, weight]
}

/** Weights are there only where one was given. */
function asJson({ plus, minus }: Sum, nearest: readonly Neighbor[]): object {
  const words = (group: readonly WeightedWord[]) => group.map(({ word }) => word)
  const weights = (group: readonly WeightedWord[]) => group.map(({ weight }) => weight)
  const isWeighted = [...plus, ...minus].some(({ weight }) => weight !== 1)
  return {
    plus: words(plus),
    minus: words(minus),
    ...(isWeighted && { plusWeights: weights(plus), minusWeights: weights(minus) }),
    nearest,
  }
}

function titleOf({ plus, minus }: Sum): string {
  const term = ({ word, weight }: WeightedWord) => (weight === 1 ? word : `${weight} ${word}`)
  const signed = minus.map(word => `− ${term(word)}`)
  return [plus.map(term).join(' + '), ...signed].join(' ').trimStart()
}

function collect(word: string, earlier: readonly string[]): readonly string[] {
  if (word === '')
    throw new WordloomError('usage', '--plus, --minus or --also is empty; give it a word, or a file')
  return [...earlier, word]
}
