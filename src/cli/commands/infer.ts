import { DocumentInference, inferenceOptionTable } from '../../documents/index.js'
import { option, say, WordloomError } from '../../errors.js'
import { save } from '../../formats/index.js'
import { integer, UNBOUNDED } from '../../options/index.js'
import { encodingOption, Vocabulary } from '../../text/index.js'
import { WordVectors } from '../../vectors/index.js'
import { eachLineOf } from '../files/lines.js'
import { openModel, openVectors } from '../files/open-vectors.js'
import { formatFlag, shownFiles, vectorFiles } from '../files/output-files.js'
import { refuseWithout } from '../flags/idle.js'
import { vectorsInput } from '../flags/inputs.js'
import { joinerFor, phrasesFlag } from '../flags/phrases.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { counted } from '../terminal/figures.js'
import { tell } from '../terminal/terminal.js'
import { chosen, filled } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

/** A line of the text, from 1, and its vector. */
interface InferredLine {
  readonly line: number
  readonly vector: Float32Array
}

const listing = { count: integer(10, 1, UNBOUNDED, 'documents listed for each line') }
const reading = { encoding: encodingOption }

export const infer = verb({
  name: 'infer',
  summary: 'learn vectors of documents that were not in the training',
  description:
    'Learns a vector for each line of a text with a model of documents, whose own vectors stay as they are. ' +
    'The same text gives the same vector every time.',
  examples: [
    ['wordloom train articles.txt --architecture pv-dm -o model.safetensors', 'a model, once'],
    ['wordloom infer model.safetensors new.txt -o new.safetensors', 'a vector for each line'],
    ['wordloom infer model.safetensors new.txt --nearest model.documents.safetensors', 'what is like it'],
  ],
  inputs: {
    model: { ...vectorsInput, help: 'the words of a model of documents, as .safetensors' },
    text: { file: 'read', help: 'a file with a document on each line, or - for standard input' },
  },
  flags: {
    output: {
      kind: 'file',
      use: 'write',
      help: 'where the vectors go, named by the numbers of their lines (- is standard output)',
    },
    format: formatFlag('format of the output', 'what its ending says'),
    nearest: {
      kind: 'file',
      use: 'read',
      placeholder: '<documents>',
      help: 'documents of which the most similar are listed for each line',
    },
    ...listing,
    ...phrasesFlag,
    ...inferenceOptionTable,
    ...reading,
  },
  async plan(_, { output, nearest, format, count }) {
    refuseWithout(nearest, { count }, 'nearest')
    refuseWithout(output, { format }, 'output')
    if (output !== undefined || nearest !== undefined) return { writes: await vectorFiles(output, format) }
    throw new WordloomError('usage', {
      found: 'there is no output, and nothing to compare with',
      cure: say`keep them with -o FILE, or compare them with ${option('nearest', 'FILE')}`,
    })
  },
  async run({ model, text }, flags) {
    const { output, format, nearest } = flags
    const { count } = filled(listing, flags)
    const words = await openModel(model)
    const documents = nearest === undefined ? undefined : await openVectors(nearest)
    if (documents) checkAlike(words, documents, nearest!)
    const inference = inferenceOf(words, model)
    const join = await joinerFor(words, flags)
    const options = chosen(inferenceOptionTable, flags)
    const { encoding } = filled(reading, flags)
    const lines = await inferLines({ path: text, encoding }, document =>
      inference.infer(join(inference.tokenize(document)), options),
    )
    if (output !== undefined) await save(vectorsOf(lines, words), output, format && { format })
    if (documents === undefined) return keptAnswer(lines, words, output!, await shownFiles(output!, format))
    const found = lines.map(({ line, vector }) => ({ line, nearest: documents.nearest(vector, { count }) }))
    return {
      json: found,
      text: () => found.map(({ line, nearest }) => neighborTable(`line ${line}`, nearest)).join('\n\n'),
    }
  },
})

/** Throws with the name of the file. */
function inferenceOf(words: WordVectors, file: string): DocumentInference {
  try {
    return new DocumentInference(words)
  } catch (error) {
    throw error instanceof WordloomError && error.code === 'bad-data' ? error.at({ file }) : error
  }
}

function keptAnswer(
  lines: readonly InferredLine[],
  { dimensions }: WordVectors,
  output: string,
  files: string,
): Answer {
  return {
    json: { output, documents: lines.length, dimensions },
    text: () => `${counted(lines.length, 'document')} × ${counted(dimensions, 'dimension')} → ${files}`,
  }
}

function checkAlike(words: WordVectors, documents: WordVectors, path: string): void {
  if (words.dimensions === documents.dimensions) return
  throw new WordloomError('bad-data', {
    place: { file: path },
    found: `its vectors have ${documents.dimensions} dimensions`,
    expected: `${words.dimensions}, as the model has`,
    cure: 'take the documents that were learned with this model',
  })
}

async function inferLines(
  { path, encoding }: { readonly path: string; readonly encoding: string },
  infer: (document: string) => Float32Array | undefined,
): Promise<InferredLine[]> {
  const found: InferredLine[] = []
  let line = 0
  let unknown = 0
  await eachLineOf(path, encoding, document => {
    line++
    const vector = infer(document)
    if (vector) found.push({ line, vector })
    else if (document.trim() !== '') unknown++
  })
  if (found.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'no line has a word of the model',
      cure: 'check that it is text of the same language',
    })
  if (unknown > 0)
    tell(
      `wordloom: ${unknown} of ${counted(line, 'line')} ${unknown === 1 ? 'has' : 'have'} no word of the model, and no vector`,
    )
  return found
}

function vectorsOf(lines: readonly InferredLine[], { dimensions, metadata }: WordVectors): WordVectors {
  const vectors = WordVectors.allocate(Vocabulary.of(lines.map(({ line }) => String(line))), dimensions, {
    metadata,
  })
  const { data, stride } = vectors.matrix
  for (const [i, { vector }] of lines.entries()) data.set(vector, i * stride)
  return vectors
}
