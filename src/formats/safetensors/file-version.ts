import type { ByteReader } from '../../tensors/index.js'

/** Written as metadata `format`; the number rises when files stop being readable by older versions. */
export const FORMAT = 'wordloom/1'
/** Rows in fewer bytes than float32 takes, which older versions cannot read. */
export const SMALLER_FORMAT = 'wordloom/2'

/** Throws `bad-data` for files of newer versions, and for classifiers. */
export function checkFormat(reader: ByteReader, format: string | undefined): void {
  if (format?.startsWith('wordloom-classifier/'))
    throw reader.error({
      found: 'this is a classifier of texts',
      expected: 'word vectors',
      cure: 'read it with loadClassifier of wordloom/classification, or convert it to .bin, of which the vectors of words are read',
    })
  if (format?.startsWith('wordloom/') && format !== FORMAT && format !== SMALLER_FORMAT)
    throw reader.error({
      found: `its format is ${JSON.stringify(format)}`,
      expected: `${FORMAT} or ${SMALLER_FORMAT}`,
      cure: 'use a newer wordloom',
    })
}
