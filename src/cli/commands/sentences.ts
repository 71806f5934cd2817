import { option, say, WordloomError } from '../../errors.js'
import { type FoundFile, findFiles, isStream } from '../../files/index.js'
import { type FormatName, formatOfExtension, save } from '../../formats/index.js'
import { choice, integer, UNBOUNDED } from '../../options/index.js'
import {
  encodingOption,
  readVocabulary,
  type TokenizerName,
  tokenize,
  tokenizers,
  Vocabulary,
} from '../../text/index.js'
import {
  type SentencePooling,
  type SentenceVectors,
  sentenceOptionTable,
  sentenceVectors,
  WordVectors,
} from '../../vectors/index.js'
import { eachLineOf } from '../files/lines.js'
import { openVectors } from '../files/open-vectors.js'
import { formatFlag, shownFiles, vectorFiles } from '../files/output-files.js'
import { refuseWithout } from '../flags/idle.js'
import { vectorsInput } from '../flags/inputs.js'
import { joinerFor, phrasesFlag } from '../flags/phrases.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { counted, grouped } from '../terminal/figures.js'
import { warn } from '../terminal/terminal.js'
import { chosen, filled } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

const listing = { count: integer(10, 1, UNBOUNDED, 'lines listed for each') }
const reading = { encoding: encodingOption }

export const sentences = verb({
  name: 'sentences',
  summary: 'make vectors of sentences from those of their words',
  description:
    'Reads sentences, one a line, and gives each a vector: the mean of its words’, rare words weighing more and ' +
    'the directions that all sentences share taken out (SIF, Arora et al. 2017), or the plain mean. Words that the ' +
    'vocabulary lacks have the vectors of their sub-words, if there are any. Static sentence ' +
    'models (model2vec, StaticEmbedding) encode each line as their makers do.',
  examples: [
    ['wordloom sentences vectors.safetensors < lines.txt', 'numbers, a line a sentence'],
    ['wordloom sentences vectors.bin lines.txt -o lines.safetensors', 'to search and draw'],
    [
      'wordloom sentences m.bin lines.txt --pooling directions --tokenizer whitespace',
      'as fasttext print-sentence-vectors',
    ],
    ['wordloom sentences vectors.bin lines.txt --nearest "a fine film"', 'the lines like it'],
  ],
  inputs: {
    vectors: vectorsInput,
    text: {
      many: true,
      optional: true,
      file: 'read',
      help: 'sentences, one a line (.gz and .zst too); standard input if not given',
    },
  },
  flags: {
    output: {
      kind: 'file',
      use: 'write',
      help: 'where the vectors go, whose words are the lines, each different one once (- is standard output, which gets safetensors)',
    },
    format: formatFlag('format of the output', 'what its ending says'),
    nearest: {
      kind: 'texts',
      each: 'same flag',
      help: 'sentences, for each of which the nearest lines are listed',
    },
    ...listing,
    ...sentenceOptionTable,
    ...reading,
    ...phrasesFlag,
    vocabulary: { kind: 'file', use: 'read', help: 'words and counts, if the vectors came without' },
    tokenizer: choice(undefined, Object.keys(tokenizers) as TokenizerName[], 'how lines become words', {
      otherwise: 'words, or what tokenizer.json says beside static embeddings',
    }),
  },
  async plan(_, { output, format: given, nearest, count, pooling, smoothing, common }) {
    refuseWithout(nearest, { count }, 'nearest')
    refuseWithout(output, { format: given }, 'output')
    if (pooling !== undefined) refuseBeside(pooling, { smoothing, common })
    const format = given ?? (output === undefined ? undefined : await formatOfLines(output))
    return { format, writes: await vectorFiles(output, format) }
  },
  async run({ vectors: path, text }, flags, { plan: { format } }) {
    const { output, nearest: queries, vocabulary, json, smoothing, common } = flags
    const { count } = filled(listing, flags)
    const vectors = await openVectors(path)
    if (vectors.textRules && flags.pooling === undefined) refuseBeside('model', { smoothing, common })
    const counts = vocabulary === undefined ? undefined : await readVocabulary(vocabulary)
    const { encoding } = filled(reading, flags)
    const lines = await sentencesOf(text.length > 0 ? text : ['-'], encoding, output !== undefined)
    const [tokens, join] = [cutterOf(vectors, flags), await joinerFor(vectors, flags)]
    const cut: Cut = line => (tokens ? join(tokens(line)) : line)
    const words = lines.map(cut)
    const options = { ...chosen(sentenceOptionTable, flags), ...(counts && { counts }) }
    const pooled = sentenceVectors(vectors, words, options)
    for (const warning of pooled.warnings) warn(warning)
    if (output !== undefined) await save(vectorsOf(pooled, lines), output, format && { format })
    if (queries) return neighborsOf(pooled, lines, queries, { cut, count })
    if (output !== undefined) return keptAnswer(pooled, lines, output, await shownFiles(output, format))
    await printVectors(pooled, lines, Boolean(json))
    return undefined
  },
})

