import type { Command } from 'commander'
import { WordloomError } from '../../errors.js'
import { findFiles, isStream, readText } from '../../files/index.js'
import { type FormatName, formatOfExtension, save } from '../../formats/index.js'
import { readVocabulary, type TokenizerName, tokenize, tokenizers, Vocabulary } from '../../text/index.js'
import {
  type SentencePooling,
  type SentenceVectors,
  sentencePoolings,
  sentenceVectors,
  WordVectors,
} from '../../vectors/index.js'
import { grouped } from '../figures.js'
import { neighborTable } from '../neighbor-table.js'
import { openVectors } from '../open-vectors.js'
import { formatNames, openOutputs, type Report, shownOutput, vectorFiles } from '../output-files.js'
import { numberIn, oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

interface SentenceFlags {
  readonly output?: string
  readonly format?: FormatName
  readonly nearest?: readonly string[]
  readonly pooling?: SentencePooling
  readonly smoothing?: number
  readonly common?: number
  readonly vocabulary?: string
  readonly tokenizer: TokenizerName
  readonly count: number
  readonly json?: true
}

export function sentencesCommand(): Command {
  return verb({
    name: 'sentences',
    summary: 'make vectors of sentences from those of their words',
    description:
      'Reads sentences, one a line, and gives each a vector: the mean of its words’, rare words weighing more and ' +
      'what all sentences share taken out (SIF, Arora et al. 2017), or the plain mean.',
    examples: [
      ['wordloom sentences vectors.safetensors < lines.txt', 'numbers, a line a sentence'],
      ['wordloom sentences vectors.bin lines.txt -o lines.safetensors', 'to search and draw'],
      ['wordloom sentences vectors.bin lines.txt --nearest "a fine film"', 'the lines like it'],
    ],
    namesake: () => undefined,
  })
    .argument('<vectors>', 'a file of word vectors')
    .argument('[text...]', 'sentences, one a line (.gz and .zst too); standard input if not given')
    .option(
      '-o, --output <file>',
      'keep them as vectors whose words are the lines, each different one once (- is standard output, which gets safetensors)',
    )
    .option('--format <name>', 'of the output, if its ending does not tell', oneOf(formatNames))
    .option('--nearest <text...>', 'answer with the lines that are nearest to each of these')
    .option('-n, --count <n>', 'how many answers (default 10)', positive, 10)
    .option('--pooling <name>', 'sif (default) or mean', oneOf(sentencePoolings))
    .option('--smoothing <a>', 'the a of a / (a + share of the text), for sif (default 0.001)', share)
    .option('--common <n>', 'shared directions to take out, for sif (default 1)', whole)
    .option('--vocabulary <file>', 'words and counts, where the vectors came without')
    .option('--tokenizer <name>', 'words (default) or whitespace', oneOf(tokenizerNames), 'words')
    .option('--json', 'print JSON')
    .action(run)
}

const tokenizerNames = Object.keys(tokenizers) as TokenizerName[]
const share = numberIn({ kind: 'number', min: 1e-12, max: 1 })
const whole = numberIn({ kind: 'integer', min: 0, max: 8192 })

async function run(input: string, text: readonly string[], flags: SentenceFlags): Promise<void> {
  const { output, nearest, tokenizer, pooling, smoothing, common, vocabulary } = flags
  const format = flags.format ?? (output === undefined ? undefined : await formatOfLines(output))
  const files = output === undefined ? [] : await vectorFiles(output, format, '--format')
  const report = await openOutputs(files, [input, ...text, vocabulary])
  const vectors = await openVectors(input)
  const counts = vocabulary === undefined ? undefined : await readVocabulary(vocabulary)
  const lines = await linesOf(text.length > 0 ? text : ['-'], output !== undefined)
  const pooled = sentenceVectors(
    vectors,
    lines.map(line => tokenize(line, tokenizer)),
    {
      ...(pooling && { pooling }),
      ...(smoothing !== undefined && { smoothing }),
      ...(common !== undefined && { common }),
      ...(counts && { counts }),
    },
  )
  if (output !== undefined) await keep(pooled, lines, output, { ...flags, ...(format && { format }) }, report)
  if (nearest) answer(pooled, lines, nearest, flags, report)
  else if (output === undefined) await printVectors(pooled, lines, flags)
}

/** Lines have spaces in them, which word2vec's text cannot hold. */
async function formatOfLines(output: string): Promise<FormatName | undefined> {
  const isOpen = formatOfExtension(output) === undefined && (await isStream(output))
  return isOpen ? 'safetensors' : undefined
}

/** The lines that are not blank; with `distinct`, each different one once. */
async function linesOf(paths: readonly string[], distinct: boolean): Promise<string[]> {
  const lines: string[] = []
  for (const { path } of await findFiles(paths)) {
    const decoder = new TextDecoder() // leaves a byte order mark out
    let begun = ''
    for await (const chunk of readText(path)) {
      const parts = (begun + decoder.decode(chunk, { stream: true })).split('\n')
      begun = parts.pop()!
      for (const part of parts) lines.push(part)
    }
    lines.push(begun + decoder.decode())
  }
  const found = lines.map(line => line.trim()).filter(line => line !== '')
  if (found.length > 0) return distinct ? [...new Set(found)] : found
  throw new WordloomError(
    'bad-data',
    `${paths[0]}: there is no sentence in it; sentences are expected, one a line`,
  )
}

async function keep(
  pooled: SentenceVectors,
  lines: readonly string[],
  output: string,
  { json, nearest, format, pooling = 'sif' }: SentenceFlags,
  { print, printJson }: Report,
): Promise<void> {
  const { matrix } = pooled
  const sentences = new WordVectors({ vocabulary: Vocabulary.of(lines), matrix, metadata: { pooling } })
  await save(sentences, output, format && { format })
  if (nearest) return
  const known = pooled.known.filter(words => words > 0).length
  if (json) printJson({ output, sentences: lines.length, known, dimensions: sentences.dimensions })
  else
    print(`${grouped(lines.length)} sentences, ${grouped(known)} with known words → ${shownOutput(output)}`)
}

function answer(
  pooled: SentenceVectors,
  lines: readonly string[],
  queries: readonly string[],
  { tokenizer, count, json }: SentenceFlags,
  { print, printJson }: Report,
): void {
  const answers = queries.map(query => ({
    query,
    nearest: pooled
      .nearest(tokenize(query, tokenizer), count)
      .map(({ sentence, similarity }) => ({ line: lines[sentence]!, number: sentence + 1, similarity })),
  }))
  const tables = answers.map(({ query, nearest }) =>
    neighborTable(
      query,
      nearest.map(({ line, similarity }) => ({ word: line, similarity })),
    ),
  )
  if (json) printJson(answers)
  else print(tables.join('\n\n'))
}

/** A line for each sentence, as fastText prints them, or as JSON. */
async function printVectors(
  pooled: SentenceVectors,
  lines: readonly string[],
  { json }: SentenceFlags,
): Promise<void> {
  for (let s = 0; s < lines.length; s++) {
    const vector = Array.from(pooled.vector(s), x => Number(x.toPrecision(7)))
    const text = json
      ? JSON.stringify({ sentence: lines[s], known: pooled.known[s], vector })
      : vector.join(' ')
    if (!process.stdout.write(`${text}\n`))
      await new Promise(resolve => process.stdout.once('drain', resolve))
  }
}
