import type { Command } from 'commander'
import { DocumentInference, type InferenceOptions } from '../../documents/index.js'
import { WordloomError } from '../../errors.js'
import { readText } from '../../files/index.js'
import { type FormatName, save } from '../../formats/index.js'
import { Vocabulary } from '../../text/index.js'
import { WordVectors } from '../../vectors/index.js'
import { neighborTable } from '../neighbor-table.js'
import { openVectors } from '../open-vectors.js'
import { formatNames, openOutputs, type Report, vectorFiles } from '../output-files.js'
import { tell } from '../terminal.js'
import { numberIn, oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

interface InferFlags {
  readonly output?: string
  readonly format?: FormatName
  readonly nearest?: string
  readonly count: number
  readonly epochs?: number
  readonly learningRate?: number
  readonly seed?: number
  readonly json?: true
}

/** A line of the text, from 1, and its vector. */
interface InferredLine {
  readonly line: number
  readonly vector: Float32Array
}

export function inferCommand(): Command {
  return verb({
    name: 'infer',
    summary: 'vectors of documents that were not in the training',
    description:
      'Learns a vector for each line of a text with a model of documents, whose own vectors stay as they are. ' +
      'The same text gives the same vector every time.',
    examples: [
      ['wordloom train articles.txt --architecture pv-dm -o model.safetensors', 'a model, once'],
      ['wordloom infer model.safetensors new.txt -o new.safetensors', 'a vector for each line'],
      ['wordloom infer model.safetensors new.txt --nearest model.documents.safetensors', 'what is like it'],
    ],
  })
    .argument('<model>', 'the words of a model of documents, as .safetensors')
    .argument('<text>', 'a file with a document on each line, or - for standard input')
    .option(
      '-o, --output <file>',
      'where the vectors go, named by the numbers of their lines (- is standard output)',
    )
    .option('--format <name>', 'of the output, if its ending does not tell', oneOf(formatNames))
    .option('--nearest <documents>', 'list the most similar of these documents for each line')
    .option('-n, --count <n>', 'how many of them (default 10)', positive, 10)
    .option('--epochs <n>', 'passes over each document (default: the model’s, and at least 20)', positive)
    .option(
      '--learning-rate <x>',
      'size of the first steps (default: the model’s)',
      numberIn({ kind: 'number', min: 1e-9, max: 100 }),
    )
    .option(
      '--seed <n>',
      'start of every random draw (default: the model’s)',
      numberIn({ kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER }),
    )
    .option('--json', 'print JSON')
    .action(infer)
}

async function infer(model: string, text: string, flags: InferFlags): Promise<void> {
  if (flags.output === undefined && flags.nearest === undefined)
    throw new WordloomError(
      'usage',
      'say what to do with the vectors: -o FILE keeps them, --nearest FILE compares them',
    )
  const { output, format } = flags
  const files = output === undefined ? [] : await vectorFiles(output, format, '--format')
  const report = await openOutputs(files, [model, text, flags.nearest])
  const words = await openVectors(model)
  const documents = flags.nearest === undefined ? undefined : await openVectors(flags.nearest)
  const lines = await inferLines(new DocumentInference(words), text, flags)
  if (output !== undefined) await save(vectorsOf(lines, words), output, format && { format })
  if (documents) answer(lines, documents, flags, report)
}

async function inferLines(
  inference: DocumentInference,
  path: string,
  { epochs, learningRate, seed }: InferFlags,
): Promise<InferredLine[]> {
  const options: InferenceOptions = {
    ...(epochs !== undefined && { epochs }),
    ...(learningRate !== undefined && { learningRate }),
    ...(seed !== undefined && { seed }),
  }
  const found: InferredLine[] = []
  let line = 0
  let unknown = 0
  for await (const document of linesOf(path)) {
    line++
    const vector = inference.infer(document, options)
    if (vector) found.push({ line, vector })
    else if (document.trim() !== '') unknown++
  }
  if (found.length === 0)
    throw new WordloomError(
      'bad-data',
      `${path}: no line has a word of the model; check that it is text of the same language`,
    )
  if (unknown > 0) tell(`wordloom: ${unknown} of ${line} lines have no word of the model, and no vector`)
  return found
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let open = ''
  for await (const bytes of readText(path)) {
    const lines = (open + decoder.decode(bytes, { stream: true })).split('\n')
    open = lines.pop()!
    yield* lines
  }
  if (open !== '') yield open
}

function vectorsOf(lines: readonly InferredLine[], { dimensions, metadata }: WordVectors): WordVectors {
  const vectors = WordVectors.allocate(Vocabulary.of(lines.map(({ line }) => String(line))), dimensions, {
    metadata,
  })
  const { data, stride } = vectors.matrix
  for (const [i, { vector }] of lines.entries()) data.set(vector, i * stride)
  return vectors
}

function answer(
  lines: readonly InferredLine[],
  documents: WordVectors,
  { count, json }: InferFlags,
  { print, printJson }: Report,
): void {
  const found = lines.map(({ line, vector }) => ({ line, nearest: documents.nearest(vector, { count }) }))
  if (json) printJson(found)
  else print(found.map(({ line, nearest }) => neighborTable(`line ${line}`, nearest)).join('\n\n'))
}
