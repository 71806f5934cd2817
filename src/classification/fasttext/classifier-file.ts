import { AGAIN, type FastTextHeader, looksLikeFastText, takeHeader } from '../../formats/inner.js'
import type { ByteReader } from '../../tensors/index.js'
import { LONGEST_NGRAM } from '../../text/inner.js'
import type { BagSettings } from '../bag-rows.js'
import type { ClassifierParts } from '../classifier.js'
import { UNCLEANED } from '../cleaning.js'
import { metadataOf } from './classifier-settings.js'
import { LABEL_PREFIX } from './label-names.js'
import { takeLabelledDictionary } from './labelled-dictionary.js'
import { takeCodedRows, takePlainRows } from './stored-rows.js'

/** Takes a classifier of fastText's, .bin or .ftz, of every version. Throws `bad-data`. */
export async function takeClassifier(reader: ByteReader): Promise<ClassifierParts> {
  await reader.fill(1 << 10)
  if (!looksLikeFastText(reader.bytes.subarray(reader.position)))
    throw reader.error({
      found: 'it does not begin as fastText’s models do',
      expected: 'a classifier: .safetensors, or .bin or .ftz of fastText',
    })
  const header = await takeHeader(reader)
  if (header.model !== 'supervised')
    throw reader.error({
      found: 'these are word vectors of fastText’s, which have no labels',
      expected: 'a classifier',
      cure: 'read word vectors with load',
    })
  const dictionary = await takeLabelledDictionary(reader, header.version)
  const settings = bagSettings(reader, header)
  const { words, labels, kept, tokens } = dictionary
  const { dimensions: columns } = header
  const isCoded = await takeFlag(reader, header)
  const input = await (isCoded ? takeCodedRows : takePlainRows)(reader, {
    name: 'the input rows',
    rows: words.size + (kept?.size ?? header.buckets),
    columns,
  })
  const isOutputCoded = (await takeFlag(reader, header)) && isCoded
  const output = await (isOutputCoded ? takeCodedRows : takePlainRows)(reader, {
    name: 'the output rows',
    rows: labels.size,
    columns,
  })
  await checkEnd(reader)
  const metadata = metadataOf(header, tokens)
  return { words, labels, kept, settings, loss: header.loss, input, output, metadata }
}

function bagSettings(reader: ByteReader, header: FastTextHeader): BagSettings {
  const { version, wordNgrams, minNgram, buckets } = header
  // before version 12 classifiers looked at whole words only, whatever their settings say
  const maxNgram = version < 12 ? 0 : header.maxNgram
  if (maxNgram > LONGEST_NGRAM || wordNgrams > LONGEST_NGRAM)
    throw reader.error({
      found: `the n-grams of the fastText file have up to ${Math.max(maxNgram, wordNgrams)} characters or words`,
      expected: `at most ${LONGEST_NGRAM}`,
      cure: AGAIN,
    })
  const hasSubwords = maxNgram > 0 && buckets > 0 && minNgram <= maxNgram
  const subwords = hasSubwords ? { minNgram, maxNgram, buckets } : undefined
  return { wordNgrams, subwords, buckets, labelPrefix: LABEL_PREFIX, cleaning: UNCLEANED }
}

/** Whether the matrix that follows is of codes; old files have no such byte, and no codes. */
async function takeFlag(reader: ByteReader, { version }: FastTextHeader): Promise<boolean> {
  if (version === 0) return false
  const flag = new Uint8Array(1)
  await reader.readInto(flag, 'the kind of a matrix')
  return flag[0] !== 0
}

async function checkEnd(reader: ByteReader): Promise<void> {
  if (await reader.fill(1))
    throw reader.error({
      place: { byte: reader.offset },
      found: 'more bytes follow after the output rows',
      expected: 'the end of the file',
    })
}
