import type { ByteReader } from '../../tensors/index.js'

/** Written as metadata `format`; the number rises when files stop being readable by older versions. */
export const FORMAT = 'wordloom-classifier/1'
const FAMILY = 'wordloom-classifier/'

export function isStoredClassifier({ format }: Readonly<Record<string, string>>): boolean {
  return format?.startsWith(FAMILY) ?? false
}

/** Throws `bad-data` for what is no classifier of this version. */
export function checkFormat(reader: ByteReader, format: string | undefined): void {
  if (format === FORMAT) return
  if (format?.startsWith(FAMILY))
    throw reader.error({
      found: `its format is ${JSON.stringify(format)}`,
      expected: FORMAT,
      cure: 'use a newer wordloom',
    })
  if (format?.startsWith('wordloom/'))
    throw reader.error({
      found: 'these are word vectors, which have no labels',
      expected: 'a classifier',
      cure: 'read word vectors with load',
    })
  throw reader.error({
    found: 'this safetensors file is no classifier of Wordloom’s',
    expected: 'a file that saveClassifier wrote, or fastText’s .bin or .ftz',
  })
}
