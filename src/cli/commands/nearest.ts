import { confidentNeighbors } from '../../comparison/index.js'
import { option, say, WordloomError } from '../../errors.js'
import type { Neighbor, WordVectors } from '../../vectors/index.js'
import { openAsked, openVectors } from '../files/open-vectors.js'
import { answerFlags, answerNamesake, tellUnknown } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { checkSearchFlags, openWantedIndex, searchFlags } from '../flags/search.js'
import {
  type AskedWords,
  asJson,
  asQuery,
  type Sum,
  sumsOf,
  titleOf,
  wordsIn,
  wordsOf,
} from '../jobs/sums.js'
import { confidenceTable } from '../tables/confidence-table.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { canConverse, converse, withoutQuestion } from '../terminal/conversation.js'
import { expandSigns } from '../terminal/signs.js'
import { warn } from '../terminal/terminal.js'
import { chosen, type FlagsOf } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

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

export const nearest = verb({
  name: 'nearest',
  summary: 'find the words nearest to a word',
  description:
    'Lists the words whose vectors point most nearly where a word’s does, with the cosine between them. ' +
    'Several words get a list each; signs, weights or --together make them one sum. In a terminal, without ' +
    'words, it asks for them line by line.',
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
  namesake: answerNamesake,
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
  async plan({ vectors: path, word: words }, flags) {
    const { plus = [], minus = [], also = [] } = flags
    refuseSameModel([path, ...also])
    const asks = words.length + plus.length + minus.length === 0
    if (asks && (flags.json || !canConverse()))
      throw withoutQuestion('nearest needs <word>', 'wordloom nearest vectors.safetensors king')
    await checkSearchFlags(flags)
    const idle = (['search', 'threads', 'index'] as const).find(name => flags[name] !== undefined)
    if (also.length > 0 && idle !== undefined)
      throw new WordloomError('usage', {
        found: say`${option('also')} compares models by exact search on one thread`,
        cure: say`leave ${option(idle)} out`,
      })
    return { asks, reads: [] }
  },
  async run({ vectors: path, word: words }, flags, { plan: { asks } }) {
    const { plus = [], minus = [] } = flags
    const search = await openSearch(path, [...words, ...plus, ...minus], flags)
    try {
      if (!asks) return await search.answer({ words, ...flags })
      const { together } = flags
      await converse('nearest> ', async line => (await search.answer({ ...wordsIn(line), together })).text())
      return undefined
    } finally {
      await search.close()
    }
  },
})

/** Vectors, and all that a question is answered with, opened once. */
interface Search {
  answer(asked: AskedWords): Promise<Answer>
  close(): Promise<void>
}

/** `asked` are all words of the one question there will be, if it is known. */
async function openSearch(path: string, asked: readonly string[], flags: NearestFlags): Promise<Search> {
  const isOfFirst = flags.search === undefined && flags.also === undefined
  const vectors = await openAsked(path, asked, isOfFirst ? flags.limit : undefined)
  const others: WordVectors[] = []
  for (const other of flags.also ?? []) others.push(await openVectors(other))
  const index = await openWantedIndex(vectors, flags)
  const options = chosen(answerFlags, flags)
  return {
    async answer(asked) {
      checkAmong(vectors, flags.among)
      const sums = sumsOf(vectors, asked)
      tellUnknown(vectors, wordsOf(sums), flags)
      const queries = sums.map(asQuery)
      if (others.length > 0) {
        const models = [vectors, ...others]
        return answerOf(
          sums,
          queries.map(query => confidentNeighbors(models, query, options)),
          confidenceTable,
        )
      }
      return answerOf(sums, await (index ?? vectors).nearestBatch(queries, options), neighborTable)
    },
    close: async () => index?.close(),
  }
}

/** Two models of one file agree on everything, which says nothing. */
function refuseSameModel(paths: readonly string[]): void {
  const twice = paths.find((path, i) => paths.indexOf(path) < i)
  if (twice === undefined) return
  throw new WordloomError('usage', {
    found: say`${twice} is named twice, and ${option('also')} compares different models`,
    cure: 'name the file of another model',
  })
}

/** Tells which words cannot answer. Throws `unknown-word` if none of them can. */
function checkAmong(vectors: WordVectors, among: readonly string[] | undefined): void {
  const unknown = among?.filter(word => !vectors.has(word)) ?? []
  if (among === undefined || unknown.length === 0) return
  const named = unknown.map(word => `"${word}"`).join(', ')
  if (unknown.length === among.length)
    throw new WordloomError('unknown-word', {
      found: say`none of the words of ${option('among')} is in the vocabulary: ${named}`,
      cure: 'check their spelling',
    })
  warn(`left out, since they are not in the vocabulary: ${named}`)
}

function answerOf<Found extends Neighbor>(
  sums: readonly Sum[],
  found: readonly (readonly Found[])[],
  table: (title: string, found: readonly Found[]) => string,
): Answer {
  return {
    json: sums.map((sum, i) => asJson(sum, found[i]!)),
    text: () => sums.map((sum, i) => table(titleOf(sum), found[i]!)).join('\n\n'),
  }
}