type Cut = (line: string) => string | readonly string[]

/** A static sentence model takes whole lines, unless other rules or phrases are wanted. */
function cutterOf(
  { textRules }: WordVectors,
  { tokenizer, phrases }: { readonly tokenizer?: TokenizerName; readonly phrases?: string },
): ((line: string) => readonly string[]) | undefined {
  if (textRules && tokenizer === undefined && phrases === undefined) return undefined
  return line => tokenize(line, tokenizer ?? 'words')
}

/** Both are of sif. */
function refuseBeside(pooling: SentencePooling, flags: Readonly<Record<string, unknown>>): void {
  const idle = Object.keys(flags).find(name => flags[name] !== undefined)
  if (pooling === 'sif' || idle === undefined) return
  throw new WordloomError('usage', {
    found: say`${option(idle)} has no effect beside ${option('pooling', pooling)}`,
    cure: say`leave ${option(idle)} out`,
  })
}

/** Lines have spaces in them, which word2vec's text cannot hold. */
async function formatOfLines(output: string): Promise<FormatName | undefined> {
  const isOpen = formatOfExtension(output) === undefined && (await isStream(output))
  return isOpen ? 'safetensors' : undefined
}

/** All lines, so that those of an answer stand beside them; with `distinct`, each different one once, but blank ones. */
async function sentencesOf(paths: readonly string[], encoding: string, distinct: boolean): Promise<string[]> {
  const found: string[] = []
  for (const { path } of await filesOf(paths))
    await eachLineOf(path, encoding, line => void found.push(line.trim()))
  const different = new Set(found.filter(line => line !== ''))
  if (different.size > 0) return distinct ? distinctLines(found, different) : found
  throw new WordloomError('bad-data', {
    place: { file: paths[0] },
    found: 'no sentence is in it',
    expected: 'sentences, one a line',
  })
}

/** A sentence is easily given in the place of a file. */
async function filesOf(paths: readonly string[]): Promise<readonly FoundFile[]> {
  try {
    return await findFiles(paths)
  } catch (error) {
    const sentence = paths.find(path => /\s/.test(path))
    if (!(error instanceof WordloomError) || error.code !== 'no-input' || sentence === undefined) throw error
    const cure =
      'check the spelling and the folder, or give a sentence on standard input: echo SENTENCE | wordloom sentences VECTORS'
    throw new WordloomError(error.code, { ...error.fault, cure }, { cause: error })
  }
}

function distinctLines(found: readonly string[], different: ReadonlySet<string>): string[] {
  const blank = found.filter(line => line === '').length
  const again = found.length - blank - different.size
  const parts = [
    ...(blank > 0 ? [`${grouped(blank)} blank`] : []),
    ...(again > 0 ? [`${grouped(again)} that came before`] : []),
  ]
  if (parts.length > 0) warn(`lines left out: ${parts.join(', ')}`)
  return [...different]
}

function vectorsOf({ matrix, pooling }: SentenceVectors, lines: readonly string[]): WordVectors {
  return new WordVectors({ vocabulary: Vocabulary.of(lines), matrix, metadata: { pooling } })
}

function keptAnswer(
  pooled: SentenceVectors,
  lines: readonly string[],
  output: string,
  files: string,
): Answer {
  const known = pooled.known.filter(words => words > 0).length
  return {
    json: { output, sentences: lines.length, known, dimensions: pooled.matrix.columns },
    text: () => `${counted(lines.length, 'sentence')}, ${grouped(known)} with known words → ${files}`,
  }
}

function neighborsOf(
  pooled: SentenceVectors,
  lines: readonly string[],
  queries: readonly string[],
  { cut, count }: { readonly cut: Cut; readonly count: number },
): Answer {
  const answers = queries.map(query => ({
    query,
    nearest: pooled
      .nearest(cut(query), count)
      .map(({ sentence, similarity }) => ({ line: lines[sentence]!, number: sentence + 1, similarity })),
  }))
  const tables = answers.map(({ query, nearest }) =>
    neighborTable(
      query,
      nearest.map(({ line, similarity }) => ({ word: line, similarity })),
    ),
  )
  return { json: answers, text: () => tables.join('\n\n') }
}

/** A line for each sentence, as fastText prints them, or as JSON. */
async function printVectors(pooled: SentenceVectors, lines: readonly string[], json: boolean): Promise<void> {
  for (let s = 0; s < lines.length; s++) {
    const vector = Array.from(pooled.vector(s), x => Number(x.toPrecision(7)))
    const text = json
      ? JSON.stringify({ sentence: lines[s], known: pooled.known[s], vector })
      : vector.join(' ')
    if (!process.stdout.write(`${text}\n`))
      await new Promise(resolve => process.stdout.once('drain', resolve))
  }
}
