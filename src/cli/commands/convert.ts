import { type Command, Option } from 'commander'
import { type FormatName, formatOfOutput, formats, save } from '../../formats/index.js'
import {
  addCompressionFlags,
  type CompressionFlags,
  checkCompressionFlags,
  lossLines,
  smallerVectors,
} from '../compression-flags.js'
import { grouped } from '../figures.js'
import { openVectors, tellLost } from '../open-vectors.js'
import { formatNames, openOutputs, shownOutput, vectorFiles } from '../output-files.js'
import {
  addPostProcessingFlags,
  isPostProcessed,
  type PostProcessingFlags,
  postProcessed,
} from '../post-processing-flags.js'
import { addReadingFlags, type ReadingFlags, readingOptions } from '../reading-flags.js'
import { paintFor } from '../terminal.js'
import { oneOf, positive } from '../values.js'
import { verb } from '../verb.js'
import { readWords } from '../word-list.js'

interface ConvertFlags extends PostProcessingFlags, CompressionFlags, ReadingFlags {
  readonly limit?: number
  readonly words?: string
  readonly from?: FormatName
  readonly to?: FormatName
  readonly json?: true
}

export function convertCommand(): Command {
  const command = verb({
    name: 'convert',
    summary: 'change the file format of vectors',
    description:
      'Reads word vectors and writes them in another format: the input’s is told by its first bytes, the ' +
      'output’s by its ending; .gz or .zst after that compresses it.',
    examples: [
      ['wordloom convert vectors.safetensors vectors.bin', 'for gensim and word2vec'],
      ['wordloom convert vectors.safetensors v.bin --to fasttext', 'for fastText'],
      ['wordloom convert glove.6B.100d.txt glove.safetensors', 'loads faster'],
      ['wordloom convert vectors.bin small.vec.gz --limit 10000', 'the 10,000 most frequent words'],
      ['wordloom convert vectors.bin mine.txt --words list.txt', 'the words of a list, one a line'],
      ['wordloom convert vectors.bin m/model.safetensors --to model2vec', 'for model2vec'],
      ['wordloom convert vectors.bin new.bin --all-but-the-top 2', 'without what all share'],
      ['wordloom convert vectors.bin small.safetensors --precision int8', 'a quarter of the size'],
    ],
  })
    .argument('<in>', 'a file of word vectors, or - for standard input')
    .argument('<out>', 'where they go; - is standard output, which gets word2vec’s text if nothing is said')
    .option('--limit <n>', 'only the first n words, the most frequent ones in most files', positive)
    .option('--words <file>', 'only the words in this file, one a line')
    .addOption(
      new Option('--from <format>', 'the format of the input, if it is not recognised').argParser(
        oneOf(formatNames),
      ),
    )
    .addOption(
      new Option('--to <format>', 'the format of the output, if its ending does not tell').argParser(
        oneOf(formatNames),
      ),
    )
  addReadingFlags(command)
  addCompressionFlags(addPostProcessingFlags(command)).option('--json', 'print JSON')
  return command.addHelpText('after', `\n${formatList()}`).action(convert)
}

async function convert(input: string, output: string, flags: ConvertFlags) {
  const { limit, words: list, from, to, json } = flags
  const files = await vectorFiles(output, to, '--to')
  const wanted = to && { format: to }
  isPostProcessed(flags)
  checkCompressionFlags(flags, await formatOfOutput(output, wanted))
  const { print, printJson } = await openOutputs(files, [input, list])
  const read = await openVectors(input, {
    ...readingOptions(flags),
    ...(limit && { limit }),
    ...(list !== undefined && { words: await readWords(list) }),
    ...(from && { format: from }),
  })
  const processed = postProcessed(read, flags)
  const smaller = await smallerVectors(processed, flags)
  const vectors = smaller?.vectors ?? processed
  const format = await formatOfOutput(output, { ...wanted, vectors })
  tellLost(format, vectors)
  await save(vectors, output, { format })
  const { size: words, dimensions } = vectors
  const { loss, judged } = smaller ?? {}
  if (json) printJson({ input, output, format, words, dimensions, ...(smaller && { loss, judged }) })
  else {
    print(`${grouped(words)} words × ${dimensions} dimensions → ${shownOutput(output)} (${format})`)
    if (smaller)
      print(
        lossLines(smaller)
          .map(line => `  ${line}`)
          .join('\n'),
      )
  }
}

function formatList(): string {
  const paint = paintFor(process.stdout)
  const width = Math.max(...formatNames.map(name => name.length))
  const lines = formatNames.map(name => {
    const { description, extensions } = formats[name]
    return `  ${name.padEnd(width)}  ${extensions.join(', ').padEnd(13)}  ${paint('dim', description)}`
  })
  return `${paint('bold', 'Formats:')}\n${lines.join('\n')}`
}
