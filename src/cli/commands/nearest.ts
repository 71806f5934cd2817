import { confidentNeighbors } from '../../comparison/index.js'
import { option, say, WordloomError } from '../../errors.js'
import type { Combination, Neighbor, Term, WordVectors } from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { type WeightedWord, weightedWord } from '../files/weighted-word.js'
import { answerFlags, tellUnknown } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { checkSearchFlags, openWantedIndex, searchFlags } from '../flags/search.js'
import { confidenceTable } from '../tables/confidence-table.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { expandSigns } from '../terminal/signs.js'
import { chosen, type FlagsOf } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

const flags = {
  together: { kind: 'flag', default: false, help: 'one list for the sum of all words' },
  also: {
    kind: 'texts',
    each: 'own flag',
    areFiles: true,
    placeholder: '<vectors>',
    help: 'another model of the same text, to see which neighbours are sure; repeatable',
  },
  plus: {
    kind: 'texts',
    each: 'own flag',
    placeholder: '<word>',
    help: 'a word to add (the same as +word); repeatable',
  },
  minus: {
    kind: 'texts',
    each: 'own flag',
    placeholder: '<word>',
    help: 'a word to subtract (the same as -word); repeatable',
  },
  ...answerFlags,
  ...searchFlags,
} as const

type NearestFlags = FlagsOf<typeof flags>

/** Words to go towards and away from. */
interface Sum {
  readonly plus: readonly WeightedWord[]
  readonly minus: readonly WeightedWord[]
}

export const nearest = verb({
  name: 'nearest',
  summary: 'find the words nearest to a word',
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
  inputs: {
    vectors: vectorsInput,
    word: {
      many: true,
      optional: true,
      help: 'words to look up; +word adds, -word subtracts, word:2 weighs',
    },
  },
  flags,
  rewrite: expandSigns,
  async plan({ word: words }, flags) {
    const { plus = [], minus = [], also = [] } = flags
    if (words.length + plus.length + minus.length === 0)
      throw new WordloomError('usage', {
        found: 'nearest needs <word>',
        cure: 'for example: wordloom nearest vectors.safetensors king',
      })
    await checkSearchFlags(flags)
    const idle = (['search', 'threads', 'index'] as const).find(name => flags[name] !== undefined)
    if (also.length > 0 && idle !== undefined)
      throw new WordloomError('usage', {
        found: say`${option('also')} compares models by exact search on one thread`,
        cure: say`leave ${option(idle)} out`,
      })
    return {}
  },
  async run({ vectors: path, word: words }, flags) {
    const vectors = await openVectors(path)
    const sums = sumsOf(vectors, words, flags)
    const asked = sums.flatMap(({ plus, minus }) => [...plus, ...minus]).map(({ word }) => word)
    tellUnknown(vectors, asked, flags)
    if (flags.also)
      return answerOf(sums, await confidentLists(vectors, sums, flags.also, flags), confidenceTable)
    return answerOf(sums, await neighborLists(vectors, sums, flags), neighborTable)
  },
})

function answerOf<Found extends Neighbor>(
  sums: readonly Sum[],
  found: readonly (readonly Found[])[],
  table: (title: string, found: readonly Found[]) => string,
) {
  return {
    json: sums.map((sum, i) => asJson(sum, found[i]!)),
    text: () => sums.map((sum, i) => table(titleOf(sum), found[i]!)).join('\n\n'),
  }
}

async function neighborLists(
  vectors: WordVectors,
  sums: readonly Sum[],
  flags: NearestFlags,
): Promise<Neighbor[][]> {
  const [queries, options] = [sums.map(asQuery), chosen(answerFlags, flags)]
  const index = await openWantedIndex(vectors, flags)
  if (!index) return vectors.nearestBatch(queries, options)
  return index.nearestBatch(queries, options).finally(() => index.close())
}

async function confidentLists(
  first: WordVectors,
  sums: readonly Sum[],
  paths: readonly string[],
  flags: NearestFlags,
) {
  const models = [first]
  for (const path of paths) models.push(await openVectors(path))
  return sums.map(sum => confidentNeighbors(models, asQuery(sum), chosen(answerFlags, flags)))
}

function sumsOf(
  vectors: WordVectors,
  words: readonly string[],
  { plus = [], minus = [], together }: NearestFlags,
): Sum[] {
  const weighted = (group: readonly string[]) => group.map(text => weightedWord(text, vectors))
  const isWord = (word: string) => vectors.has(`-${word}`) && !vectors.has(word) // "-LRB-"
  const signed = minus.filter(isWord).map(word => `-${word}`)
  const plain = weighted([...words, ...signed])
  const [added, taken] = [weighted(plus), weighted(minus.filter(word => !isWord(word)))]
  const isOne =
    together ||
    added.length + taken.length > 0 ||
    (plain.length > 1 && plain.some(({ weight }) => weight !== 1))
  return isOne
    ? [{ plus: [...plain, ...added], minus: taken }]
    : plain.map(word => ({ plus: [word], minus: [] }))
}

function asQuery({ plus, minus }: Sum): Combination {
  return { positive: plus.map(asTerm), negative: minus.map(asTerm) }
}

function asTerm({ word, weight }: WeightedWord): Term {
  return [word, weight]
}

/** Weights are there only if one was given. */
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
