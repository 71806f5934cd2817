import { type FormatName, formatOfOutput, formats, loadOptionTable, save } from '../../formats/index.js'
import { type WordVectors, withoutWords } from '../../vectors/index.js'
import { openVectors, tellLost } from '../files/open-vectors.js'
import { formatFlag, shownFiles, vectorFiles } from '../files/output-files.js'
import { trainingLostIn } from '../files/training-lost.js'
import { readWords } from '../files/word-list.js'
import { checkCompressionFlags, compressionFlags, lossLines, smallerVectors } from '../flags/compression.js'
import { vectorsInput } from '../flags/inputs.js'
import { isPostProcessed, postProcessed, postProcessingFlags } from '../flags/post-processing.js'
import {
  areClassifiers,
  checkClassifierFlags,
  quantizationFlags,
  refuseQuantization,
} from '../flags/quantization.js'
import { readingFlags } from '../flags/reading.js'
import { convertClassifier } from '../jobs/classifier-conversion.js'
import { counted, grouped } from '../terminal/figures.js'
import { paintFor, tell, warn } from '../terminal/terminal.js'
import { chosen, type FlagsOf } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

const vectorFlags = {
  limit: loadOptionTable.limit,
  words: { kind: 'file', use: 'read', help: 'words to take, one a line; others are left out' },
  without: { kind: 'file', use: 'read', help: 'words to leave out, one a line' },
  from: formatFlag('format of the input', 'what its first bytes say'),
  to: formatFlag('format of the output', 'what its ending says'),
  ...readingFlags,
  ...postProcessingFlags,
  ...compressionFlags,
} as const

export const convert = verb({
  name: 'convert',
  summary: 'change the file format of vectors or of a classifier',
  description:
    'Reads word vectors and writes them in another format. The first bytes tell the input’s format, the ' +
    'ending tells the output’s; .gz or .zst behind that compresses it. A classifier of texts goes from .bin, .ftz or ' +
    '.safetensors to another of these; .ftz keeps codes in place of numbers.',
  examples: [
    ['wordloom convert vectors.safetensors vectors.bin', 'for gensim and word2vec'],
    ['wordloom convert vectors.safetensors v.bin --to fasttext', 'for fastText'],
    ['wordloom convert glove.6B.100d.txt glove.safetensors', 'loads faster'],
    ['wordloom convert vectors.bin small.vec.gz --limit 10000', 'the 10,000 most frequent words'],
    ['wordloom convert vectors.bin mine.txt --words list.txt', 'the words of a list, one a line'],
    ['wordloom convert vectors.bin fewer.bin --without stop.txt', 'all but the words of a list'],
    ['wordloom convert vectors.bin m/model.safetensors --to model2vec', 'for model2vec'],
    ['wordloom convert vectors.bin new.bin --all-but-the-top 2', 'without what all share'],
    ['wordloom convert vectors.bin small.safetensors --precision int8', 'a quarter of the size'],
    ['wordloom convert classifier.bin small.ftz --cutoff 20000 --norms', 'a fortieth, for fastText, too'],
    [
      'wordloom convert cc.en.300.bin en.safetensors --buckets 200000 --precision pq',
      'a small part of its bytes, unknown words and all',
    ],
  ],
  appendix: formatList,
  inputs: {
    in: { ...vectorsInput, help: 'a file of word vectors or of a classifier, or - for standard input' },
    out: {
      file: 'write',
      help: 'where they go; - is standard output, which gets word2vec’s text if nothing else is given',
    },
  },
  flags: { ...vectorFlags, ...quantizationFlags },
  async plan({ in: input, out }, flags) {
    if (await areClassifiers(input, out, flags)) {
      checkClassifierFlags(out, flags)
      return { writes: [out], isClassifier: true }
    }
    refuseQuantization(input, flags)
    const { to } = flags
    const writes = await vectorFiles(out, to, 'to')
    isPostProcessed(flags)
    checkCompressionFlags(flags, await formatOfOutput(out, to && { format: to }))
    return { writes, isClassifier: false }
  },
  run: ({ in: input, out: output }, flags, { plan }) =>
    plan.isClassifier ? convertClassifier(input, output, flags) : convertVectors(input, output, flags),
})

async function convertVectors(
  input: string,
  output: string,
  flags: FlagsOf<typeof vectorFlags>,
): Promise<Answer> {
  const { words: list, without, from, to, limit, buckets } = flags
  const read = await openVectors(input, {
    ...chosen(readingFlags, flags),
    ...(limit !== undefined && { limit }),
    ...(buckets !== undefined && { buckets }),
    ...(list !== undefined && { words: await readWords(list) }),
    ...(from && { format: from }),
  })
  const kept = without === undefined ? read : withoutListed(read, await readWords(without), without)
  const processed = postProcessed(kept, flags)
  const smaller = await smallerVectors(processed, flags)
  const vectors = smaller?.vectors ?? processed
  const format = await formatOfOutput(output, { ...(to && { format: to }), vectors })
  tellLost(format, vectors)
  const lost = trainingLostIn(format, vectors)
  if (lost !== undefined) warn(lost)
  if (buckets !== undefined && format === 'fasttext')
    warn(
      'fastText’s format has a row for each bucket, zeros if it was left out: the file gets no smaller; .safetensors does',
    )
  await save(vectors, output, { format })
  const { size: words, dimensions } = vectors
  const { loss, judged } = smaller ?? {}
  const files = await shownFiles(output, format)
  const closing = `${counted(words, 'word')} × ${counted(dimensions, 'dimension')} → ${files} (${format})`
  return {
    json: { input, output, format, words, dimensions, ...(smaller && { loss, judged }) },
    text: () => [closing, ...(smaller ? lossLines(smaller) : []).map(line => `  ${line}`)].join('\n'),
  }
}

/** Says how many words are left out, and that of those with sub-words vectors remain. */
function withoutListed(read: WordVectors, list: readonly Uint8Array[], file: string): WordVectors {
  const { vectors, removed, unknown } = withoutWords(read, list)
  const there =
    unknown === 0 ? '' : `; ${grouped(unknown)} more of ${file} ${unknown === 1 ? 'is' : 'are'} not in it`
  const words = removed === 1 ? '1 word was' : `${removed === 0 ? 'no' : grouped(removed)} words were`
  tell(`${words} left out${there}`)
  if (vectors.subwords && removed > 0)
    warn('words that were left out still have vectors of their sub-words, as any word outside the vocabulary')
  return vectors
}

function formatList(): string {
  const paint = paintFor(process.stdout)
  const names = Object.keys(formats) as FormatName[]
  const width = Math.max(...names.map(name => name.length))
  const lines = names.map(name => {
    const { description, extensions } = formats[name]
    return `  ${name.padEnd(width)}  ${extensions.join(', ').padEnd(13)}  ${paint('dim', description)}`
  })
  return `${paint('bold', 'Formats:')}\n${lines.join('\n')}`
}
